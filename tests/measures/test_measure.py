"""What holds for every client: each card has its fact, reasons are honest, nothing is NaN."""

import json
import math
import os
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit import resources
from toolkit.facts import Facts
from toolkit.measures import measure
from toolkit.measures.series import MOST_ROWS
from toolkit.method import load_method

CONTRACT = (resources.content().parents[2] / "shared" / "design" / "cli.md").resolve()
ORDERS = [
    {"order_id": str(i), "customer_id": f"c{i % 7}", "order_date": f"2025-0{1 + i % 6}-1{i % 9}"}
    for i in range(40)
]
ORDERS = [{**row, "amount": 100.0 + 7 * i % 31} for i, row in enumerate(ORDERS)]


def _own_cards():
    cards = load_method().section("measures")
    return {name: card for name, card in cards.items() if "made_by" not in card}


def _plain(measured):
    """Everything a diagnosis would store of facts and series, as JSON has it."""
    facts = [
        (f.key, f.value, f.low, f.high, f.low95, f.high95, f.n, f.reason) for f in measured.facts
    ]
    return facts, [(one.id, one.rows) for one in measured.series]


def test_every_card_has_a_fact_and_every_fact_a_card(measured):
    found = measured("2025-06-30", orders=ORDERS)
    assert {fact.id for fact in found.facts} == set(_own_cards())
    assert all(fact.unit and fact.definition_id == fact.id for fact in found.facts)


def test_every_card_has_a_name_and_a_definition_in_each_language():
    words = load_method().words
    for name in _own_cards():
        for lang in ("ja", "en"):
            for part in ("name", "text"):
                assert words[lang][f"definitions.{name}.{part}"].strip()


def test_cards_are_complete():
    for name, card in _own_cards().items():
        assert {"unit", "kind", "sampled", "good", "needs", "by", "live"} <= set(card), name
        assert card["good"] in ("up", "down", "none"), name
        assert card["live"] in ("sum", "ratio", "rank", "none"), name


@pytest.mark.skipif(not CONTRACT.is_file(), reason="the contract is not here")
def test_every_fact_of_the_contract_has_a_card():
    import re

    text = CONTRACT.read_text(encoding="utf-8").split("## Fact ids that always exist")[1]
    groups = re.findall(r"^\*\*(\w+)\.\*\* (.*)$", text, flags=re.M)
    assert len(groups) >= 7
    cards = _own_cards()
    for group, line in groups:
        listed = [re.findall(r"`(\w+)`", part.split("(")[0]) for part in line.split("·")]
        for names in listed:
            for name in names:
                assert f"{group}.{name}" in cards, f"{group}.{name}"


def test_nothing_delivered_is_unknown_with_a_reason(facts):
    found = facts("2025-06-30")
    assert all(not fact.known and fact.reason for fact in found.values())
    assert found["customers.count"].reason == "no_table"
    assert found["customers.f2_conversion[window_days=180]"].reason == "no_table"
    assert found["work.rework_rate"].reason == "no_table"


def test_a_table_of_cancelled_orders_alone_has_no_rows(facts):
    found = facts("2025-06-30", orders=[{**ORDERS[0], "_cancelled": True}])
    assert found["customers.count"].reason == "no_rows"
    assert found["customers.net_sales"].reason == "no_rows"


def test_one_order_gives_no_interval_and_no_nan(measured):
    found = measured("2025-01-10", orders=ORDERS[:1])
    facts = Facts(found.facts)
    assert facts.value("customers.aov") == 100.0
    assert not facts["customers.repeat_rate"].known
    assert not facts["customers.purchase_interval_median_days"].known
    json.dumps(_plain(found), allow_nan=False)


def test_order_of_rows_does_not_matter(make_case):
    method = load_method()
    case = make_case("2025-06-30", orders=ORDERS)
    table = case.tables["orders"]
    turned = replace(table, frame=table.frame.sample(frac=1, random_state=3))
    other = replace(case, tables={"orders": turned})
    one, two = (_plain(measure(each, method)) for each in (case, other))
    assert json.dumps(one) == json.dumps(two)


def test_series_and_evidence(measured):
    found = measured("2025-06-30", orders=ORDERS)
    series = {one.id: one for one in found.series}
    assert {"orders_by_month", "cohort_active", "purchase_counts", "f_curve", "lorenz"} <= set(
        series
    )
    months = series["orders_by_month"].to_frame()
    assert months["orders"].sum() == 40
    assert months["new_customers"].sum() == 7
    assert months["sales"].sum() == pytest.approx(
        months["new_sales"].sum() + months["existing_sales"].sum()
    )
    counts = series["purchase_counts"].to_frame()
    assert counts["customers"].sum() == 7
    assert counts["share"].sum() == pytest.approx(1)
    assert series["f_curve"].rows[:2] == ((1, 7, 1.0), (2, 7, 1.0))
    evidence = found.evidence["orders"]
    assert list(evidence["customer_id"]) == [f"c{i}" for i in range(7)]
    assert evidence["orders"].sum() == 40
    assert evidence["amount"].sum() == pytest.approx(
        Facts(found.facts).number("customers.net_sales")
    )
    assert (evidence["file"].iloc[0], evidence["row"].iloc[0]) == ("data/orders.csv", 2)
    assert evidence["first_order"].iloc[0] == "2025-01-10"


def test_orders_of_nobody_known_stand_apart_by_month(measured):
    guests = [
        {"order_id": f"g{i}", "customer_id": None, "order_date": day, "amount": 100 + i}
        for i, day in enumerate(("2025-02-03", "2025-02-04", "2025-04-01"))
    ]
    found = measured("2025-06-30", orders=[*ORDERS, *guests])
    stood = found.evidence["guests"]
    assert stood.to_dict("list") == {
        "month": ["2025-02", "2025-04"],
        "orders": [2, 1],
        "amount": [201.0, 102.0],
    }
    together = stood["amount"].sum() + found.evidence["orders"]["amount"].sum()
    assert together == pytest.approx(Facts(found.facts).number("customers.net_sales"))


def test_series_and_evidence_are_bounded(measured):
    rows = [
        {
            "order_id": str(i),
            "customer_id": f"c{i:05d}",
            "order_date": f"{1990 + i % 36}-0{1 + i % 9}-01",
            "amount": i,
        }
        for i in range(20_050)
    ]
    found = measured("2025-12-31", orders=rows)
    assert all(len(one.rows) <= MOST_ROWS for one in found.series)
    kept = found.evidence["orders"]
    assert len(kept) == 20_000
    assert kept["amount"].min() == 50  # of too many customers the largest are kept
    cohorts = {one.id: one for one in found.series}["cohort_active"].to_frame()
    assert (cohorts.groupby("cohort")["month"].min() == 0).all()  # whole cohorts, none cut


DAYS = st.dates(
    min_value=pd.Timestamp("2022-01-01").date(), max_value=pd.Timestamp("2025-06-30").date()
)
AMOUNTS = st.one_of(st.just(0.0), st.integers(-500, 50_000).map(float))
WHO = st.one_of(st.none(), st.sampled_from("abcdefgh"))
ORDER_ROWS = st.lists(st.tuples(WHO, DAYS, AMOUNTS, st.booleans()), max_size=40)
COST_ROWS = st.lists(
    st.tuples(
        st.sampled_from(["2025-01", "2025-05", "2024-12"]),
        st.sampled_from(["cogs", "system"]),
        st.integers(0, 900),
    ),
    max_size=6,
)
CONTRACT_ROWS = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        DAYS,
        st.one_of(st.none(), DAYS),
        st.integers(0, 900),
        st.sampled_from([None, True, False]),
        st.one_of(st.none(), DAYS),
    ),
    max_size=12,
)


def _tables(orders, costs, contracts):
    tables = {}
    if orders:
        names = ("customer_id", "order_date", "amount", "_cancelled")
        tables["orders"] = [
            {"order_id": str(i), **dict(zip(names, row, strict=True))}
            for i, row in enumerate(orders)
        ]
    if costs:
        names = ("month", "item", "amount")
        tables["costs"] = [dict(zip(names, row, strict=True)) for row in costs]
    if contracts:
        names = ("account_id", "start", "end", "mrr", "renewed", "churned_at")
        tables["contracts"] = [dict(zip(names, row, strict=True)) for row in contracts]
    return tables


def _assert_sound(found):
    for fact in found.facts:
        assert fact.known or fact.reason, fact.key
        if (
            fact.unit == "share"
            and fact.known
            and fact.id.startswith(
                (
                    "customers.r",
                    "customers.f2",
                    "customers.d",
                    "contracts.r",
                    "contracts.g",
                    "contracts.s",
                    "contracts.l",
                    "tob.account",
                )
            )
        ):
            assert 0 <= fact.value <= 1, fact.key
        if fact.low is not None and fact.unit in ("share", "points"):
            assert fact.low95 <= fact.low <= fact.high <= fact.high95, fact.key
    facts = Facts(found.facts)
    for cell in facts.breakdown("customers.cohort_active"):
        if cell.known:
            assert 0 <= cell.value <= cell.n
    curve = [fact.value for fact in facts.breakdown("contracts.survival") if fact.known]
    assert curve == sorted(curve, reverse=True)
    for one in found.series:
        if one.id == "f_curve":
            customers = [row[1] for row in one.rows]
            assert customers == sorted(customers, reverse=True)
    json.dumps(_plain(found), allow_nan=False)


@settings(
    max_examples=60 if os.environ.get("TOOLKIT_TEST_LONG") else 20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    orders=ORDER_ROWS,
    costs=COST_ROWS,
    contracts=CONTRACT_ROWS,
    model=st.sampled_from(["general", "made_to_order", "saas", None]),
)
def test_whatever_is_delivered_the_facts_are_sound(make_case, orders, costs, contracts, model):
    answers = {("q.pla.cost_rates", "cogs"): 0.4, ("q.pla.cost_plan", "system"): 0.1}
    case = make_case(
        "2025-06-30", model=model, answers=answers, **_tables(orders, costs, contracts)
    )
    _assert_sound(measure(case, load_method()))


def test_shares_of_a_month_are_finite(facts):
    found = facts("2025-06-30", orders=ORDERS)
    for fact in found.values():
        for value in (fact.value, fact.low, fact.high, fact.low95, fact.high95):
            assert not isinstance(value, float) or math.isfinite(value), fact.key
