"""Clients as small as can be, and a light notebook in which faults can be planted by client."""

from __future__ import annotations

import json

NAMES = tuple(f"c{number:02}" for number in range(12))
AS_OF = "2026-10-01"
CELL = """
import json, os
from pathlib import Path

folder = Path(client)
fault = Path(os.environ["FAULTS_HOME"], f"{folder.name}.py")
if fault.exists():
    exec(compile(fault.read_text(encoding="utf-8"), fault.name, "exec"))
orders = (folder / "data" / "orders.csv").read_text(encoding="utf-8")
late = Path(os.environ["FAULTS_HOME"], f"{folder.name}.late.py")
if late.exists():
    exec(compile(late.read_text(encoding="utf-8"), late.name, "exec"))
document = json.loads(Path(os.environ["FAULTS_HOME"], "diagnosis.json").read_text("utf-8"))
document["client"].update(client_id=folder.name, company_name=f"商店{folder.name}")
made = Path(out)
(made / "diagnosis.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
(made / "evidence").mkdir()
(made / "evidence" / "orders.csv").write_text(orders, encoding="utf-8")
"""


def orders(name):
    rows = "".join(
        f"{name}-{n},C{n % 9},2026-0{1 + n % 6}-{1 + n % 27:02},{1000 + 37 * n}\n"
        for n in range(40)
    )
    return f"order_id,customer_id,order_date,amount\n{rows}"


def make_clients(folder, names=NAMES):
    for name in names:
        (folder / name / "data").mkdir(parents=True)
        text = f"client_id: {name}\ncompany_name: 商店{name}\n"
        (folder / name / "client.yaml").write_text(text, encoding="utf-8")
        (folder / name / "data" / "orders.csv").write_text(orders(name), encoding="utf-8")
    return folder


def make_notebook(path):
    names = ("client", "diagnosis", "out", "lang", "as_of", "method", "theme")
    cells = [
        ("settings", ["parameters"], "\n".join(f'{name} = ""' for name in names)),
        ("made", [], CELL),
    ]
    document = {
        "cells": [
            {
                "cell_type": "code",
                "id": name,
                "metadata": {"tags": tags},
                "source": source,
                "outputs": [],
                "execution_count": None,
            }
            for name, tags, source in cells
        ],
        "metadata": {"kernelspec": {"display_name": "", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(document), encoding="utf-8")
    return path
