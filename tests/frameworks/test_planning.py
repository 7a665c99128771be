"""Planning, value, procurement: scores and shares by hand-worked examples."""

from __future__ import annotations

import pytest

from toolkit.facts import Fact, Facts
from toolkit.frameworks import FitCell, Need, Planning, Procurement, Sourcing, Value


def facts_of(thing):
    return {fact.id: fact for fact in thing.facts()}


def test_fit_is_the_geometric_mean_of_the_best_cell():
    cells = [
        FitCell(value="a", reach=1, need=1, pay=1, ability=1),
        FitCell(value="b", reach=2, need=4, pay=2, ability=4),  # √√64 = 2.828…
        FitCell(value="c", reach=5, need=5, pay=5),
    ]
    planning = Planning(fit=cells)
    assert planning.best is cells[1]
    fact = facts_of(planning)["planning.fit_score"]
    assert fact.value == pytest.approx(64**0.25)
    assert {item.key: item.value for item in fact.items} == {
        "reach": 2,
        "need": 4,
        "pay": 2,
        "ability": 4,
    }


def test_fit_waits_for_all_four(answered):
    some = Facts(answered("q.pla.fit", {"reach": 4.0, "need": 4.0, "pay": 3.0}))
    fact = facts_of(Planning.from_facts(some))["planning.fit_score"]
    assert (fact.state, fact.needs) == ("unknown", ("q.pla.fit",))
    whole = Facts(answered("q.pla.fit", {"reach": 4.0, "need": 4.0, "pay": 1.0, "ability": 1.0}))
    assert facts_of(Planning.from_facts(whole))["planning.fit_score"].value == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("plan", "gap"),
    [
        ({"cogs": 0.3, "system": 0.05, "profit": 0.65}, 0.0),
        ({"cogs": 0.3, "system": 0.05, "profit": 0.6}, 0.05),
        ({"cogs": 0.7, "advertising": 0.4, "profit": -0.1}, 0.0),
        ({"cogs": 0.7, "advertising": 0.4}, 0.1),
    ],
)
def test_cost_plan_gap_is_the_distance_from_one(plan, gap, answered):
    fact = facts_of(Planning.from_facts(Facts(answered("q.pla.cost_plan", plan))))
    assert fact["planning.cost_plan_gap"].value == pytest.approx(gap, abs=1e-12)


def test_cost_plan_gap_exactly_at_half_a_point():
    plan = {"cogs": 0.3, "system": 0.05, "profit": 0.645}
    assert Planning(cost_plan=plan).cost_plan_gap == 0.005


def test_cost_plan_with_an_unsure_item_or_none_at_all(answered):
    unsure = Facts(answered("q.pla.cost_plan", {"cogs": 0.3, "system": "unknown"}))
    fact = facts_of(Planning.from_facts(unsure))["planning.cost_plan_gap"]
    assert (fact.state, fact.reason) == ("unknown", "answered_unknown")
    none = Facts([Fact(id="q.pla.cost_plan", value="no")])
    assert facts_of(Planning.from_facts(none))["planning.cost_plan_gap"].state == "not_applicable"
    assert facts_of(Planning())["planning.cost_plan_gap"].reason == "not_asked"


def test_kpi_gap_counts_answered_stages_only(answered):
    cells = {"awareness": "no", "visit": "partly", "repeat": "yes", "win_back": "unknown"}
    planning = Planning.from_facts(Facts(answered("q.pla.kpi_matrix", cells)))
    fact = facts_of(planning)["planning.kpi_gap_share"]
    assert (fact.value, fact.n) == (pytest.approx(1 / 3), 3)
    assert [item.key for item in fact.items] == ["awareness"]


def test_scores_out_of_range_are_refused():
    with pytest.raises(ValueError, match="reach"):
        FitCell(reach=0.5)
    with pytest.raises(ValueError, match="kpi_matrix"):
        Planning(kpi_matrix={"awareness": "maybe"})


def test_canvas_fit_weighs_by_importance():
    value = Value(
        canvas=[
            Need("dry", importance=5, covered="yes"),
            Need("price", importance=3, covered="no"),
            Need("calm", kind="gain", importance=2, covered="partly"),
            Need("wash", kind="job", importance=5, covered="no"),
            Need("smell", importance=4),
        ]
    )
    (fact,) = value.facts()
    assert (fact.value, fact.n) == (pytest.approx(6 / 10), 3)
    assert [item.key for item in fact.items] == ["price", "calm"]


def test_canvas_from_the_lines_of_the_hearing(answered):
    lines = {"dry": "5 | yes", "price": "3 | no", "odd": "nonsense"}
    value = Value.from_facts(Facts(answered("q.val.canvas", lines)))
    assert [need.name for need in value.canvas] == ["dry", "price"]
    assert value.facts()[0].value == pytest.approx(5 / 8)


def test_canvas_not_asked():
    (fact,) = Value().facts()
    assert (fact.state, fact.needs) == ("unknown", ("q.val.canvas",))


def test_surplus_of_both_sides():
    value = Value(willingness_yen=6000, price_yen=4980, cost_yen=1500)
    assert (value.customer_surplus_yen, value.supplier_surplus_yen) == (1020, 3480)
    assert Value(price_yen=4980).customer_surplus_yen is None


def test_sourcing_compares_own_cost_with_a_quote():
    assert Sourcing("box", own_cost_yen=120, quote_yen=150).saving_yen == -30
    assert Sourcing("box", own_cost_yen=120).saving_yen is None


def test_procurement_from_answers():
    thing = Procurement.from_facts(
        Facts(
            [
                Fact(id="q.pro.make_or_buy", value="all_own"),
                Fact(id="q.pro.launch_delay_days", value=12.0),
            ]
        )
    )
    assert (thing.compared, thing.launch_delay_days, thing.feedback) == ("all_own", 12.0, None)
