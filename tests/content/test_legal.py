from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from toolkit.method import Entry, Method, load_method

WordsOf = Callable[[str, str], dict[str, str]]
LEGAL = load_method().section("legal")
BY_ID = pytest.mark.parametrize("check", LEGAL.values(), ids=list(LEGAL))
KEYS = {"law", "as_of", "review_by", "mark", "sources"}


def test_there_are_thirty_one_checks_in_order() -> None:
    assert list(LEGAL) == [f"L-{number:02}" for number in range(1, 32)]


@BY_ID
def test_a_check_is_a_dated_record_to_be_reviewed_within_six_months(check: Entry) -> None:
    assert set(check) - {"since", "applies"} == KEYS
    seen, review = date.fromisoformat(check["as_of"]), date.fromisoformat(check["review_by"])
    assert (review.year * 12 + review.month) - (seen.year * 12 + seen.month) == 6
    assert review.day == seen.day
    if "since" in check:
        assert date.fromisoformat(check["since"]) <= seen


@BY_ID
def test_a_check_that_was_seen_says_where(check: Entry) -> None:
    assert check["mark"] in {"V", "V2", "M"}
    if check["mark"] == "V":
        assert check["sources"]


@BY_ID
def test_applicability_names_models_that_exist(check: Entry, method: Method) -> None:
    applies = method.section("applies")
    known = {*applies["models"].values(), *applies["groups"]}
    assert set(check.get("applies", {})) <= {"model"}
    assert set(check.get("applies", {}).get("model", ())) <= known


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_each_check_has_its_sentence_and_no_other(lang: str, words_of: WordsOf) -> None:
    assert set(words_of(lang, "legal")) == {f"{one}.check" for one in LEGAL}


@BY_ID
def test_a_sentence_asks_to_check_and_refers_to_a_specialist(
    check: Entry, words_of: WordsOf
) -> None:
    japanese = words_of("ja", "legal")[f"{check.id}.check"]
    english = words_of("en", "legal")[f"{check.id}.check"]
    assert japanese.endswith("をご確認ください。個別の判断は専門家へ")
    assert english.startswith("Please check ")
    assert english.endswith(". Ask a specialist about your case.")


@pytest.mark.parametrize("word", ["違反", "違法", "罰金", "科料", "illegal", "fine of", "breach"])
def test_no_verdict_and_no_fine(word: str, words_of: WordsOf) -> None:
    for lang in ("ja", "en"):
        assert not [text for text in words_of(lang, "legal").values() if word in text]


def test_the_list_is_that_of_the_domain_notes(shared: Path) -> None:
    notes = (shared / "domain" / "legal.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| (L-\d\d) \|", notes, re.MULTILINE)) == set(LEGAL)
