from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from toolkit.method import Entry, Method, load_method

WordsOf = Callable[[str, str], dict[str, str]]
QUESTIONS = load_method().section("questions")
BY_ID = pytest.mark.parametrize("question", QUESTIONS.values(), ids=list(QUESTIONS))
SHARED_KEYS = {"module", "order", "key", "kind", "applies", "sources"}
NUMBER_KEYS = {"unit", "low", "high"}
KEYS = {
    ("choice", None): {"choices"},
    ("number", None): NUMBER_KEYS | {"codes"},
    ("text", None): set(),
    ("multi", None): {"items", "codes", "open_items"},
    ("canvas", None): {"items", "low", "high", "steps"},
    ("map", "choice"): {"items", "choices", "open_items", "item_models"},
    ("map", "number"): {"items", "codes", "open_items", "staff"} | NUMBER_KEYS,
    ("map", "text"): {"items", "open_items"},
}
MODULES = {
    "planning",
    "offer",
    "procurement",
    "sales",
    "fulfillment",
    "aftercare",
    "journey",
    "crm_payment",
    "tob",
}
UNITS = {"share", "yen", "days", "hours", "months", "count", "score", "ratio"}


def codes_of(question: Entry) -> list[str]:
    """Codes that may be chosen for the question or its items."""
    chosen = [*question.get("choices", ()), *question.get("codes", ())]
    return list(dict.fromkeys([*chosen, "unknown"]))


def tokens(method: Method) -> set[str]:
    applies = method.section("applies")
    return set(applies["models"].values()) | set(applies["groups"])


@BY_ID
def test_a_question_has_the_keys_of_its_kind_and_no_others(question: Entry) -> None:
    kind = (question["kind"], question.get("value_kind"))
    own = set(question) - SHARED_KEYS - {"value_kind"}
    optional = {"codes", "open_items", "item_models", "staff"}
    assert own <= KEYS[kind]
    assert KEYS[kind] - optional <= own


@BY_ID
def test_a_question_lies_in_a_module_and_cites_statements(question: Entry, method: Method) -> None:
    assert question["module"] in MODULES
    assert question.file == f"questions/{question['module']}.toml"
    assert set(question["sources"]) <= set(method.section("sources"))


@BY_ID
def test_choices_end_in_unknown_and_no_code_stands_twice(question: Entry) -> None:
    if "choices" in question:
        assert question["choices"][-1] == "unknown"
    for name in ("choices", "items", "codes"):
        codes = question.get(name, [])
        assert len(codes) == len(set(codes))
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", code) for code in codes)


@BY_ID
def test_a_number_has_a_unit_and_a_range(question: Entry) -> None:
    if question["kind"] == "number" or question.get("value_kind") == "number":
        assert question["unit"] in UNITS
        assert question["low"] < question["high"]


@BY_ID
def test_a_map_without_items_is_open(question: Entry) -> None:
    if question["kind"] == "map" and not question["items"]:
        assert question["open_items"] is True


@BY_ID
def test_applicability_names_models_and_stages_that_exist(question: Entry, method: Method) -> None:
    where = question.get("applies", {})
    assert set(where) <= {"model", "stage"}
    assert set(where.get("model", ())) <= tokens(method)
    assert set(where.get("stage", ())) <= set(method.section("applies")["stages"].values())
    for item, models in question.get("item_models", {}).items():
        assert item in question["items"]
        assert set(models) <= tokens(method)


def test_orders_are_unique_and_twenty_key_questions_come_first() -> None:
    orders = [question["order"] for question in QUESTIONS.values()]
    assert len(orders) == len(set(orders))
    keyed = sorted(q["order"] for q in QUESTIONS.values() if q.get("key"))
    assert keyed == list(range(1, 21))


def test_the_model_is_the_first_question_to_ask() -> None:
    assert min(QUESTIONS.values(), key=lambda q: q["order"]).id == "q.pla.model"


def test_answers_to_model_and_stage_are_those_of_the_profile(method: Method) -> None:
    applies = method.section("applies")
    for question, table in (("q.pla.model", "models"), ("q.pla.stage", "stages")):
        assert QUESTIONS[question]["choices"] == [*applies[table], "unknown"]


def test_groups_and_industries_cover_the_models(method: Method) -> None:
    applies = method.section("applies")
    assert applies["groups"]["ALL"] == list(applies["models"].values())
    assert set(applies["groups"]["B2C"]) - set(applies["groups"]["GOODS"]) == {"shop"}
    assert {*applies["groups"]["B2C"], *applies["groups"]["TOB"]} == {*applies["groups"]["ALL"]}
    assert set(applies["industries"]) == set(applies["models"])


def _expected_words(question: Entry) -> set[str]:
    return (
        {"text", "why", "how"}
        | {f"choices.{code}" for code in codes_of(question)}
        | {f"items.{code}" for code in question.get("items", ())}
    )


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_words_are_those_of_the_questions_none_missing_none_left(
    lang: str, words_of: WordsOf
) -> None:
    found = words_of(lang, "questions")
    expected = {f"{one.id}.{part}" for one in QUESTIONS.values() for part in _expected_words(one)}
    hints = {f"{one}.hint" for one in QUESTIONS}
    assert expected - set(found) == set()
    assert set(found) - expected - hints == set()


def test_both_languages_hint_at_the_same_questions(words_of: WordsOf) -> None:
    assert set(words_of("ja", "questions")) == set(words_of("en", "questions"))


@pytest.mark.parametrize("lang", ["ja", "en"])
@BY_ID
def test_labels_of_one_question_can_be_told_apart(
    question: Entry, lang: str, words_of: WordsOf
) -> None:
    found = words_of(lang, f"questions.{question.id}")
    for part in ("choices", "items"):
        labels = [text for key, text in found.items() if key.startswith(f"{part}.")]
        assert len(labels) == len(set(labels))
        assert all(labels)


@BY_ID
def test_a_question_asks(question: Entry, words_of: WordsOf) -> None:
    japanese = words_of("ja", f"questions.{question.id}")
    english = words_of("en", f"questions.{question.id}")
    assert japanese["text"].endswith(("か。", "ください。"))
    assert english["text"].endswith(("?", "."))
    assert japanese["why"].endswith("。")
    assert len(japanese["why"]) <= 40


def _comparisons(condition: Any) -> Iterator[tuple[str, str]]:
    if isinstance(condition, list):
        for part in condition:
            yield from _comparisons(part)
    elif isinstance(condition, Mapping):
        right = condition.get("one_of", [condition["equals"]] if "equals" in condition else [])
        yield from ((str(condition.get("fact")), str(code)) for code in right)
        yield from _comparisons([v for v in condition.values() if isinstance(v, list | dict)])


def test_rules_compare_answers_with_codes_that_can_be_chosen(method: Method) -> None:
    compared = [
        (rule.id, key.partition("[")[0], code)
        for rule in method.section("rules").values()
        for key, code in _comparisons(dict(rule))
        if key.startswith("q.")
    ]
    assert compared
    assert [c for c in compared if c[2] not in codes_of(QUESTIONS[c[1]])] == []


def test_rules_read_only_questions_and_items_that_exist(method: Method) -> None:
    read = {
        key
        for rule in method.section("rules").values()
        for key in re.findall(r"q\.[a-z]+\.[a-z0-9_]+(?:\[item=[a-z0-9_]+\])?", repr(dict(rule)))
    }
    assert read
    for key in read:
        name, _, item = key.partition("[item=")
        assert name in QUESTIONS
        assert not item or item[:-1] in QUESTIONS[name]["items"]


def test_all_questions_of_the_catalogue_are_there(shared: Any) -> None:
    catalogue = (shared / "domain" / "rules.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (q\.[a-z]+\.[a-z0-9_]+) \| (★?) ?\|", catalogue, re.MULTILINE))
    assert len(rows) > 60
    assert set(rows) <= set(QUESTIONS)
    assert {one for one, star in rows.items() if star} == {
        one.id for one in QUESTIONS.values() if one.get("key")
    }
