"""A tracker read back: every fault at once with its cell; the lines say what the sheet says."""

from __future__ import annotations

import openpyxl
import pytest

from toolkit.errors import InputError
from toolkit.intake.profiles.edit import Edit
from toolkit.intake.profiles.edits import read_edits
from toolkit.intake.profiles.edits_text import edits_text
from toolkit.intake.profiles.tracker import read_tracker
from toolkit.method import load_method

HEAD = ("番号", "打ち手", "担当", "期日", "状況", "理由", "コメント")


@pytest.fixture
def tracker(tmp_path):
    def make(*rows, head=HEAD):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "進捗表"
        sheet.append(("打ち手の進捗表",))
        sheet.append(head)
        for row in rows:
            sheet.append(row)
        path = tmp_path / "tracker.xlsx"
        book.save(path)
        return path

    return make


def refused(path):
    with pytest.raises(InputError) as raised:
        read_tracker(path, load_method())
    assert raised.value.code == "tracker_refused"
    return raised.value.problems


def test_every_fault_is_told_with_its_cell(tracker):
    path = tracker(
        ("AFT006", "", "店" * 81, "来月", "やった", "", ""),
        ("AFT0006", "", "", "", "", "", ""),
        ("", "", "", "", "進行中", "", ""),
        ("AFT009", "", "店長", "", "", "", ""),
        ("AFT009", "", "店長", "", "", "", ""),
        ("PAY001", "", "", "", "見送り", "", ""),
    )
    found = [(one.code, one.row, one.column) for one in refused(path)]
    assert found == [
        ("tracker_long", 3, "担当"),
        ("field_date", 3, "期日"),
        ("field_choice", 3, "状況"),
        ("key_unknown", 4, "番号"),
        ("tracker_no_code", 5, "状況"),
        ("tracker_twice", 7, "番号"),
        ("tracker_reason", 8, "状況"),
    ]
    problems = refused(path)
    assert problems[2].value == "やった"
    assert "進行中" in problems[2].params["choices"]
    assert problems[3].params["near"] == "AFT006"
    assert problems[5].params["first"] == "6"
    assert {one.sheet for one in problems} == {"進捗表"}


def test_a_book_without_the_headings_is_refused(tracker):
    (one,) = refused(tracker(("AFT006",), head=("a", "b")))
    assert one.code == "tracker_no_heading"


def test_a_row_that_says_nothing_is_no_edit(tracker):
    path = tracker(("AFT006", "", "", "", "未着手", "", ""), ("AFT009", "", "", "", "", "", ""))
    assert read_tracker(path, load_method()) == ()


def test_english_labels_and_codes_are_read_too(tracker):
    path = tracker(
        ("AFT006", "", "", "2026/12/01", "Done", "", ""), head=("Code", "", "Who", "By", "Status")
    )
    (edit,) = read_tracker(path, load_method())
    assert (edit.status, edit.due) == ("done", "2026-12-01")


@pytest.mark.parametrize(
    "text",
    [
        '"引用" と \\',
        "a: b # c",
        "1行目\n2行目\tタブ",
        "a\u2028\x85\x07b",
        "- [x] {y} & *z !w",
        "𠮷野\U000e0001",
    ],
)
def test_the_lines_read_back_as_they_were(text, tmp_path):
    edit = Edit(
        id="AFT006",
        assignee="店長",
        due="2026-12-01",
        status="dropped",
        reason=text,
        comment={"*": text},
        line=1,
    )
    (tmp_path / "edits.yaml").write_text(edits_text([edit]) + "\n", encoding="utf-8")
    assert read_edits(tmp_path, load_method()) == (edit,)


def test_texts_by_language_are_a_map():
    edit = Edit(
        id="AFT006", comment={"ja": "要確認", "en": "check"}, by="佐藤", on="2026-11-01", line=1
    )
    assert edits_text([edit]).splitlines() == [
        "AFT006:",
        "  comment:",
        '    ja: "要確認"',
        '    en: "check"',
        '  by: "佐藤"',
        "  on: 2026-11-01",
    ]
