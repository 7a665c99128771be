"""The action tracker: lists, dates and colours, and what was written into it read back."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest

from toolkit.deliverables.meeting.tracker_workbook import tracker_workbook
from toolkit.diagnosis.edits import AppliedEdit
from toolkit.intake.profiles.edit import Edit
from toolkit.intake.profiles.tracker import read_tracker
from toolkit.outline.tracker import COLUMNS, FILLED_IN, tracker_page
from toolkit.words import words

HEAD, FIRST = 4, 5


def made(diagnosis, lang="ja"):
    return tracker_workbook(tracker_page(diagnosis, lang), words(diagnosis.content, lang))


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def column(name):
    return COLUMNS.index(name) + 1


@pytest.fixture(scope="module")
def agreed(shop):
    """The shop with one action agreed, and a comment that looks like a formula."""
    first, *rest = shop.actions
    code = first.findings[0]
    edit = Edit(
        id=code,
        assignee="店長",
        due="2026-10-30",
        status="dropped",
        reason="人手が足りないため",
        comment={"*": '=HYPERLINK("https://example.com")'},
        line=1,
    )
    given = {name: getattr(edit, name) for name in ("assignee", "due", "status")}
    return replace(
        shop,
        actions=(replace(first, **given), *rest),
        edits=(AppliedEdit(edit=edit, fits=True),),
    )


def test_a_row_an_action_under_a_head_that_stays(shop):
    data = made(shop)
    sheet = opened(data)
    codes = [sheet.cell(FIRST + place, 1).value for place in range(len(shop.actions))]
    assert codes == [one.findings[0] for one in shop.actions]
    assert sheet.max_row == FIRST + len(shop.actions) - 1
    assert sheet.freeze_panes == "C5"
    assert sheet.auto_filter.ref == f"A4:O{sheet.max_row}"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == "$4:$4"
    assert data == made(shop)


def test_status_is_chosen_from_a_list_and_the_due_day_is_a_date(agreed):
    book = openpyxl.load_workbook(io.BytesIO(made(agreed)))
    sheet, lists = book.worksheets
    assert lists.sheet_state == "hidden"
    labels = [cell.value for cell in lists["A"]]
    assert labels == ["未着手", "進行中", "完了", "見送り"]
    checks = {one.type: one for one in sheet.data_validations.dataValidation}
    assert checks["list"].formula1 == "'選択肢'!$A$1:$A$4"
    assert f"H{FIRST}" in str(checks["list"].sqref)
    assert f"G{FIRST}" in str(checks["date"].sqref)
    assert sheet.cell(FIRST, column("due")).value == datetime(2026, 10, 30)
    assert sheet.cell(FIRST, column("status")).value == "見送り"
    assert sheet.cell(FIRST + 1, column("status")).value == "未着手"


def test_open_rows_past_their_date_turn_red(shop):
    rules = [rule for part in opened(made(shop)).conditional_formatting for rule in part.rules]
    late = rules[0].formula[0]
    assert late == 'AND(ISNUMBER($G5),$G5<TODAY(),NOT(OR($H5="完了",$H5="見送り")))'


def test_amounts_are_numbers_and_texts_never_formulas(agreed):
    sheet = opened(made(agreed))
    values = [sheet.cell(row, column("promised")) for row in range(FIRST, sheet.max_row + 1)]
    assert sum(cell.data_type == "n" and cell.value is not None for cell in values) > 3
    assert values[0].number_format == '#,##0"円"'
    assert sheet.cell(FIRST, column("comment")).value.startswith("=HYPERLINK")
    for row in sheet.iter_rows():
        assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)


def test_without_actions_the_sheet_says_so(shop):
    sheet = opened(made(replace(shop, actions=())))
    assert "ありません" in sheet.cell(FIRST, 2).value


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_stands_in_it_is_read_back(agreed, lang, tmp_path):
    path = tmp_path / "tracker.xlsx"
    path.write_bytes(made(agreed, lang))
    (edit,) = read_tracker(path, agreed.content)
    given = agreed.edits[0].edit
    for name in FILLED_IN:
        assert getattr(edit, name) == getattr(given, name)


def test_what_was_written_into_it_is_read_back(agreed, tmp_path):
    path = tmp_path / "tracker.xlsx"
    path.write_bytes(made(agreed))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(FIRST + 2, column("status")).value = "進行中"
    sheet.cell(FIRST + 2, column("due")).value = "令和8年12月1日"
    sheet.cell(FIRST + 3, column("assignee")).value = "  経理  "
    book.save(path)
    found = read_tracker(path, agreed.content)
    codes = [one.findings[0] for one in agreed.actions]
    assert [one.id for one in found] == [codes[0], codes[2], codes[3]]
    assert (found[1].status, found[1].due) == ("doing", "2026-12-01")
    assert (found[2].assignee, found[2].status) == ("経理", "not_started")
