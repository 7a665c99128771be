"""Planning, value, procurement: scores and shares by hand-worked examples."""

from __future__ import annotations

import pytest

from toolkit.facts import Fact, Facts
from toolkit.frameworks import (
    FitCell,
    MarketSize,
    Need,
    Planning,
    Procurement,
    Sourcing,
    Study,
    Value,
)
from toolkit.frameworks.dates import days_between, months_between


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


ALL = ("reach", "need", "pay", "ability")


def cell(value, target, *scores):
    return FitCell(value=value, target=target, **dict(zip(ALL, scores, strict=False)))


def test_margin_is_the_best_fit_less_the_second():
    cells = [
        cell("b", "x", 2, 4, 2, 4),  # 64^¼ = 2.8284
        cell("a", "x", 4, 4, 4, 4),  # 4
        cell("a", "y", 1, 1, 1, 1),  # 1
        cell("c", "y", 5, 5, 5),
    ]
    planning = Planning(fit=cells)
    assert planning.fit_margin == pytest.approx(4 - 64**0.25)
    assert [one.value for one in planning.ranked] == ["a", "b", "a"]
    frame = planning.fit_frame()
    assert frame["behind"].tolist()[:3] == pytest.approx([0, 4 - 64**0.25, 3])
    assert frame["value"].tolist() == ["a", "b", "a", "c"]


def test_margin_needs_two_pairs_and_a_tie_has_none_to_spare():
    assert Planning(fit=[cell("a", "x", 4, 4, 4, 4)]).fit_margin is None
    assert Planning().fit_margin is None
    assert Planning(fit=[cell("a", "x", 4, 4, 4, 4), cell("b", "x", 4, 4, 4, 4)]).fit_margin == 0


def test_pairs_are_named_as_far_as_they_are():
    rows = Planning(fit=[cell("a", "x", 4, 4, 4, 4), cell("", "y", 1, 1, 1, 1)]).rows()
    assert [row.item for row in rows if row.part == "pairs"] == ["a × x", "y"]


@pytest.mark.parametrize(
    ("on", "as_of", "age", "research"),
    [
        ("2024-07-31", "2026-07-31", 24, "within_24m"),
        ("2024-07-01", "2026-07-31", 24, "within_24m"),
        ("2024-06-30", "2026-07-31", 25, "older"),
        ("2024-08-01", "2026-07-31", 23, "within_24m"),
        (None, "2026-07-31", None, None),
        ("2024-08-01", None, None, None),
    ],
)
def test_research_is_as_old_as_the_newest_study(on, as_of, age, research):
    studies = [Study("talks", on=on), Study("old survey", on="2015-01" if on else None)]
    planning = Planning(studies=studies, as_of=as_of)
    assert (planning.research_age_months, planning.research) == (age, research)


def test_the_answer_on_research_stands_before_the_studies():
    planning = Planning(research="no", studies=[Study("talks", on="2026-01")], as_of="2026-07")
    assert planning.research == "no"


def test_attainable_market_is_a_share_of_the_served_one():
    market = MarketSize(tam_yen=9e9, sam_yen=6e8, attainable_share=0.05)
    assert market.som_yen == pytest.approx(3e7)
    assert MarketSize(sam_yen=6e8).som_yen is None
    rows = [(r.item, r.value) for r in Planning(market=market).rows() if r.part == "market"]
    assert rows == [("tam", 9e9), ("sam", 6e8), ("som", pytest.approx(3e7))]
    with pytest.raises(ValueError, match="sam_yen"):
        MarketSize(tam_yen=1, sam_yen=2)


@pytest.mark.parametrize(
    ("profit", "balanced"),
    [(0.65, True), (0.645, True), (0.655, True), (0.6449, False), (0.6551, False)],
)
def test_cost_plan_balances_within_half_a_point(profit, balanced):
    planning = Planning(cost_plan={"cogs": 0.3, "system": 0.05, "profit": profit})
    assert planning.cost_plan_balanced is balanced
    (total,) = [row for row in planning.rows() if row.part == "cost_total"]
    assert total.value == pytest.approx(0.35 + profit)
    assert total.note == ("balanced" if balanced else "unbalanced")


def test_three_tasks_with_their_state(answered):
    sheet = {"planning": "yes", "sales": "no_kpi", "aftercare": "unknown"}
    scores = {"reach": 4.0, "need": 4.0, "pay": 3.0}
    facts = Facts(
        [
            *answered("q.pla.module_sheet", sheet),
            *answered("q.pla.fit", scores),
            Fact(id="q.pla.research", value="older"),
        ]
    )
    assert Planning.from_facts(facts).tasks == {
        "research": "partly",
        "planning": "partly",
        "system_design": "partly",
    }
    assert Planning().tasks == dict.fromkeys(("research", "planning", "system_design"))
    done = Planning(research="within_24m", fit=[cell("a", "x", 3, 3, 3, 3)], system_design="yes")
    assert set(done.tasks.values()) == {"yes"}


@pytest.mark.parametrize(
    ("sheet", "state"),
    [
        ({"planning": "yes", "sales": "yes"}, "yes"),
        ({"planning": "no_tasks"}, "no"),
        ({"planning": "unknown"}, "unknown"),
        ({}, None),
    ],
)
def test_design_of_the_system_from_its_sheet(sheet, state, answered):
    facts = Facts(answered("q.pla.module_sheet", sheet))
    assert Planning.from_facts(facts).system_design == state


def test_pair_of_the_hearing_carries_promise_and_target(answered):
    facts = Facts(
        [
            *answered("q.pla.fit", dict.fromkeys(ALL, 4.0)),
            *answered("q.pla.target", {"age_band": "60s"}),
            Fact(id="q.val.promise", value="a quiet night"),
            *answered("q.pla.three_c", {"competitor": "two chains"}),
        ]
    )
    planning = Planning.from_facts(facts)
    assert planning.best.name == "a quiet night × 60s"
    assert planning.three_c == {"competitor": "two chains"}
    assert "three_c.customer" in planning.unknown_parts()


@pytest.mark.parametrize(
    ("earlier", "later", "months", "days"),
    [
        ("2026-01-31", "2026-02-28", 0, 28),
        ("2026-01-31", "2026-03-31", 2, 59),
        ("2024-02-29", "2025-02-28", 11, 365),
        ("2026-05", "2026-05-13", 0, 12),
        ("2026-05-13", "2026-05-01", -1, -12),
    ],
)
def test_months_and_days_between(earlier, later, months, days):
    assert months_between(earlier, later) == months
    assert days_between(earlier, later) == days
