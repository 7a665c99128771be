"""The rules as content: complete, in both languages, with thresholds, cards, cases and no cycle."""

from __future__ import annotations

import math
import re
from functools import wraps
from graphlib import TopologicalSorter
from inspect import Signature, signature
from pathlib import Path
from string import Formatter

import pytest
import yaml

from toolkit import measures
from toolkit.diagnosis.plan import CONFIDENCES, EFFORTS
from toolkit.method import LANGUAGES, load_method
from toolkit.rules.condition import BESIDE
from toolkit.rules.finding import SEVERITIES
from toolkit.rules.listing import reads
from toolkit.rules.readers import thresholds_named
from toolkit.rules.score import MODULES
from toolkit.rules.yen import KINDS

CASES = Path(__file__).parent / "cases"
MEASURES = Path(measures.__file__).parent
METHOD = load_method()
RULES = METHOD.section("rules")
THRESHOLDS = METHOD.section("thresholds")
CODE = re.compile(r"[A-Z]{3}\d{3}")
SOURCE = re.compile(r"S\d-\d{2}")
NUMERIC = ("above", "below", "at_least", "at_most")
WORDS = ("title", "finding", "action", "unknown", "pass")
KEYS = {
    "module", "applies", "fails", "severity", "medium_if", "note_if", "min_n", "effort", "pool",
    "leads_to", "sources", "legal", "shows", "strength",
}  # fmt: skip
POOLS = {"acquisition", "ltv", "margin", "labour", "cash", None}


def every(name, entries):
    """Decorator: one test passes over all entries and names each that fails, with its reason."""

    def decorated(test):
        @wraps(test)
        def passed_over(**others):
            failed = {}
            for key, entry in entries.items():
                try:
                    test(**{name: entry}, **others)
                except AssertionError as wrong:
                    failed[key] = str(wrong)
            assert failed == {}

        given = signature(test).parameters
        left = [given[one] for one in given if one != name]
        passed_over.__signature__ = Signature(left)
        return passed_over

    return decorated


every_rule = every("rule", RULES)
every_language = pytest.mark.parametrize("lang", LANGUAGES)


def comparisons(condition):
    """Every comparison of a condition: the fact, the operator and its right side."""
    if isinstance(condition, list):
        for part in condition:
            yield from comparisons(part)
    elif "fact" in condition:
        operator = next(key for key in condition if key not in ("fact", *BESIDE))
        yield condition["fact"], operator, condition[operator]
        if "floor" in condition:  # as far as the value itself must reach
            reach = {"above": "at_least", "below": "at_most"}.get(operator, operator)
            yield condition["fact"], reach, condition["floor"]
    else:
        for part in condition.values():
            if isinstance(part, list):
                yield from comparisons(part)


def conditions(rule):
    yield from comparisons([rule["fails"]] if "statuses" not in rule["fails"] else [])
    yield from comparisons([rule["medium_if"]] if "medium_if" in rule else [])
    for word in ("facts", "unless"):
        yield from comparisons(list(rule.get("applies", {}).get(word, [])))


def threshold_names(rule):
    for _, operator, right in conditions(rule):
        if operator in NUMERIC and isinstance(right, str):
            yield right
        elif operator in NUMERIC:
            yield from (right[key] for key in ("times", "plus") if key in right)


def placeholders(text):
    return {f"{name}:{spec}" for _, name, spec, _ in Formatter().parse(text) if name}


def cases(code):
    return yaml.safe_load((CASES / f"{code}.yaml").read_text(encoding="utf-8"))


def test_rules_reach_every_module():
    assert {rule["module"] for rule in RULES.values()} == set(MODULES)
    assert len(RULES) >= 40


@every_rule
def test_entry(rule):
    assert CODE.fullmatch(rule.id)
    assert set(rule) <= KEYS
    assert rule["severity"] in SEVERITIES
    assert rule.get("effort", "S") in ("S", "M", "L")
    assert rule.get("pool") in POOLS
    assert len(rule["sources"]) == len(set(rule["sources"]))


@every_rule
@every_language
def test_words(rule, lang):
    book = METHOD.words[lang]
    wanted = (*WORDS, "strength") if rule.get("strength") else WORDS
    for name in wanted:
        assert book.get(f"rules.{rule.id}.{name}", "").strip(), name
    assert rule.get("strength") or f"rules.{rule.id}.strength" not in book
    assert not placeholders(book[f"rules.{rule.id}.title"])


@every_rule
def test_placeholders_equal(rule):
    keys = [key for key in METHOD.words["ja"] if key.startswith(f"rules.{rule.id}.")]
    for key in keys:
        texts = [METHOD.words[lang][key] for lang in LANGUAGES]
        assert len({frozenset(placeholders(text)) for text in texts}) == 1, key


@every_language
def test_no_words_without_rule(lang):
    named = {key.split(".")[1] for key in METHOD.words[lang] if key.startswith("rules.")}
    assert named == set(RULES)


@every_rule
@every_language
def test_placeholders_known(rule, lang):
    shown = len(rule.get("shows", ()))
    plain = {"value:", "threshold:", "n:", "period:", "count:", "items:", "answer:"}
    plain |= {f"value{place}:" for place in range(2, shown + 1)}
    known = {fact.split("[")[0] for fact in [*reads(rule["fails"]), *rule.get("shows", ())]}
    for name in WORDS:
        for mark in placeholders(METHOD.words[lang][f"rules.{rule.id}.{name}"]) - plain:
            kind, _, key = mark.partition(":")
            assert kind in ("fact", "n", "period", "interval")
            assert key.split("[")[0] in known, mark


@every_rule
def test_answers_are_reported_as_said(rule):
    """What was only said is quoted as said, with one possibility and no more."""
    read = list(reads(rule["fails"]))
    if not read or rule.get("legal") or not all(fact.startswith("q.") for fact in read):
        return
    text = METHOD.words["ja"][f"rules.{rule.id}.finding"]
    assert "ヒアリングでは" in text
    assert text.count("可能性") == 1


@every_rule
def test_legal_items_ask_to_check(rule):
    if not rule.get("legal"):
        return
    assert rule["severity"] == "check"
    assert METHOD.words["ja"][f"rules.{rule.id}.finding"].endswith("をご確認ください。")
    assert "please check" in METHOD.words["en"][f"rules.{rule.id}.finding"].lower()
    assert set(rule["legal"]) <= set(METHOD.section("legal"))


@every_language
def test_words_that_are_never_printed(lang):
    for key, text in METHOD.words[lang].items():
        if key.startswith("rules."):
            found = re.search(
                r"オーナー|\bowner|データ不足|違法|違反|罰金|illegal|penalt", text, re.I
            )
            assert not found, key


@every_rule
def test_thresholds_exist(rule):
    for name in threshold_names(rule):
        assert name in THRESHOLDS, name


def factors():
    terms = METHOD.section("tree").values()
    return [raw for term in terms for raw in term["times"] if isinstance(raw, dict)]


def ways():
    return [way for lever in METHOD.section("levers").values() for way in lever["toward"]]


def ranked(name):
    """A weight of the plan: by kind of yen, by confidence, by effort."""
    codes = {"rank": {*KINDS, *CONFIDENCES}, "effort_days": set(EFFORTS)}
    start, _, code = name.rpartition("_")
    return code in codes.get(start, ())


def test_no_threshold_is_idle():
    used = {name for rule in RULES.values() for name in threshold_names(rule)}
    supposed = METHOD.section("hypotheses").values()
    used |= {one.id for entry in supposed for one in thresholds_named(entry["when"], METHOD)}
    used |= {str(raw["constant"]) for raw in factors() if "constant" in raw}
    used |= {str(way["threshold"]) for way in ways() if "threshold" in way}
    # Read by the objects, and by the sentences of the report.
    elsewhere = {"thresholds/frameworks.toml", "thresholds/business.toml"}
    declared = {entry.id for entry in THRESHOLDS.values() if entry.file not in elsewhere}
    rooms = (MEASURES, MEASURES.parent / "diagnosis", MEASURES.parent / "impact")
    code = "".join(
        path.read_text(encoding="utf-8") for room in rooms for path in room.rglob("*.py")
    )
    made_with = {name for name in declared if f'"{name}"' in code or ranked(name)}
    assert declared - made_with <= used
    assert used <= set(THRESHOLDS)


@every("entry", THRESHOLDS)
def test_threshold(entry):
    assert entry["origin"] in ("own", "arith", "law", "source", "article", "house")
    assert entry["unit"]
    assert "value" in entry or entry.get("question")
    if entry["origin"] == "article":
        assert entry["source"] in METHOD.section("sources")
    if entry["origin"] == "source":
        benchmark = METHOD.section("benchmarks")[entry["benchmark"]]
        assert benchmark["triggers"]
        for key in ("value", "unit", "grade"):
            assert benchmark[key] == entry[key]
    if entry.get("question"):
        question = entry["question"].split("[")[0]
        assert METHOD.section("questions")[question]["kind"] in ("number", "map")


BENCHMARKS = METHOD.section("benchmarks")


@every("entry", BENCHMARKS)
def test_benchmark(entry):
    assert entry["grade"] in ("A", "B", "C")  # a number without a stated basis is not kept
    assert entry["country"]
    assert entry["source"]
    assert not entry["triggers"] or entry["grade"] in ("A", "B")
    assert any(key in entry for key in ("value", "low", "high"))
    for lang in LANGUAGES:
        for name in ("name", "sample"):
            assert METHOD.words[lang][f"benchmarks.{entry.id}.{name}"]


def test_leads_to_is_acyclic():
    graph = {rule.id: set(rule["leads_to"]) for rule in RULES.values()}
    assert all(CODE.fullmatch(code) for codes in graph.values() for code in codes)
    TopologicalSorter(graph).prepare()


@every_rule
def test_sources_exist(rule):
    for source in rule["sources"]:
        assert SOURCE.fullmatch(source)
        assert source in METHOD.section("sources")


@every_rule
def test_facts_have_cards(rule):
    keys = {*reads(rule["fails"]), *reads(rule.get("medium_if", {})), *rule.get("shows", ())}
    known = set(METHOD.section("measures")) | set(METHOD.section("questions"))
    assert {key.split("[")[0] for key in keys} <= known


@every_rule
def test_codes_are_choices_of_the_question(rule):
    questions = METHOD.section("questions")
    for fact, operator, right in conditions(rule):
        if operator in ("equals", "one_of"):
            question = questions[fact.split("[")[0]]
            choices = {*question.get("choices", ()), *question.get("codes", ())} - {"unknown"}
            assert set(right if isinstance(right, list) else [right]) <= choices, fact


@every_rule
def test_kinds_of_cases(rule):
    found = cases(rule.id)
    wanted = {"pass", "fail", "unknown"}
    if rule.get("applies"):
        wanted.add("not_applicable")
    assert {case["status"] for case in found} >= wanted
    assert all("severity" in case for case in found if case["status"] == "fail")
    assert len({case["name"] for case in found}) == len(found)
    if rule["severity"] == "high":
        assert any(case.get("severity") in ("medium", "high") for case in found)


def stated(case, key):
    value = case.get("facts", {}).get(key)
    return value.get("value") if isinstance(value, dict) else value


def limit(case, right):
    if isinstance(right, str):
        entry = THRESHOLDS[right]
        answered = stated(case, entry.get("question"))
        return case.get("thresholds", {}).get(
            right, answered if answered is not None else entry.get("value")
        )
    other = stated(case, right["fact"])
    if other is None:
        return None
    times, plus = (THRESHOLDS[right[k]]["value"] if k in right else None for k in ("times", "plus"))
    return other * (1 if times is None else times) + (plus or 0)


@every_rule
def test_numbers_have_their_exact_edge(rule):
    for fact, operator, right in conditions(rule):
        if operator in NUMERIC:
            pairs = [(stated(case, fact), limit(case, right)) for case in cases(rule.id)]
            assert any(None not in pair and math.isclose(*pair, abs_tol=1e-12) for pair in pairs), (
                fact
            )


@every_rule
def test_sampled_cases_show_what_a_small_sample_does(rule):
    measured = METHOD.section("measures")
    fails = comparisons([rule["fails"]] if "statuses" not in rule["fails"] else [])
    compared = {fact.split("[")[0] for fact, operator, _ in fails if operator in NUMERIC}
    sampled = any(measured[fact]["sampled"] for fact in compared if fact in measured)
    reasons = {case.get("reason") for case in cases(rule.id)}
    assert not sampled or "small_n" in reasons
