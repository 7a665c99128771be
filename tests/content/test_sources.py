from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.method import Method, load_method

WordsOf = Callable[[str, str], dict[str, str]]
SOURCES = load_method().section("sources")
ARTICLES = ("S0", "S1", "S2", "S3", "S4")
KINDS = {
    "CLAIM",
    "CTX",
    "DEF",
    "FB",
    "LIST",
    "METRIC",
    "MOD",
    "NAMED",
    "NUM",
    "RULE",
    "STEP",
    "TASK",
    "WARN",
}


def test_a_statement_has_a_kind_and_a_need() -> None:
    for entry in SOURCES.values():
        assert set(entry) == {"kind", "need"}
        assert entry["kind"] in KINDS
        assert entry["need"] in {"must", "open slot", "context"}
        assert entry.id.partition("-")[0] in ARTICLES


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_words_are_those_of_the_statements_none_missing_none_left(
    lang: str, words_of: WordsOf
) -> None:
    expected = {f"{one}.{part}" for one in SOURCES for part in ("term", "meaning")}
    expected |= {f"article.{a}.{part}" for a in ARTICLES for part in ("title", "author", "site")}
    found = words_of(lang, "sources")
    assert {key for key in found if not key.startswith("page.")} == expected
    assert all(found.values())


@pytest.mark.parametrize(("lang", "stop"), [("ja", "。"), ("en", ".")])
def test_a_meaning_is_a_sentence_and_a_term_is_not(lang: str, stop: str, words_of: WordsOf) -> None:
    found = words_of(lang, "sources")
    for one in SOURCES:
        assert found[f"{one}.meaning"].endswith(stop)
        assert not found[f"{one}.term"].endswith(stop)


def test_every_row_of_the_acceptance_list_is_there_and_no_other(shared: Path) -> None:
    with (shared / "domain" / "acceptance.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: (row["kind"], row["need"]) for row in csv.DictReader(file)}
    assert rows == {entry.id: (entry["kind"], entry["need"]) for entry in SOURCES.values()}


def test_meanings_are_our_own_words(shared: Path, words_of: WordsOf) -> None:
    english = words_of("en", "sources")
    with (shared / "domain" / "acceptance.csv").open(encoding="utf-8", newline="") as file:
        noted = {row["id"]: row["meaning"] for row in csv.DictReader(file)}
    same = [one for one in SOURCES if noted[one].rstrip(".") == english[f"{one}.meaning"][:-1]]
    assert same == []


def test_statements_cited_by_content_exist(method: Method) -> None:
    cited = {
        source
        for section in ("questions", "rules", "measures", "objects", "legal")
        for entry in method.section(section).values()
        for source in entry.get("sources", ())
        if source.partition("-")[0] in ARTICLES
    }
    assert cited
    assert cited <= set(SOURCES)
