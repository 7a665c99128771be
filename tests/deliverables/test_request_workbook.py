"""The request as a sheet to print and as Markdown: all text, all there, equal on every run."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from toolkit.deliverables.request_markdown import request_markdown
from toolkit.deliverables.request_workbook import TALLEST_POINTS, cells, request_workbook
from toolkit.diagnosis.request import RequestList
from toolkit.diagnosis.request_item import RequestItem, Screen
from toolkit.errors import Problem
from toolkit.method import load_method
from toolkit.outline.request import COLUMNS, TICK, request_page

HOSTILE = '=HYPERLINK("http://example.com","x")'


def item(**changed):
    made = {
        "kind": "table",
        "table": "orders",
        "rules": ("AFT006", "SAL010"),
        "figures": ("customers.aov", "customers.count"),
        "screens": (Screen(system="shopify", status="verified"),),
        "role": "orders",
        "period": "months_24",
        "form": "csv",
        "leave_out": ("name", "phone"),
        "key": "customer_id",
        "keep": "Email",
    }
    return RequestItem(**{**made, **changed})


def page(*items, lang="ja", client="青山商店", refused=False):
    request = RequestList(client=client, date="2026-10-31", items=items, refused=refused)
    return request_page(request, load_method(), lang)


def sheet_of(made):
    return openpyxl.load_workbook(io.BytesIO(request_workbook(made))).active


def texts(sheet):
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def row_of(made, number=0):
    return dict(zip(COLUMNS, made.rows[number], strict=True))


def test_what_is_asked_says_what_why_how_where_and_whom():
    row = row_of(page(item()))
    assert row["what"].startswith("受注データ\n")
    assert row["why"] == "「平均注文額」「お客様数」が分かり、診断2項目を判定できます。"
    assert row["period"] == "直近24か月"
    assert row["form"].split("\n") == [
        "CSV（ダウンロードしたまま）",
        "不要な列：氏名、電話番号",
        "残す列：「Email」",
    ]
    assert row["screen"].startswith("Shopify：管理画面［注文管理］")
    assert (row["role"], row["due"], row["done"]) == ("受注担当", "", TICK)


def test_a_screen_that_was_not_checked_carries_a_mark_and_the_sheet_says_what_it_means():
    sure = page(item())
    unsure = page(item(screens=(Screen(system="shopify", status="partly"),)))
    assert "※" not in row_of(sure)["screen"] + "".join(sure.notes)
    assert row_of(unsure)["screen"].endswith("※")
    assert any(note.startswith("※") for note in unsure.notes)


def test_without_a_known_system_the_screen_is_told_in_general():
    assert "受注管理システム" in row_of(page(item(screens=(), keep=None)))["screen"]
    assert "会員番号" in row_of(page(item(screens=(), keep=None)))["form"]


def test_figures_beyond_four_are_counted():
    ids = [one for one in load_method().section("measures") if one.startswith("customers.")][:7]
    assert "ほか3件" in row_of(page(item(figures=tuple(ids))))["why"]


def test_a_file_to_export_again_tells_its_share_its_first_fault_and_further_columns():
    example = Problem(code="amount_unreadable", column="金額", value="確認中")
    made = item(
        kind="again",
        files=("data/受注.csv",),
        columns=("shipped_at",),
        reason="bad_share",
        examples=(example,),
        counts={"total": 1200, "bad": 120, "share": 0.1},
    )
    row = row_of(page(made))
    assert "data/受注.csv" in row["what"]
    assert "出荷日" in row["what"]
    assert all(part in row["why"] for part in ("1,200行", "120行", "10%", "確認中", "2項目"))


def test_a_refused_client_is_told_that_more_will_follow():
    made = item(kind="again", table=None, files=("data/受注.csv",), reason="refused", screens=())
    asked = page(made, refused=True)
    assert "あらためて" in asked.notes[0]
    assert row_of(asked)["screen"] == "—"


def test_nothing_to_ask_for_is_said_without_a_table():
    made = page()
    assert (made.rows, made.box) == ((), ())
    assert "ありません" in made.opening
    shown = texts(sheet_of(made))
    assert made.opening in shown
    assert made.head[1] not in shown
    assert "|" not in request_markdown(made)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_sheet_holds_every_word_of_the_page_as_text(lang):
    made = page(item(), item(kind="file", table=None, files=("data/memo.csv",)), lang=lang)
    sheet = sheet_of(made)
    shown = texts(sheet)
    wanted = [made.title, made.to, made.date, made.sender, made.opening, made.box_title]
    wanted += [*made.head, *made.notes, *made.box]
    wanted += [text for row in made.rows for text in row if text]
    assert [text for text in wanted if text not in shown] == []
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_what_looks_like_a_formula_a_link_or_a_number_stays_text():
    names = (HOSTILE, "+1", "-1", "@a", "http://example.com", "007")
    made = page(item(kind="file", table=None, files=names), client=HOSTILE)
    sheet = sheet_of(made)
    assert made.to in texts(sheet)
    assert made.to.startswith("=")
    assert all(cell.data_type == "s" for row in sheet.iter_rows() for cell in row if cell.value)
    assert sheet._hyperlinks == []


def test_it_prints_on_a4_across_one_page_wide_with_its_head_on_each():
    made = page(*[item(files=(f"data/{n}.csv",)) for n in range(40)])
    sheet = sheet_of(made)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToWidth in (None, 1)  # one page wide is the default
    assert sheet.page_setup.fitToHeight == 0
    head = next(row for row in sheet.iter_rows() if row[1].value == made.head[1])[0].row
    assert sheet.print_title_rows == f"${head}:${head}"
    last = max(cell.row for row in sheet.iter_rows() for cell in row if cell.value)
    assert sheet.print_area.endswith(f"$A$1:$I${last}")
    with zipfile.ZipFile(io.BytesIO(request_workbook(made))) as archive:
        assert "&amp;C&amp;P／&amp;Nページ" in archive.read("xl/worksheets/sheet1.xml").decode()


def test_every_row_is_tall_enough_for_its_wrapped_text():
    long = item(figures=tuple(load_method().section("measures"))[:4], leave_out=("name",) * 30)
    made = page(item(), long)
    sheet = sheet_of(made)
    head = next(row for row in sheet.iter_rows() if row[1].value == made.head[1])[0].row
    short, tall = (sheet.row_dimensions[head + n].height for n in (1, 2))
    assert 10 * 1.3 * row_of(made)["form"].count("\n") < short < tall <= TALLEST_POINTS
    for row in sheet.iter_rows(min_row=head + 1, max_row=head + 2):
        for cell in row:
            assert cell.alignment.wrap_text
            width = sheet.column_dimensions[cell.column_letter].width
            lines = sum(-(-cells(part) // int(width)) for part in str(cell.value or "").split("\n"))
            assert lines * 13 <= sheet.row_dimensions[cell.row].height


def test_equal_requests_give_equal_bytes_and_no_day_of_making():
    made = page(item())
    first, second = request_workbook(made), request_workbook(page(item()))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert "2026-10-31" in archive.read("docProps/core.xml").decode()
        assert {one.date_time[0] for one in archive.infolist()} == {1980}


def test_control_characters_of_a_file_name_break_nothing():
    made = page(item(kind="file", table=None, files=("data/a\x1b\x00b\n.csv",)))
    assert "data/a\\x1b\\x00b\\n.csv" in row_of(made)["what"]
    assert sheet_of(made).max_row > 5


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_markdown_has_a_row_a_thing_and_shows_texts_as_they_are(lang):
    made = page(
        item(kind="file", table=None, files=("a|b<i>*x*",)), item(), lang=lang, client="[x](y)"
    )
    text = request_markdown(made)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == 2 + len(made.rows)
    assert {line.replace("\\|", "").count("|") for line in rows} == {len(COLUMNS) + 1}
    assert "a\\|b\\<i\\>\\*x\\*" in text
    assert "\\[x\\](y)" in text
    assert made.box[0].split(",")[0] in text.replace("\\", "")
