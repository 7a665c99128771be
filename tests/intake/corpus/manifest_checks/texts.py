"""Texts of an entry as they were written, and no formula in what is written of them."""

from __future__ import annotations

import csv
import io
import json
from itertools import product

import openpyxl

from manifest_checks.entries import LANGS, RUN_DATE
from manifest_checks.reading import Read
from toolkit.deliverables.request_workbook import request_workbook
from toolkit.diagnosis.request import RequestList
from toolkit.intake.case import load_case
from toolkit.intake.quarantine import quarantine_csv
from toolkit.intake.setting import make_setting
from toolkit.method import load_method
from toolkit.outline.request import request_page

LIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def text_shown_verbatim(one: Read, expected: bool) -> None:
    if one.report.kind == "profile":
        roundtrip(one, expected)
        return
    frame, texts = one.table().frame, 0
    for name, column in (
        make_setting(load_method(), one.folder, RUN_DATE).kinds[one.report.kind].columns.items()
    ):
        if column.type == "text" and name in frame:
            shown = ["" if text != text else text for text in frame[name]]
            assert shown == [row[name] for row in one.cells()]
            texts += 1
    assert texts


def roundtrip(one: Read, expected: bool) -> None:
    document = json.loads(one.run().out)["values"]
    written = one.written()
    assert document["company_name"] == written["company_name"]
    assert document["client_id"] == written["client_id"]


def no_formula_cell(one: Read, expected: bool) -> None:
    """No cell is live in the side file, when the texts stand in rows that are refused, nor in
    the sheet that is sent to the client."""
    hostile = list(live_texts(one))
    assert hostile
    client = one.folder / "client"
    (client / "data").mkdir(parents=True)
    (client / "client.yaml").write_text("client_id: aoyama\ncompany_name: 青山\n", encoding="utf-8")
    rows = [["order_id", "customer_id", "order_date", "amount"], ["1", "c", "2026-01-01", "5"]]
    rows += [[text, text, text, text] for text in hostile]
    with (client / "data" / "orders.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    case = load_case(client, method=load_method(), as_of=RUN_DATE)
    assert len(case.quarantined) >= len(hostile)
    for text, lang in product(hostile, LANGS):
        frame = case.quarantined.assign(file=text, column=text)
        side = quarantine_csv(frame, load_method(), lang).decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(side)) for cell in row]
        assert text in "".join(cells)
        assert not [cell for cell in cells if cell.startswith(LIVE)]
    for text in hostile:
        request = RequestList(client=text, date="2026-10-31", items=(), refused=False)
        made = request_workbook(request_page(request, load_method(), "ja"))
        sheet = openpyxl.load_workbook(io.BytesIO(made)).active
        shown = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert any(text.strip() in str(cell.value) for cell in shown)
        assert {cell.data_type for cell in shown} <= {"s", "n", "d", "b"}


def live_texts(one: Read) -> set[str]:
    """The texts of an entry that a spreadsheet would take for formulas."""
    if one.report.kind == "profile":
        return {one.written()["company_name"]}
    return {cell for row in one.cells() for cell in row.values() if cell.startswith(LIVE)}
