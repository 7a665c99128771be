"""Mistakes of a firm's folder: each is named with its file and line, and ours has none."""

from __future__ import annotations

import json
import shutil
from datetime import date

import pytest

from toolkit import resources
from toolkit.method import LANGUAGES, load_method
from toolkit.rules.lint import lint
from toolkit.rules.lint.review import review_due
from toolkit.words import place_text, problem_text, words

SAMPLE = resources.folder("templates") / "method"
RULE = """[XSAL09]
new = true
module = "sales"
severity = "check"
sources = []
fails = {fails}
"""
WORDS = (
    '[XSAL09]\ntitle = "題"\nfinding = "所見"\naction = "打ち手"\nunknown = "保留"\npass = "良好"\n'
)
CASES = "- {name: a, status: unknown}\n"


@pytest.fixture
def firm(tmp_path):
    def make(files):
        for name, text in files.items():
            path = tmp_path / "firm" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / "firm"

    return make


def found(folder):
    return {(one.code, one.file, one.line) for one in lint(load_method(folder))}


def rule(fails, more=""):
    return {
        "rules/own.toml": "# ours\n\n" + RULE.replace("{fails}", fails) + more,
        "words/ja/rules.toml": WORDS,
        "cases/XSAL09.yaml": CASES,
    }


def test_our_own_content_has_no_mistake():
    assert lint(load_method()) == ()


def test_the_shipped_sample_has_no_mistake():
    assert lint(load_method(SAMPLE)) == ()


GOOD = '{ fact = "customers.repeat_rate", below = "key_match_floor" }'


def test_a_firms_rule_that_is_right(firm):
    assert found(firm(rule(GOOD))) == set()


@pytest.mark.parametrize(
    ("fails", "code"),
    [
        ('{ fact = "customers.repeat_rat", below = "zero" }', "lint_fact_unknown"),
        ('{ fact = "customers.repeat_rate", below = "zerro" }', "lint_name_unknown"),
        ('{ fact = "customers.repeat_rate", below = 0.3 }', "lint_bare_number"),
        ('{ fact = "customers.repeat_rate", under = "zero" }', "lint_condition_key"),
        ('{ fact = "customers.repeat_rate", below = "zero", flor = "zero" }', "lint_condition_key"),
        ('{ fact = "customers.repeat_rate", below = "zero", floor = "zro" }', "lint_name_unknown"),
        (
            '{ fact = "customers.repeat_rate", below = "zero", sure = "yes" }',
            "lint_condition_shape",
        ),
        ('{ fact = "q.sal.capture", blank = true, sure = true }', "lint_condition_key"),
        ('{ fact = "q.sal.capture", equals = "nope" }', "lint_choice_unknown"),
        ('{ any = [{ fact = "q.sal.capture", equals = "no" }], or = 1 }', "lint_condition_key"),
        ('{ of = [{ fact = "q.sal.capture", equals = "no" }] }', "lint_condition_count"),
        ('{ statuses = ["SAL99"], at_least_k = 1 }', "lint_name_unknown"),
        ('{ all = ["q.sal.capture"] }', "lint_condition_shape"),
        (
            '{ fact = "customers.aov", below = { fact = "customers.aov", time = "zero" } }',
            "lint_condition_key",
        ),
    ],
)
def test_mistakes_of_a_condition(firm, fails, code):
    assert found(firm(rule(fails))) == {(code, "rules/own.toml", 3)}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ('shows = ["customers.repeat_rat"]\n', "lint_fact_unknown"),
        ('applies = { model = ["salon"] }\n', "lint_choice_unknown"),
        ('effort = "XL"\n', "lint_choice_unknown"),
        ('sevrity = "check"\n', "lint_key_unknown"),
        ('leads_to = ["SAL999"]\n', "lint_name_unknown"),
        ('legal = ["L-99"]\n', "lint_name_unknown"),
        ("strength = true\n", "lint_sentence_missing"),
        ('[SAL010]\nleads_to = ["SAL010"]\n', "lint_circle"),
    ],
)
def test_mistakes_of_an_entry(firm, more, code):
    codes = {one[0] for one in found(firm(rule(GOOD, more)))}
    assert codes >= {code}
    assert codes <= {code, "lint_link_unnamed"}


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("thresholds.toml", '[x_a]\nnew = true\nvalue = "0.3"\nunit = "share"\norigin = "house"\n',
         "lint_not_a_number"),
        ("thresholds.toml", '[x_a]\nnew = true\nvalue = 1\nunit = "share"\norigin = "source"\n'
         'source = "a paper"\ngrade = "C"\n', "lint_grade_too_weak"),
        ("thresholds.toml", '[x_a]\nnew = true\nvalue = 1\nunit = "share"\norigin = "law"\n',
         "lint_key_missing"),
        ("thresholds.toml", '[renewal_floor]\nvalue = 0.95\n', "lint_not_the_benchmark"),
        ("legal.toml", '["L-01"]\nreview_by = "next year"\n', "lint_not_a_date"),
        ("benchmarks.toml", '[saas_grr_under_12k]\ngrade = "C"\n', "lint_grade_too_weak"),
        ("words/ja/report.toml", 'title = "題{x"\n', "lint_braces"),
        ("words/en/rules.toml", '[AFT002]\nfinding = "{other}"\n', "lint_placeholders"),
        ("words/ja/rules.toml", '[AFT999]\ntitle = "題"\n', "lint_sentence_unused"),
    ],
)  # fmt: skip
def test_mistakes_elsewhere(firm, name, text, code):
    codes = {(one[0], one[1]) for one in found(firm({name: text}))}
    assert (code, name) in codes


def test_a_code_that_is_not_the_firms(firm):
    files = rule(GOOD)
    files = {key: text.replace("XSAL09", "SAL099") for key, text in files.items()}
    files["cases/SAL099.yaml"] = CASES
    assert "lint_code_not_x" in {one[0] for one in found(firm(files))}


def test_a_sentence_is_found_on_its_line(firm):
    folder = firm(
        {"words/ja/rules.toml": '# ours\n\n[AFT002]\ntitle = "題"\nfinding = "{other}"\n'}
    )
    assert ("lint_placeholders", "words/ja/rules.toml", 5) in found(folder)


def test_a_rule_turned_off_takes_its_links_with_it(firm):
    assert found(firm({"rules/off.toml": "[AFT006]\noff = true\n"})) == set()


def test_a_threshold_turned_off_is_missed_by_its_rule(firm):
    folder = firm({"thresholds.toml": "[key_match_floor]\noff = true\n"})
    assert "lint_name_unknown" in {one[0] for one in found(folder)}


def test_cases_of_a_firm_are_run(firm):
    wrong = rule(GOOD)
    wrong["cases/XSAL09.yaml"] = "- {name: 資料なし, status: fail}\n"
    problem = lint(load_method(firm(wrong)))[0]
    assert (problem.code, problem.file, problem.key) == (
        "lint_case_differs", "cases/XSAL09.yaml", "資料なし",
    )  # fmt: skip
    assert dict(problem.params) == {"what": "status", "expected": "fail", "found": "unknown"}


@pytest.mark.parametrize(
    ("text", "code"),
    [("nothing", "lint_cases_unreadable"), ("- {status: [", "lint_cases_unreadable")],
)
def test_cases_that_cannot_be_read(firm, text, code):
    files = rule(GOOD)
    files["cases/XSAL09.yaml"] = text
    assert {one[0] for one in found(firm(files))} == {code}


def test_a_firms_rule_without_cases_and_cases_without_a_rule(firm):
    files = rule(GOOD)
    files["cases/XOTHER.yaml"] = files.pop("cases/XSAL09.yaml")
    assert {one[0] for one in found(firm(files))} == {"lint_cases_missing", "lint_cases_of_nothing"}


def test_every_mistake_is_told_in_both_languages(firm):
    folder = firm({**rule('{ fact = "x.y", below = 1 }'), "legal.toml": '["L-01"]\nmark = "Z"\n'})
    method = load_method(folder)
    for lang in LANGUAGES:
        book = words(method, lang)
        for problem in lint(method):
            message, fix = problem_text(problem, book)
            assert not message.startswith("errors.")
            assert not fix.startswith("errors.")
            assert "{" not in message
            assert str(problem.line) in place_text(problem, book)


def test_what_is_past_its_day_of_review_is_told():
    method = load_method()
    assert review_due(method, date(2026, 11, 22)) == ()
    later = review_due(method, date(2027, 5, 23))
    assert {one.key for one in later} == set(method.section("legal"))
    assert {one.params["days"] for one in later} == {"1"}


def test_the_command_prints_places_and_exits_with_one(firm, toolkit_command):
    folder = firm(rule('{ fact = "x.y", below = "zero" }'))
    done = toolkit_command("rules", "--check", "--method", folder, "--lang", "en")
    assert done.returncode == 1
    assert "rules/own.toml" in done.stdout
    told = json.loads(toolkit_command("rules", "--check", "--method", folder, "--json").stdout)
    assert [one["code"] for one in told["problems"]] == ["lint_fact_unknown"]
    assert told["problems"][0]["line"] == 3
    shutil.rmtree(folder)
    clean = toolkit_command("rules", "--check", "--json")
    assert (clean.returncode, json.loads(clean.stdout)["problems"]) == (0, [])
