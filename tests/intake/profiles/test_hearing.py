"""hearing.xlsx says what client.yaml says; every fault with sheet, row, column, value and fix."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.errors import InputError
from toolkit.intake.profiles.profile import examine_profile, read_profile
from toolkit.method import load_method
from toolkit.words import error_text, words

HEAD = "client_id: aoyama\ncompany_name: 青山商店\n"
METHOD = load_method()
QUESTIONS = METHOD.section("questions")
LEGAL = METHOD.section("legal")
DETAILS = {"by": "社長", "basis": "seen", "evidence": "計画書"}
STATES = ("yes", "no", "unknown", "not_applicable")


def number_of(question, part: float = 0.5) -> float:
    return round(question["low"] + (question["high"] - question["low"]) * part, 3)


def one_value(question, kind: str, pick: int = 0):
    """An answer as client.yaml has it."""
    if kind == "choice":
        return question["choices"][pick % len(question["choices"])]
    if kind == "number":
        return number_of(question, (pick % 5) / 5)
    return f"文の回答{pick}"


def in_sheet(question, kind: str, value, label):
    """The same answer as it is put into a cell."""
    return label(f"questions.{question.id}.choices.{value}") if kind == "choice" else value


def pair(question, filling, day, pick: int = 0):
    """An answer to a question as an entry of client.yaml, and as lines of the sheet by code."""
    label, kind = filling.label, question["kind"]
    seen = {**DETAILS, "on": day, "basis": label("hearing.basis.seen")}
    value_kind = question.get("value_kind", kind)
    if kind in ("choice", "number", "text"):
        value = one_value(question, kind, pick)
        given = {"value": value, **DETAILS, "on": "2026-04-01"}
        cell = in_sheet(question, kind, value, label)
        return given, {question.id: [{"answer": cell, **seen}]}
    if kind == "canvas":
        needs = [(f"困り事{number}", number % 5 + 1) for number in range(pick % 3 + 1)]
        given = [{"item": name, "importance": size, "covered": "partly"} for name, size in needs]
        covered = label("hearing.covered.partly")
        lines = [
            {"question": name, "choices": size, "answer": covered, **seen} for name, size in needs
        ]
        written = {"value": given, **DETAILS, "on": "2026-04-01"}
        return written, {f"{question.id} / +": lines}
    own = [] if question["items"] and not question.get("open_items") else ["自社の項目"]
    items = [*question["items"][pick % 2 : pick % 2 + 2], *own]
    if kind == "multi":
        lines = {
            f"{question.id} / {item if item in question['items'] else '+'}": [
                {"answer": "○", **seen, **({} if item in question["items"] else {"question": item})}
            ]
            for item in items
        }
        return {"value": items, **DETAILS, "on": "2026-04-01"}, lines
    values = {item: one_value(question, value_kind, pick + at) for at, item in enumerate(items)}
    lines = {}
    for item, value in values.items():
        line = {"answer": in_sheet(question, value_kind, value, label), **seen}
        known = item in question["items"]
        lines[f"{question.id} / {item if known else '+'}"] = [
            line if known else {**line, "question": item}
        ]
    return {"value": values, **DETAILS, "on": "2026-04-01"}, lines


def both(questions, filling, day, folder: Path, as_yaml, picks):
    """The profile of a client.yaml, and that of a sheet with the same answers."""
    entries = {}
    for question, pick in zip(questions, picks, strict=True):
        entries[question.id], lines = pair(question, filling, day, pick)
        for code, given_lines in lines.items():
            filling.put(code, *given_lines)
    laws = {code: STATES[at % 4] for at, code in enumerate(LEGAL)}
    for code, state in laws.items():
        filling.put(code, {"answer": filling.label(f"hearing.states.{state}")})
    filling.put("company_name", {"answer": "青山商店"})
    filling.put("tax", {"answer": filling.label("errors.field.tax.included")})
    filling.put("fiscal_year_start", {"answer": 4})
    sheet = filling.save(folder / "sheet" / "aoyama" / "hearing.xlsx")
    text = folder / "yaml" / "aoyama" / "client.yaml"
    text.parent.mkdir(parents=True, exist_ok=True)
    fields = {"tax": "included", "fiscal_year_start": 4, "answers": entries, "compliance": laws}
    text.write_text(as_yaml(fields), encoding="utf-8")
    return read_profile(text.parent, METHOD), read_profile(sheet.parent, METHOD)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_question_in_both_languages(lang, fillings, tmp_path, as_yaml, day) -> None:
    asked = list(QUESTIONS.values())
    written, typed = both(asked, fillings[lang], day, tmp_path, as_yaml, [0] * len(asked))
    assert {one.question for one in written.answers} == set(QUESTIONS)
    assert written == typed
    assert (typed.model, typed.stage, typed.tax) == (
        QUESTIONS["q.pla.model"]["choices"][0],
        QUESTIONS["q.pla.stage"]["choices"][0],
        "included",
    )
    assert len(typed.compliance) == len(LEGAL)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_answers_are_the_same_in_both(data, fillings, tmp_path_factory, as_yaml, day) -> None:
    """The property behind the test above: any selection of questions and answers."""
    keys = data.draw(st.lists(st.sampled_from(list(QUESTIONS)), unique=True, max_size=12))
    picks = data.draw(st.lists(st.integers(0, 9), min_size=len(keys), max_size=len(keys)))
    lang = data.draw(st.sampled_from(["ja", "en"]))
    folder = tmp_path_factory.mktemp("any")
    asked = [one for key, one in QUESTIONS.items() if key in keys]
    written, typed = both(asked, fillings[lang], day, folder, as_yaml, picks)
    assert written == typed


def test_a_blank_sheet_says_nothing(write) -> None:
    profile = read_profile(write(HEAD, hearing={}), METHOD)
    assert (profile.answers, profile.compliance, profile.company_name) == ((), {}, "青山商店")


def test_a_sheet_stands_alone_under_its_folders_name(write) -> None:
    folder = write(None, hearing={"company_name": {"answer": "青山商店"}})
    profile = read_profile(folder, METHOD)
    assert (profile.client_id, profile.company_name) == ("aoyama", "青山商店")
    assert examine_profile(folder / "hearing.xlsx", METHOD).profile == profile


def test_the_name_in_the_sheet_fills_the_blank_one_of_client_yaml(write) -> None:
    text = 'client_id: aoyama\ncompany_name: ""\n'
    folder = write(text, hearing={"company_name": {"answer": "青山商店"}})
    assert read_profile(folder, METHOD).company_name == "青山商店"


def test_a_name_nowhere_is_told_where_it_belongs(write) -> None:
    reading = examine_profile(write('client_id: aoyama\ncompany_name: ""\n', hearing={}), METHOD)
    assert [(p.code, p.file, p.line) for p in reading.problems] == [
        ("company_name_blank", "client.yaml", 2)
    ]


@pytest.mark.parametrize(
    ("code", "typed", "value"),
    [
        ("q.aft.f2_target", 0.05, 0.05),
        ("q.aft.f2_target", "５％", 0.05),
        ("q.pay.system_cost", "３万円", 30000.0),
        ("q.pay.system_cost", "1,200", 1200.0),
        ("q.off.free_ship", "設定なし", "no"),
        ("q.aft.f2_target", "わからない", "unknown"),
        ("q.crm.strategy", "partly", "partly"),
        ("q.crm.strategy", "Don't know", "unknown"),
    ],
)
def test_what_may_be_typed(code, typed, value, write) -> None:
    (answer,) = read_profile(write(HEAD, hearing={code: {"answer": typed}}), METHOD).answers
    assert answer.value == value


def test_a_day_may_be_written_in_japanese(write) -> None:
    line = {"answer": "partly", "on": "令和8年4月1日"}
    (answer,) = read_profile(write(HEAD, hearing={"q.crm.strategy": line}), METHOD).answers
    assert answer.on == "2026-04-01"


@pytest.mark.parametrize(
    ("lines", "code", "column", "value"),
    [
        ({"q.aft.f2_target": {"answer": "約30"}}, "field_number", "回答", "約30"),
        ({"q.aft.f2_target": {"answer": 30}}, "answer_range", "回答", "30"),
        ({"q.crm.strategy": {"answer": "たぶん"}}, "field_choice", "回答", "たぶん"),
        ({"q.crm.strategy": {"answer": "ある", "on": "去年"}}, "field_date", "回答日", "去年"),
        (
            {"q.crm.strategy": {"answer": "ある", "basis": "噂"}},
            "field_choice",
            "聞取り・確認",
            "噂",
        ),
        ({"q.pla.absence / hiring": {"answer": "少し"}}, "hearing_mark", "回答", "少し"),
        ({"q.pla.absence / +": {"answer": "○"}}, "hearing_item_blank", "回答", "○"),
        ({"q.val.canvas / +": {"question": "遅い", "choices": 5}}, "hearing_canvas", "回答", ""),
        ({"L-01": {"answer": "多分"}}, "field_choice", "回答", "多分"),
        ({"tax": {"answer": "両方"}}, "field_choice", "回答", "両方"),
        ({"q.crm.strategy": {"code": "q.crm.none", "answer": "ある"}}, "key_unknown", "回答", None),
        ({"q.crm.strategy": {"code": None, "answer": "ある"}}, "hearing_no_code", "回答", "ある"),
        ({"q.crm.strategy": {"answer": "=1+"}}, "formula_no_value", "回答", "=1+"),
    ],
)
def test_a_fault_leads_to_its_cell(lines, code, column, value, write, filling) -> None:
    (key,) = lines
    page, row = filling.rows[key][0]
    reading = examine_profile(write(HEAD, hearing=lines), METHOD)
    (problem,) = reading.problems
    assert (problem.code, problem.file, problem.sheet, problem.row) == (
        code,
        "hearing.xlsx",
        page.title,
        row,
    )
    assert (problem.column, problem.value) == (column, value)


def test_the_message_names_sheet_row_column_value_and_what_may_be_chosen(write, method) -> None:
    folder = write(HEAD, hearing={"q.crm.strategy": {"answer": "たぶん"}})
    with pytest.raises(InputError) as raised:
        read_profile(folder, METHOD)
    told = error_text(raised.value, words(method, "ja"))
    assert "hearing.xlsx シート「20の質問」" in told
    assert "「回答」列" in told
    assert "たぶん" in told
    assert "一部" in told
    assert "partly" not in told


def test_all_faults_at_once(write) -> None:
    lines = {
        "q.crm.strategy": {"answer": "たぶん"},
        "q.aft.f2_target": {"answer": "約30"},
        "L-03": {"answer": "多分"},
    }
    reading = examine_profile(write(HEAD + "tax: maybe\n", hearing=lines), METHOD)
    assert sorted((p.file, p.code, p.key) for p in reading.problems) == [
        ("client.yaml", "field_choice", "tax"),
        ("hearing.xlsx", "field_choice", "compliance.L-03"),
        ("hearing.xlsx", "field_choice", "q.crm.strategy"),
        ("hearing.xlsx", "field_number", "q.aft.f2_target"),
    ]


def test_an_answer_as_a_whole_and_by_item_cannot_both_stand(write) -> None:
    lines = {"q.pla.cost_plan": {"answer": "ない"}, "q.pla.cost_plan / cogs": {"answer": 0.4}}
    (problem,) = examine_profile(write(HEAD, hearing=lines), METHOD).problems
    assert problem.code == "hearing_whole_and_items"


def test_a_secret_is_refused_and_not_shown(write) -> None:
    lines = {"q.off.core": {"answer": "postgresql://u:CANARY@h/x"}}
    reading = examine_profile(write(HEAD, hearing=lines), METHOD)
    assert [problem.code for problem in reading.problems] == ["key_secret"]
    assert "CANARY" not in repr(reading)


def test_fields_that_differ_name_both_places(write, filling) -> None:
    lines = {"tax": {"answer": "税抜"}, "q.pla.model": {"answer": "総合通販"}}
    folder = write(HEAD + "model: saas\ntax: included\n", hearing=lines)
    problems = {problem.key: problem for problem in examine_profile(folder, METHOD).problems}
    assert {key: problem.code for key, problem in problems.items()} == {
        "tax": "field_differs",
        "model": "field_differs",
    }
    tax = problems["tax"]
    assert (tax.file, tax.row, tax.value) == ("hearing.xlsx", filling.rows["tax"][0][1], "税抜")
    assert (tax.params["other"], tax.params["other_row"], tax.params["other_value"]) == (
        "client.yaml",
        "4",
        "included",
    )


def test_a_field_not_known_contradicts_nothing(write) -> None:
    folder = write(HEAD + "tax: unknown\n", hearing={"tax": {"answer": "税抜"}})
    assert read_profile(folder, METHOD).tax == "excluded"


def test_a_sheet_in_a_folder_that_can_be_no_id_is_told(write, tmp_path) -> None:
    folder = write(None, hearing={"company_name": {"answer": "青山商店"}})
    moved = folder.rename(tmp_path / "青山")
    problems = examine_profile(moved, METHOD).problems
    assert [(problem.code, problem.key) for problem in problems] == [("key_missing", "client_id")]


def test_a_book_without_the_headings_is_refused(tmp_path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "メモ"
    book.save(tmp_path / "hearing.xlsx")
    (tmp_path / "client.yaml").write_text(HEAD, encoding="utf-8")
    reading = examine_profile(tmp_path, METHOD)
    assert [(p.code, p.file) for p in reading.problems] == [("hearing_no_heading", "hearing.xlsx")]


def test_a_damaged_book_is_told_beside_the_rest(tmp_path) -> None:
    (tmp_path / "hearing.xlsx").write_bytes(b"no book")
    (tmp_path / "client.yaml").write_text(HEAD, encoding="utf-8")
    assert [p.code for p in examine_profile(tmp_path, METHOD).problems] == ["excel_damaged"]


def test_a_temporary_file_of_excel_and_other_books_are_left_alone(tmp_path) -> None:
    (tmp_path / "~$hearing.xlsx").write_bytes(b"lock")
    (tmp_path / "notes.xlsx").write_bytes(b"no book")
    (tmp_path / "client.yaml").write_text(HEAD, encoding="utf-8")
    assert read_profile(tmp_path, METHOD).company_name == "青山商店"
