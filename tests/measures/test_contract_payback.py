"""Months until a contract has earned what it cost to win, by hand."""

import pytest

TODAY = "2025-03-31"
PAYBACK, ADS = "contracts.cac_payback_months", "contracts.ad_payback_months"
PROFIT = "contracts.new_gross_profit_yen"
YEAR = [f"2024-{month:02d}" for month in range(4, 13)] + ["2025-01", "2025-02", "2025-03"]


def contract(account, start, mrr):
    return {"account_id": account, "start": start, "mrr": mrr}


BOOK = [
    contract("old", "2023-01-01", 1000),  # 12,000 of revenue in the year
    contract("new1", "2024-04-01", 200),  # from the first day of the year: 2,400
    contract("new2", "2025-03-31", 100),  # on its last: 100 at the month's end
    contract("old", "2024-06-01", 50),  # more of an old account: not new, yet revenue (10 × 50)
]


def costs(months=YEAR, **items):
    return [
        {"month": month, "item": item, "amount": amount}
        for month in months
        for item, amount in items.items()
    ]


SPENT = costs(advertising=400, personnel=1000, cogs=250)
PEOPLE = {"q.tob.sales_people_share": 0.3}
# revenue 12,000 + 2,400 + 100 + 500 = 15,000; goods 3,000; gross margin 0.8
# new contracts 300 a month, 240 of it margin; advertising 4,800 → 20 months
# with 0.3 × 12,000 of people 8,400 → 35 months


def test_by_hand(facts):
    found = facts(TODAY, model="saas", contracts=BOOK, costs=SPENT, answers=PEOPLE)
    assert found.value("contracts.new_mrr_12m") == 300
    assert found.value(PROFIT) == pytest.approx(240)
    assert (found[ADS].value, found[ADS].n) == (pytest.approx(4800 / 240), 2)
    assert found[PAYBACK].value == pytest.approx(8400 / 240)
    assert (found[ADS].basis, found[PAYBACK].basis) == ("measured", "said")
    assert found[ADS].period == ("2024-04-01", TODAY)


def test_margin_as_answered_where_goods_are_not_booked(facts):
    answers = {("q.pla.cost_rates", "cogs"): 0.5}
    spent = costs(advertising=400)
    found = facts(TODAY, contracts=BOOK, costs=spent, answers=answers)
    assert (found[ADS].value, found[ADS].basis) == (pytest.approx(4800 / 150), "said")
    assert (found[PROFIT].value, found[PROFIT].basis) == (150, "said")


def test_advertising_from_its_own_table(facts):
    spend = [
        {"month": month, "channel": "web", "amount": 100, "new_customers": 1} for month in YEAR
    ]
    found = facts(TODAY, contracts=BOOK, costs=costs(cogs=250), ad_spend=spend)
    assert found.value(ADS) == pytest.approx(1200 / 240)
    short = facts(TODAY, contracts=BOOK, costs=costs(cogs=250), ad_spend=spend[:5])
    assert short[ADS].reason == "no_rows"  # a month without its advertising is no free month


def test_contracts_follow_the_costs_by_the_sales_cycle(facts):
    leads = [
        {"lead_id": str(n), "created_at": "2024-01-01", "won_at": "2024-03-02"} for n in range(3)
    ]  # 61 days: two months
    earlier = [f"2024-{month:02d}" for month in range(2, 4)] + YEAR
    spent = costs(earlier, advertising=400, cogs=250)
    fact = facts(TODAY, contracts=BOOK, costs=spent, leads=leads)[ADS]
    # costs of February 2024 to January 2025 won what began from April 2024 to March 2025
    assert fact.period == ("2024-02-01", TODAY)
    assert fact.n == 2
    without = facts(TODAY, contracts=BOOK, costs=spent)[ADS]
    assert without.period == ("2024-04-01", TODAY)


@pytest.mark.parametrize(
    ("tables", "reason"),
    [
        ({"costs": SPENT[:-3]}, "immature"),  # eleven months
        ({"costs": costs(advertising=400)}, "no_margin"),
        ({"costs": costs(cogs=250)}, "no_rows"),  # no advertising
        ({"costs": costs(advertising=400, cogs=2000)}, "zero_base"),  # sold below cost
        ({}, "no_table"),
    ],
)
def test_unknown_reasons(facts, tables, reason):
    found = facts(TODAY, contracts=BOOK, answers=PEOPLE, **tables)
    assert found[ADS].reason == reason
    assert found[PAYBACK].reason == reason
    known = {"no_rows": 240, "zero_base": 300 * (1 - 24_000 / 15_000)}  # of the spending nothing
    assert found.value(PROFIT) == (pytest.approx(known[reason]) if reason in known else None)
    assert found[PROFIT].reason == (None if reason in known else reason)


def test_a_book_younger_than_the_year_calls_nobody_new(facts):
    young = [contract("a", "2024-06-01", 100)]
    assert facts(TODAY, contracts=young, costs=SPENT)[ADS].reason == "immature"


@pytest.mark.parametrize(
    ("answers", "reason"), [({}, "not_asked"), ({k: "unknown" for k in PEOPLE}, "answered_unknown")]
)
def test_without_the_people_who_sell(facts, answers, reason):
    found = facts(TODAY, contracts=BOOK, costs=SPENT, answers=answers)
    assert (found[PAYBACK].reason, found[PAYBACK].needs) == (reason, tuple(PEOPLE))
    assert found.value(ADS) == pytest.approx(20)
