from __future__ import annotations

import re
import string
from collections.abc import Callable

import pytest

from toolkit.facts import Fact
from toolkit.method import Method

WordsOf = Callable[[str, str], dict[str, str]]
OURS = ("questions", "sources", "legal", "common")


def fields(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def test_both_languages_have_equal_keys_and_equal_placeholders(words_of: WordsOf) -> None:
    for prefix in OURS:
        japanese, english = words_of("ja", prefix), words_of("en", prefix)
        assert set(japanese) == set(english)
        assert [k for k in japanese if fields(japanese[k]) != fields(english[k])] == []


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("prefix", OURS)
def test_words_we_do_not_print(prefix: str, lang: str, words_of: WordsOf) -> None:
    for key, text in words_of(lang, prefix).items():
        assert not re.search(r"owner|オーナー|データ不足|\bTODO\b", text, re.IGNORECASE), key
        assert text == text.strip(), key


def test_every_reason_named_by_a_fact_has_words(words_of: WordsOf) -> None:
    doc = re.search(r"says why a value is missing: (.*?)\.", Fact.__doc__ or "", re.DOTALL)
    assert doc
    named = set(re.findall(r"[a-z_]+", doc[1]))
    engine = {"not_stated", "near_threshold", "no_difference", "threshold_unset", "needs_rules"}
    assert len(named) > 5
    assert named | engine <= set(words_of("ja", "common.reason"))


def test_every_table_a_measure_reads_has_a_name_and_says_what_to_ask_for(
    method: Method, words_of: WordsOf
) -> None:
    needed = {
        table
        for card in method.section("measures").values()
        for table in card.get("needs", ())
        if not table.startswith("q.") and table != "answers"
    } | {"orders", "receivables", "requests"}
    assert needed <= set(words_of("ja", "common.table"))
    assert needed <= set(words_of("ja", "common.material"))


def test_every_material_is_asked_for_by_a_named_table(words_of: WordsOf) -> None:
    assert set(words_of("ja", "common.material")) <= set(words_of("ja", "common.table"))


def test_models_stages_and_industries_have_names(method: Method, words_of: WordsOf) -> None:
    applies = method.section("applies")
    assert set(words_of("ja", "common.model")) == {*applies["models"], "unknown"}
    assert set(words_of("ja", "common.stage")) == {*applies["stages"], "unknown"}
    assert set(applies["industries"].values()) <= set(words_of("ja", "common.industry"))


def test_names_of_models_agree_with_the_choices_of_the_question(words_of: WordsOf) -> None:
    for lang in ("ja", "en"):
        chosen = words_of(lang, "questions.q.pla.model.choices")
        named = words_of(lang, "common.model")
        assert {k: v for k, v in named.items() if k != "unknown"} == {
            k: v for k, v in chosen.items() if k != "unknown"
        }


def test_units_of_thresholds_and_questions_have_names(method: Method, words_of: WordsOf) -> None:
    used = {
        entry["unit"]
        for section in ("thresholds", "questions", "measures")
        for entry in method.section(section).values()
        if entry.get("unit")
    }
    assert "share" in used
    assert used <= set(words_of("ja", "common.unit"))


def test_severity_module_effort_and_origin_of_every_rule_have_names(
    method: Method, words_of: WordsOf
) -> None:
    rules = method.section("rules").values()
    for name in ("severity", "module", "effort"):
        used = {rule[name] for rule in rules if name in rule}
        assert used
        assert used <= set(words_of("ja", f"common.{name}"))
    origins = {entry["origin"] for entry in method.section("thresholds").values()}
    assert origins <= set(words_of("ja", "common.origin"))
    grades = {e["grade"] for e in method.section("thresholds").values() if e.get("grade")}
    assert grades <= set(words_of("ja", "common.grade"))
