"""What does not apply to a model is said so, and nothing known is hidden by it."""

from __future__ import annotations

import pytest

from toolkit.facts import Fact, Facts
from toolkit.frameworks import ToBLifecycle
from toolkit.frameworks.applicability import CONSUMER, MODELS, fitted
from toolkit.frameworks.framework import Row
from toolkit.method import load_method


def cells(tob):
    return {(row.part, row.item): row.value for row in tob.rows()}


def test_models_are_those_of_the_profile():
    assert set(MODELS) == set(load_method().section("applies")["models"])


def test_a_part_is_said_once_and_what_is_known_of_it_stays():
    rows = (Row(part="a", item="x"), Row(part="a", item="y"), Row(part="b", item="x", value=1))
    shown = fitted((*rows, Row(part="b", item="y")), {"a", "b"})
    assert [(row.part, row.item, row.value) for row in shown] == [
        ("a", "", "not_applicable"),
        ("b", "x", 1),
    ]


def test_an_item_alone_can_be_absent_and_open_slots_stay_open():
    rows = (Row(part="a", item="x"), Row(part="a", item="y"), Row(part="a", open=True))
    shown = fitted(rows, {"a.x"})
    assert [row.value for row in shown] == ["not_applicable", None, None]
    assert shown[2].open


def test_made_to_order_has_no_product_in_use():
    tob = ToBLifecycle(model="made_to_order")
    shown = cells(tob)
    for part in ("usage", "usage_targets", "documents", "operations_tests", "business_review"):
        assert shown[part, ""] == "not_applicable"
    assert shown["business", "renewal_rate"] == "not_applicable"
    assert shown["business", "signed"] is None
    assert shown["values", "data_monitoring"] == "not_applicable"
    assert shown["values", "user_research"] is None
    assert shown["accounts", "continuation_share"] is None
    states = {fact.id: fact.state for fact in tob.facts()}
    assert states == {
        "tob.unassigned_stages_count": "unknown",
        "tob.missing_targets_count": "not_applicable",
        "tob.missing_documents_count": "not_applicable",
        "tob.method_mismatch_count": "unknown",
    }


def test_software_under_contract_is_not_asked_for_jobs():
    shown = cells(ToBLifecycle(model="saas"))
    assert shown["accounts", "job_cost_variance"] == "not_applicable"
    assert shown["usage", "open_rate"] is None
    assert {fact.state for fact in ToBLifecycle(model="saas").facts()} == {"unknown"}


def test_a_document_that_is_there_is_shown_whatever_the_model():
    tob = ToBLifecycle(model="made_to_order", documents={"faq": "yes"})
    assert cells(tob)["documents", "faq"] == "yes"


@pytest.mark.parametrize("model", CONSUMER)
def test_a_shop_for_consumers_has_no_business_customers(model):
    facts = Facts([Fact(id="q.pla.model", value=model), Fact(id="customers.count", value=900)])
    tob = ToBLifecycle.from_facts(facts)
    assert [(row.part, row.value) for row in tob.rows()] == [("applies", "not_applicable")]
    assert {fact.state for fact in tob.facts()} == {"not_applicable"}


def test_a_shop_that_told_of_its_business_customers_is_heard(answered):
    facts = [Fact(id="q.pla.model", value="general")]
    facts += answered("q.tob.lifecycle_assignee", {"reach": "no"})
    assert cells(ToBLifecycle.from_facts(Facts(facts)))["assignees", "reach"] == "no"


def test_an_unknown_model_hides_nothing():
    assert "not_applicable" not in cells(ToBLifecycle()).values()
