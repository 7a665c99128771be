"""Which rules read a fact: through the condition, through where they apply, through a threshold."""

from __future__ import annotations

import pytest

from toolkit.method import load_method
from toolkit.rules.readers import facts_read, readers, thresholds_named

METHOD = load_method()
RULES = METHOD.section("rules")


@pytest.mark.parametrize(
    ("fact_id", "code"),
    [
        ("customers.f2_conversion_t3", "AFT006"),  # a branch of the condition
        ("q.aft.f2_target", "AFT006"),  # the client's target behind a threshold
        ("q.pla.model", "AFT006"),  # whom the rule concerns
        ("q.sal.consent", "SAL004"),  # a fact on which it applies
        ("q.aft.keep_target", "AFT011"),  # one item of an answer
    ],
)
def test_a_reader_is_found_by_every_way_it_reads(fact_id, code):
    assert code in readers(METHOD)[fact_id]


def test_a_rule_that_concerns_all_reads_no_model():
    assert "q.pla.model" not in facts_read(RULES["AFT001"], METHOD)


def test_thresholds_are_those_named():
    named = [one.id for one in thresholds_named(RULES["AFT006"]["fails"], METHOD)]
    assert named == ["f2_drop", "f2_target"]
