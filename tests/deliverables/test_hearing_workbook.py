"""hearing.xlsx: a sheet of guidance, key questions, modules, law; lists, bounds, grey rows."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest

import toolkit as tk
from toolkit.deliverables.hearing_workbook import hearing_workbook
from toolkit.method import load_method

METHOD = load_method()
QUESTIONS = METHOD.section("questions")


@pytest.fixture(scope="module")
def books():
    return {
        lang: openpyxl.load_workbook(io.BytesIO(hearing_workbook(METHOD, lang)))
        for lang in ("ja", "en")
    }


def codes(page):
    return [row[0].value for row in page.iter_rows(min_row=4, max_col=1) if row[0].value]


def row_of(page, code):
    return next(cell[0].row for cell in page.iter_rows(max_col=1) if cell[0].value == code)


def rule_of(page, cell):
    return next(one for one in page.data_validations.dataValidation if cell in one.sqref)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_question_item_and_check_of_the_law_stands_in_it_once(lang, books) -> None:
    found = [code for page in books[lang].worksheets[1:-1] for code in codes(page)]
    wanted = set(QUESTIONS) | set(METHOD.section("legal"))
    wanted |= {
        f"{one.id} / {item}"
        for one in QUESTIONS.values()
        if one["kind"] in ("map", "multi")
        for item in one["items"]
    }
    once = [code for code in found if not code.endswith("+") and code != "#"]
    assert len(once) == len(set(once))
    assert wanted <= set(once)


def test_the_first_sheets_follow_the_first_meeting(books) -> None:
    book = books["ja"]
    assert book.sheetnames[:2] == ["はじめに", "20の質問"]
    assert book.sheetnames[-2:] == ["法令の確認", "選択肢"]
    page = book["20の質問"]
    listed = [code for code in codes(page) if code in QUESTIONS and QUESTIONS[code].get("key")]
    assert [QUESTIONS[code]["order"] for code in listed] == list(range(1, 21))
    assert codes(page)[1:4] == ["company_name", "q.pla.model", "q.pla.stage"]
    modules = [
        {QUESTIONS[code]["module"] for code in codes(page) if code in QUESTIONS}
        for page in book.worksheets[2:-2]
    ]
    assert all(len(found) == 1 for found in modules)


def test_a_choice_is_a_list_of_labels(books) -> None:
    book, page = books["ja"], books["ja"]["20の質問"]
    rule = rule_of(page, f"F{row_of(page, 'q.crm.strategy')}")
    assert rule.type == "list"
    area = book.defined_names[rule.formula1].attr_text
    sheet, cells = area.replace("'", "").replace("$", "").split("!")
    labels = [cell[0].value for cell in book[sheet][cells]]
    words = METHOD.words["ja"]
    choices = QUESTIONS["q.crm.strategy"]["choices"]
    assert labels == [words[f"questions.q.crm.strategy.choices.{code}"] for code in choices]
    assert book[sheet].sheet_state == "hidden"


def test_a_number_is_held_to_its_bounds_or_is_not_known(books) -> None:
    page = books["ja"]["20の質問"]
    row = row_of(page, "q.aft.f2_target")
    rule = rule_of(page, f"F{row}")
    assert rule.formula1 == f'OR(AND(ISNUMBER(F{row}),F{row}>=0,F{row}<=1),F{row}="わからない")'
    assert page[f"F{row}"].number_format == "0.0%"
    assert "0〜100％" in page[f"E{row}"].value


def test_rows_of_other_models_turn_grey_once_the_model_is_chosen(books) -> None:
    book, page = books["ja"], books["ja"]["20の質問"]
    row = row_of(page, "q.aft.f2_target")
    rules = [
        rule.formula[0]
        for area, found in page.conditional_formatting._cf_rules.items()
        for rule in found
        if any(part.min_row <= row <= part.max_row for part in area.sqref.ranges)
    ]
    (formula,) = rules
    assert re.findall('"([^"]*)"', formula) == [
        "",
        "単品定期通販",
        "総合通販",
        "モール主体",
        "店舗・地域サービス",
        "わからない",
    ]
    answer = f"'20の質問'!$F${row_of(page, 'q.pla.model')}"
    assert book.defined_names["hearing_model"].attr_text == answer
    assert page[f"G{row}"].value == "通販／店舗"
    free = row_of(page, "q.ful.pattern")
    areas = page.conditional_formatting._cf_rules
    assert not any(p.min_row <= free <= p.max_row for area in areas for p in area.sqref.ranges)


def test_table_like_questions_have_spare_rows(books) -> None:
    page = books["ja"]["オファー"]
    row = row_of(page, "q.val.canvas / +")
    assert page[f"A{row - 1}"].value == "#"
    assert codes(page).count("q.val.canvas / +") == 8
    assert rule_of(page, f"E{row}").type == "list"
    assert rule_of(page, f"F{row}").type == "list"


def test_it_prints_on_a4_landscape_and_keeps_its_headings_in_sight(books) -> None:
    for page in books["ja"].worksheets[1:-1]:
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert (page.freeze_panes, page.print_title_rows) == ("C4", "$3:$3")
        assert page["A3"].font.name == "Yu Gothic"
        assert page.sheet_properties.pageSetUpPr.fitToPage


def test_equal_methods_give_equal_bytes_and_no_formula_stands_in_a_cell() -> None:
    first, second = (hearing_workbook(METHOD, "en") for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) > 10
        assert not any(b"<f>" in archive.read(name) for name in sheets)


@pytest.mark.parametrize(("lang", "name"), [("ja", "3つの仮説"), ("en", "Three hypotheses")])
def test_a_client_s_book_begins_with_its_hypotheses(lang, name, shop) -> None:
    made = openpyxl.load_workbook(io.BytesIO(hearing_workbook(METHOD, lang, shop)))
    assert made.sheetnames[1] == name
    page = made[name]
    rows = [[cell.value for cell in row[1:6]] for row in page.iter_rows(min_row=4, max_row=6)]
    for hypothesis, row in zip(shop.hypotheses, rows, strict=True):
        words = METHOD.words[lang]
        assert row[0] == words[f"hypotheses.{hypothesis.id}.hypothesis"]
        assert row[1]
        assert "{" not in row[1]
        assert row[2] == words[f"hypotheses.{hypothesis.id}.ask"]
        for key in hypothesis.questions:
            assert words[f"questions.{key}.text"] in row[3]
        assert row[4] is None


def test_a_client_without_orders_is_told_that_nothing_can_be_said_yet(client_of) -> None:
    diagnosis = tk.diagnose(client_of())
    made = openpyxl.load_workbook(io.BytesIO(hearing_workbook(METHOD, "ja", diagnosis)))
    page = made["3つの仮説"]
    shown = [cell.value for row in page.iter_rows(min_row=4) for cell in row if cell.value]
    assert shown == [METHOD.words["ja"]["hearing.hypotheses.none"]]


def test_the_sheet_of_hypotheses_is_no_sheet_of_answers(shop, tmp_path) -> None:
    (tmp_path / "client.yaml").write_text("client_id: a\ncompany_name: A\n", encoding="utf-8")
    (tmp_path / "hearing.xlsx").write_bytes(hearing_workbook(METHOD, "ja", shop))
    assert tk.diagnose(tmp_path).answers == ()
