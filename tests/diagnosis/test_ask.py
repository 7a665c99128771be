"""What to ask next: nothing that does not concern the client, key questions first."""

from __future__ import annotations

import pytest

import toolkit as tk
from toolkit.diagnosis.ask import concerning
from toolkit.facts import Fact, Facts, unknown
from toolkit.method import load_method
from toolkit.rules.applies import MODEL, STAGE, tokens
from toolkit.rules.finding import Evidence, Finding

METHOD = load_method()
QUESTIONS = METHOD.section("questions")


def waiting(*needs: str) -> Finding:
    return Finding(
        id="SAL001",
        module="sales",
        status="unknown",
        severity="check",
        evidence=Evidence(facts=()),
        missing=needs,
    )


@pytest.mark.parametrize(
    ("model", "stage", "left"),
    [
        ("saas", "growth", ("q.crm.strategy", "orders", "q.tob.cases")),
        ("general", "over_500m", ("q.crm.strategy", "orders")),
        ("general", "growth", ("q.crm.strategy", "orders", "q.crm.migration_plan")),
        (
            None,
            None,
            ("q.crm.strategy", "orders", "q.tob.cases", "q.crm.migration_plan"),
        ),
    ],
)
def test_questions_of_other_models_and_stages_are_not_missed(model, stage, left) -> None:
    facts = Facts(
        Fact(id=key, value=value) if value else unknown(key, "not_asked")
        for key, value in ((MODEL, model), (STAGE, stage))
    )
    finding = waiting("q.crm.strategy", "orders", "q.tob.cases", "q.crm.migration_plan")
    (found,) = concerning([finding], facts, METHOD)
    assert found.missing == left


def test_a_firm_of_software_is_asked_no_question_of_a_shop(client_of) -> None:
    head = "client_id: aoyama\ncompany_name: A\nmodel: saas\nstage: growth\nas_of: 2026-05-01\n"
    diagnosis = tk.diagnose(client_of("aoyama", **{"client.yaml": head}))
    asked = [one for one in diagnosis.questions if one.kind == "question"]
    assert asked
    for one in asked:
        wanted = tokens(QUESTIONS[one.id].get("applies", {}).get("model", ()), METHOD)
        assert not wanted or "saas" in wanted, one.id
    missed = {need for one in diagnosis.judged for need in one.missing}
    assert "q.aft.f2_target" not in missed
    order = [(-one.value, not one.key) for one in asked]
    assert order == sorted(order)
    assert all(0 <= one.value <= 3 for one in diagnosis.questions)


def test_the_model_is_asked_before_all_else(client_of) -> None:
    asked = tk.diagnose(client_of()).questions
    assert asked[0].id == MODEL
    assert asked[0].value < max(one.value for one in asked)
