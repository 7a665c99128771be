"""Cost items well above plan, and contracts that could go, by hand."""

import pytest

from toolkit.measures.excess import CONTRACTS, EXCESS

MONTHS = [f"2025-{month:02d}" for month in range(1, 8)]
PLAN = {
    ("q.pla.cost_plan", "cogs"): 0.30,
    ("q.pla.cost_plan", "advertising"): 0.10,
    ("q.pla.cost_plan", "system"): 0.05,
    ("q.pla.cost_plan", "profit"): 0.10,
}


def shop(months=MONTHS, amount=1000):
    """A month: sales 1,000; goods 340, advertising 150, systems 60; January's goods are 900."""
    orders = [
        {"order_id": f"{month}-{day}", "customer_id": "ann", "order_date": f"{month}-{day}",
         "amount": amount / 2}
        for month in months for day in ("01", "16")
    ]  # fmt: skip
    last = f"{months[-1]}-30"
    orders.append({"order_id": "z", "customer_id": "ann", "order_date": last, "amount": 0})
    costs = [
        {
            "month": month,
            "item": item,
            "amount": 900 if (month, item) == ("2025-01", "cogs") else yen,
        }
        for month in months
        for item, yen in (("cogs", 340), ("advertising", 150), ("system", 60))
    ]
    return {"orders": orders, "costs": costs}


def test_items_beyond_the_margin_of_three_points(facts):
    found = facts("2025-07-31", answers=PLAN, **shop())
    # goods 4 points above, advertising 5, systems 1: too near to plan to count; January is out
    assert found.value(f"{EXCESS}[item=cogs]") == pytest.approx(0.04)
    assert found.value(f"{EXCESS}[item=advertising]") == pytest.approx(0.05)
    assert len(found.breakdown(EXCESS)) == 3
    assert found.value(EXCESS) == pytest.approx(0.09)
    assert found[EXCESS].period == ("2025-02-01", "2025-07-31")


def test_a_client_s_own_margin(facts):
    found = facts("2025-07-31", answers=PLAN, thresholds={"plan_margin": 0.045}, **shop())
    assert [fact.by for fact in found.breakdown(EXCESS)] == [{}, {"item": "advertising"}]


def test_within_plan_is_nothing_above_it(facts):
    plan = {("q.pla.cost_plan", "cogs"): 0.5}
    assert facts("2025-07-31", answers=plan, **shop()).value(EXCESS) == 0.0


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"answers": PLAN}, "no_table"),
        ({**shop()}, "not_asked"),
        ({"answers": PLAN, **shop(MONTHS[:5])}, "immature"),
        ({"answers": PLAN, **shop(amount=0)}, "zero_base"),
    ],
)
def test_why_there_is_no_excess(facts, fields, reason):
    assert facts("2025-07-31", **fields)[EXCESS].reason == reason


def test_contracts_that_could_go(facts):
    said = {("q.pay.contracts", "cart"): 120_000, ("q.pay.contracts", "mail"): 60_000}
    fact = facts("2025-07-31", answers=said)[CONTRACTS]
    assert (fact.value, fact.n, fact.basis) == (180_000, 2, "said")
    none = facts("2025-07-31", answers={"q.pay.contracts": "none"})[CONTRACTS]
    assert (none.value, none.known) == (0.0, True)


@pytest.mark.parametrize(
    ("answers", "reason"),
    [({}, "not_asked"), ({"q.pay.contracts": "unknown"}, "answered_unknown")],
)
def test_contracts_unknown(facts, answers, reason):
    fact = facts("2025-07-31", answers=answers)[CONTRACTS]
    assert (fact.reason, fact.needs) == (reason, ("q.pay.contracts",))
