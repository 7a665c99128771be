"""Payment system, CRM and mail-order design: shares, the line of sales, the four failures."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pytest

from toolkit.facts import Fact, Facts, unknown
from toolkit.frameworks import Crm, MailOrderDesign, PaymentSystem, build_objects
from toolkit.frameworks.crm import DATABASES
from toolkit.method import load_method


def facts_of(thing):
    return {fact.id.split(".")[1]: fact for fact in thing.facts()}


def composition(*rows):
    return {
        "cost_composition": SimpleNamespace(columns=("item", "amount", "share"), rows=tuple(rows))
    }


def test_system_share_with_and_without_fees():
    pay = PaymentSystem(cost_shares={"cogs": 0.3, "system": 0.05, "payment_fee": 0.03})
    assert (pay.system_share, pay.system_share_with_fees) == (0.05, pytest.approx(0.08))
    assert pay.over_guide is False
    assert pay.rest_share == pytest.approx(0.62)
    assert PaymentSystem(cost_shares={"system": 0.0501}).over_guide is True
    assert PaymentSystem(cost_shares={"system": 0.05}).system_share_with_fees is None
    assert PaymentSystem().over_guide is None


def test_guide_is_the_methods():
    guide = load_method().section("thresholds")["system_cost_guide"]["value"]
    assert PaymentSystem().guide_share == guide
    assert PaymentSystem(cost_shares={"system": 0.06}, guide_share=0.07).over_guide is False


def test_shares_with_a_profit_must_make_one():
    assert PaymentSystem(cost_shares={"cogs": 0.7, "system": 0.4, "profit": -0.1}).rest_share < 0
    with pytest.raises(ValueError, match="cost_shares"):
        PaymentSystem(cost_shares={"cogs": 0.7, "profit": 0.2})
    with pytest.raises(ValueError, match="cost_shares"):
        PaymentSystem(cost_shares={"cogs": -0.1})


def test_composition_from_the_series():
    rows = (("cogs", 300.0, 0.3), ("system", 80.0, 0.08), ("profit", 620.0, 0.62))
    pay = PaymentSystem.from_facts(Facts(), composition(*rows))
    assert pay.cost_shares == {"cogs": 0.3, "system": 0.08}
    assert pay.to_frame()["item"].tolist() == ["cogs", "system"]


def test_composition_from_single_ratios():
    facts = Facts([Fact(id="costs.system_cost_ratio", value=0.02)])
    assert PaymentSystem.from_facts(facts, {}).cost_shares == {"system": 0.02}


def test_plan_stands_beside_the_actual(answered):
    facts = Facts(answered("q.pla.cost_plan", {"system": 0.05, "personnel": 0.2}))
    pay = PaymentSystem.from_facts(facts, composition(("system", 8.0, 0.08)))
    frame = pay.to_frame().set_index("item")
    assert frame.loc["system"].tolist() == [0.08, 0.05]
    assert math.isnan(frame.loc["personnel", "share"])


def months(*sales):
    rows = tuple((f"m{n}", 1, float(s)) for n, s in enumerate(sales))
    return {"orders_by_month": SimpleNamespace(columns=("month", "orders", "sales"), rows=rows)}


def test_months_to_the_line():
    crm = Crm(sales_12m_yen=250e6, growth_share=0.25, line_yen=500e6)
    fact = facts_of(crm)["months_to_500m"]
    assert fact.value == pytest.approx(12 * math.log(2) / math.log(1.25))
    assert (fact.unit, fact.basis) == ("months", "derived")


@pytest.mark.parametrize(
    ("sales", "growth", "state"),
    [
        (250e6, 0.0, "not_applicable"),
        (250e6, -0.1, "not_applicable"),
        (500e6, 0.2, "not_applicable"),
        (600e6, None, "not_applicable"),
        (None, -0.1, "not_applicable"),
        (250e6, None, "unknown"),
        (None, 0.2, "unknown"),
        (None, None, "unknown"),
    ],
)
def test_months_to_the_line_where_there_are_none(sales, growth, state):
    fact = facts_of(Crm(sales_12m_yen=sales, growth_share=growth, line_yen=500e6))
    assert (fact["months_to_500m"].state, fact["months_to_500m"].value) == (state, None)


def test_growth_of_two_whole_years_without_the_running_month():
    facts = Facts([Fact(id="customers.sales_12m", value=1320.0)])
    crm = Crm.from_facts(facts, months(*[100] * 12, *[110] * 12, 5))
    assert crm.growth_share == pytest.approx(0.1)
    assert Crm.from_facts(facts, months(*[100] * 12, *[110] * 12)).growth_share is None


def test_months_say_why_sales_are_not_known():
    facts = Facts([unknown("customers.sales_12m", "no_table")])
    assert facts_of(Crm.from_facts(facts, {}))["months_to_500m"].reason == "no_table"
    assert facts_of(Crm(sales_12m_yen=1e8))["months_to_500m"].reason == "immature"


def test_line_is_the_methods():
    assert Crm().line_yen == load_method().section("thresholds")["dedicated_db_sales"]["value"]


def test_missing_databases(answered):
    said = dict.fromkeys(DATABASES, "obtainable") | {"history": "not_obtainable"}
    fact = facts_of(Crm.from_facts(Facts(answered("q.crm.databases", said))))
    assert [item.key for item in fact["missing_databases_count"].items] == ["history"]
    assert list(DATABASES) == load_method().section("questions")["q.crm.databases"]["items"]


@pytest.mark.parametrize(
    ("strategy", "process", "tool", "stage"),
    [
        (None, "yes", "yes", None),
        ("unknown", "yes", "yes", None),
        ("no", "yes", "yes", "tool_first"),
        ("no", None, "no", "none"),
        ("partly", "yes", "yes", "strategy"),
        ("yes", None, "yes", "strategy"),
        ("yes", "partly", "yes", "strategy"),
        ("yes", "no", "yes", "process_skipped"),
        ("yes", "no", "no", "strategy"),
        ("yes", "yes", "no", "process"),
        ("yes", "yes", "yes", "it"),
    ],
)
def test_strategy_then_process_and_people_then_the_tool(strategy, process, tool, stage):
    assert Crm(strategy=strategy, process=process, tool=tool).maturity == stage


def test_two_of_six_slots_are_named():
    design = MailOrderDesign()
    assert sorted(design.slots.values()) == ["crm", "payment_system"]
    assert len([row for row in design.rows() if row.part == "slots" and not row.known]) == 4
    with pytest.raises(ValueError, match="slot_9"):
        MailOrderDesign(slots={"slot_9": "x"})


@pytest.mark.parametrize(
    ("insert", "premise", "seen"),
    [
        ("no", "own_product", ("weak_inserts", "own_premise")),
        ("older", "life", ("weak_inserts",)),
        ("within_12m", "both", ()),
        ("unknown", None, ()),
    ],
)
def test_failures_seen_in_the_answers(insert, premise, seen):
    facts = [Fact(id="q.ful.insert", value=insert)] if insert != "unknown" else []
    facts += [Fact(id="q.crm.premise", value=premise)] if premise else []
    assert MailOrderDesign.from_facts(Facts(facts), {}).seen == seen


def test_design_reads_the_journey_of_the_same_client():
    columns = ("step_no", "step", "side")
    rows = ((1, "order", "customer"), (2, "pack", "company"))
    series = {"journey_steps": SimpleNamespace(columns=columns, rows=rows)}
    design = build_objects(Facts(), series)["mail_order"]
    assert design.failures == {"journey_cut": "seen"}
    late = ((1, "order", "customer"), (11, "thank", "company"))
    series = {"journey_steps": SimpleNamespace(columns=columns, rows=late)}
    assert build_objects(Facts(), series)["mail_order"].failures == {"journey_cut": "not_seen"}
