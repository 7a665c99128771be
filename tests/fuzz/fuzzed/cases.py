"""What a case is: one of the whole files, spoiled as its seed and number say."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import tomllib
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from fuzzed.mutations import mutated, rearranged
from toolkit.intake.mappings.columns import Column, table_kinds
from toolkit.method import load_method

ROOT = Path(__file__).resolve().parents[3]
LARGEST_SEED = 6_000
FORMS = (*["text"] * 10, *["yaml"] * 6, *["book"] * 2, *["binary"] * 2)
SHIPPED_KINDS = {
    "アクセス": "traffic",
    "受注明細": "orders",
    "商品マスタ": "products",
    "問合せ台帳": "contacts",
    "在庫": "stock",
    "売掛金一覧": "receivables",
    "広告費": "ad_spend",
    "案件別原価": "jobs",
    "業務の流れ": "journey",
    "業務ログ": "events",
    "決算": "accounts",
    "得意先台帳": "customers",
    "見積一覧": "leads",
    "販促": "promotions",
    "費用": "costs",
    "費用一覧": "costs",
    "資金繰り表": "cash_plan",
    "顧客台帳": "customers",
}
CORPUS_KINDS = {"orders-xlsx": "orders", "client-list": "clients"}
CANARIES = {"o41": ("CANARY", "090-1234-", "canary"), "c02": ("CANARY",)}


class Seed(NamedTuple):
    """A whole file: its name, the kind of table it is, the form it has."""

    name: str
    kind: str
    form: str
    data: bytes


class Case(NamedTuple):
    """A spoiled file, what it is read as, and words that must not come out."""

    name: str
    kind: str
    data: bytes
    secret: tuple[str, ...] = ()


@cache
def seeds() -> tuple[Seed, ...]:
    """The files that are spoiled: shipped ones, exports, made ones, the corpus where it is."""
    found = (*_corpus(), *_exports(), *_shipped(), *_made())
    return tuple(
        one._replace(data=one.data[:LARGEST_SEED]) if one.form in ("text", "yaml") else one
        for one in found
    )


def _corpus() -> Iterator[Seed]:
    shared = Path(os.environ.get("TOOLKIT_TEST_DATA") or ROOT.parent / "shared") / "corpus"
    if not (shared / "MANIFEST.json").is_file():
        return
    for entry in json.loads((shared / "MANIFEST.json").read_text(encoding="utf-8"))["entries"]:
        path = shared / entry["file"]
        kind = CORPUS_KINDS.get(entry["kind"], entry["kind"])
        yield Seed(path.name, kind, _form(path.name), path.read_bytes())


def _exports() -> Iterator[Seed]:
    folder = ROOT / "tests" / "intake" / "adapters"
    for path in sorted(folder.glob("fixtures/*/*")):
        told = folder / "expected" / f"{path.parent.name}.toml"
        kind = tomllib.loads(told.read_text(encoding="utf-8")).get("table", "orders")
        yield Seed(path.name, kind, "text", path.read_bytes())


def _shipped() -> Iterator[Seed]:
    for path in sorted((ROOT / "datasets").glob("*/data/*.csv")):
        if path.stat().st_size < 100_000:
            kind = SHIPPED_KINDS.get(path.stem.split("_")[0], path.stem)
            yield Seed(path.name, kind, "text", path.read_bytes())
    for path in sorted((ROOT / "datasets").glob("*/client.yaml")):
        yield Seed(path.name, "profile", "yaml", path.read_bytes())
    for path in sorted((ROOT / "datasets").glob("*/mappings/*.toml")):
        yield Seed(path.name, "mapping", "text", path.read_bytes())


def _made() -> Iterator[Seed]:
    """A table of each kind with every column filled, as text, as a book and as Parquet."""
    for kind in table_kinds(load_method()).values():
        rows = [[_cell(column, number) for column in kind.columns.values()] for number in range(9)]
        table = [list(kind.columns), *rows]
        yield Seed(f"{kind.name}.csv", kind.name, "text", _as_text(table))
        yield Seed(f"{kind.name}.xlsx", kind.name, "book", _as_book(table))
        yield Seed(f"{kind.name}.parquet", kind.name, "binary", _as_parquet(table))


def _cell(column: Column, number: int) -> str:
    by_type = {
        "date": f"2024-0{number % 9 + 1}-1{number}",
        "month": f"2024-0{number % 9 + 1}",
        "year": f"20{number + 10}",
        "flag": ("yes", "no")[number % 2],
        "choice": (*column.choices, "")[0],
    }
    number_like = column.type in ("money", "number", "minutes")
    return by_type.get(
        column.type, str(number * 10 + 1 if number_like else f"{column.name}{number}")
    )


def _as_text(table: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(table)
    return text.getvalue().encode()


def _as_book(table: list[list[str]]) -> bytes:
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})
        day = book.add_format({"num_format": "yyyy/m/d"})
        sheet = book.add_worksheet()
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                if cell.count("-") == 2:
                    sheet.write_datetime(row, column, datetime.fromisoformat(cell), day)
                else:
                    sheet.write(row, column, float(cell) if cell.isdigit() else cell)
    return made.getvalue()


def _as_parquet(table: list[list[str]]) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    columns = {
        name: [int(cell) if cell.isdigit() else cell for cell in cells]
        for name, *cells in zip(*table, strict=True)
    }
    made = io.BytesIO()
    parquet.write_table(pa.table(columns), made)
    return made.getvalue()


def _form(name: str) -> str:
    return {".yaml": "yaml", ".xlsx": "book"}.get(Path(name).suffix, "text")


def case_of(seed: int, number: int) -> Case:
    """One case; some files are read as another kind, some only have their lines moved."""
    chance = random.Random(f"{seed}:{number}")
    form = chance.choice(FORMS)
    one = chance.choice([one for one in seeds() if one.form == form])
    if one.name[:3] in CANARIES and chance.random() < 0.8:
        data = rearranged(one.data, chance)
        return Case(one.name, one.kind, data, CANARIES[one.name[:3]])
    data = mutated(one.data, one.form, chance)
    kind = one.kind
    if chance.random() < 0.04 and kind != "mapping":
        kind = chance.choice([*table_kinds(load_method()), "profile", "clients"])
    return Case(one.name, kind, data)
