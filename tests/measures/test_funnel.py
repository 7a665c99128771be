"""Steps from visit to order and from lead to won, against the past, by hand."""

from datetime import date, timedelta

import pytest

TEST, CHANGE = "acquisition.step_rate_t3v9", "acquisition.step_rate_t3v9_change"


@pytest.fixture
def year(daily):
    """Nine months of days, then three, up to 31 March 2025."""
    return lambda before, now: daily("2024-04-01", 275, **before) + daily("2025-01-01", 90, **now)


STEADY = {"sessions": 1000, "carts": 200, "checkouts": 100, "orders": 50}


def test_rates_of_neighbouring_steps(year, facts):
    found = facts("2025-03-31", traffic=year(STEADY, STEADY))
    rates = {f.by.get("step"): f.value for f in found.breakdown("acquisition.step_rate")}
    assert rates == {
        "sessions_carts": 0.2,
        "carts_checkouts": 0.5,
        "checkouts_orders": 0.5,
        None: 0.05,  # from the first to the last
    }
    whole = found["acquisition.step_rate"]
    assert (whole.n, whole.period) == (365_000, ("2024-04-01", "2025-03-31"))
    assert found[TEST].value == pytest.approx(0)
    assert found[TEST].items == ()


def test_a_column_that_is_missing_is_stepped_over(year, facts):
    rows = [{k: v for k, v in row.items() if k != "checkouts"} for row in year(STEADY, STEADY)]
    found = facts("2025-03-31", traffic=rows)
    rates = {f.by.get("step"): f.value for f in found.breakdown("acquisition.step_rate")}
    assert rates == {"sessions_carts": 0.2, "carts_orders": 0.25, None: 0.05}


def test_the_step_that_lost_most_of_itself_decides(year, facts):
    """Carts fall by 2 points, a tenth of 20 %; orders by 10 points, a fifth of 50 %.

    The visits are so many that the fall to the cart is the surest; yet the other is larger.
    """
    now = {"sessions": 1000, "carts": 180, "checkouts": 90, "orders": 36}
    found = facts("2025-03-31", traffic=year(STEADY, now))
    assert found.value(f"{TEST}[step=sessions_carts]") == pytest.approx(-0.02)
    assert found.value(f"{CHANGE}[step=sessions_carts]") == pytest.approx(-0.1)
    assert found.value(f"{TEST}[step=checkouts_orders]") == pytest.approx(-0.1)
    assert found.value(TEST) == pytest.approx(-0.1)
    assert found.value(CHANGE) == pytest.approx(-0.2)
    assert [item.key for item in found[TEST].items] == ["checkouts_orders", "sessions_carts"]
    assert found[TEST].items[0].value == pytest.approx(-0.2)
    assert (found[TEST].n, found[TEST].needs) == (90 * 90, ("traffic",))


def test_three_steps_share_the_error(year, facts):
    rows = year(STEADY, {**STEADY, "orders": 47})
    three = facts("2025-03-31", traffic=rows)[f"{TEST}[step=checkouts_orders]"]
    one = [{k: row[k] for k in ("date", "sessions", "orders")} for row in rows]
    alone = [{**row, "sessions": 100} for row in one]  # the same 100 that went before the order
    single = facts("2025-03-31", traffic=alone)[f"{TEST}[step=sessions_orders]"]
    assert three.value == pytest.approx(single.value)
    assert three.high95 > single.high95


def test_leads_count_when_they_are_old_enough(facts):
    """Two leads a day, one won on the 30th day; the last 90 days of creation are left out."""
    first, rows = date(2024, 1, 1), []
    for day in range(456):
        created = first + timedelta(days=day)
        won = created + timedelta(days=30)
        rows += [(created, won if won <= date(2025, 3, 31) else None), (created, None)]
    leads = [
        {"lead_id": str(i), "created_at": str(made), "won_at": won and str(won), "lost_at": None}
        for i, (made, won) in enumerate(rows)
    ]
    found = facts("2025-03-31", leads=leads)
    fact = found["acquisition.step_rate[step=leads_won]"]
    assert (fact.value, fact.n) == (0.5, 2 * 366)  # all of 2024, to 31 December
    assert fact.period == ("2024-01-01", "2024-12-31")
    assert found.value(TEST) == pytest.approx(0)
    assert found[TEST].period == ("2024-01-01", "2024-12-31")
    late = [{**r, "won_at": None} if r["created_at"] >= "2024-10-01" else r for r in leads]
    fallen = facts("2025-03-31", leads=late)
    assert fallen.value(TEST) == pytest.approx(-0.5)
    assert [item.key for item in fallen[TEST].items] == ["leads_won"]


def test_why_there_is_no_step(year, daily, facts):
    nothing = facts("2025-03-31", model="general")
    assert (nothing[TEST].reason, nothing[TEST].needs) == ("no_table", ("traffic",))
    firm = facts("2025-03-31", model="saas")
    assert (firm[TEST].reason, firm[TEST].needs) == ("no_table", ("leads",))
    lone = facts("2025-03-31", traffic=daily("2025-01-01", 60, sessions=100))
    assert lone[TEST].reason == "no_rows"
    young = facts("2025-03-31", traffic=daily("2025-01-01", 60, sessions=100, orders=5))
    assert young[TEST].reason == "immature"
    few = facts(
        "2025-03-31", traffic=year({"sessions": 1, "orders": 0}, {"sessions": 1, "orders": 0})
    )
    assert (few[TEST].reason, few[TEST].n) == ("small_n", 90)
    odd = facts("2025-03-31", traffic=year(STEADY, {**STEADY, "orders": 101}))
    assert odd[f"{TEST}[step=checkouts_orders]"].reason == "beyond_whole"
    assert odd[TEST].known  # the other steps can still be told


def test_the_whole_way_counts_days_on_which_every_step_was_counted(daily, facts):
    """Of 20 days, carts were counted on the last ten alone: 10 × 50 ÷ (10 × 1,000)."""
    rows = daily("2025-01-06", 10, **{**STEADY, "carts": None, "orders": 900})
    rows += daily("2025-01-16", 10, **STEADY)
    fact = facts("2025-01-31", traffic=rows)["acquisition.step_rate"]
    assert (fact.value, fact.n) == (0.05, 10_000)
    lead = [{"lead_id": "1", "created_at": "2024-01-01", "won_at": "2024-01-09"}]
    late = [{**lead[0], "lead_id": "2", "created_at": "2025-01-09", "won_at": None}]
    both = {"traffic": rows, "leads": lead + late}
    assert facts("2025-01-31", model="general", **both).value("acquisition.step_rate") == 0.05
    assert facts("2025-01-31", model="saas", **both).value("acquisition.step_rate") == 1.0
    odd = daily("2025-01-06", 20, sessions=5, orders=6)
    assert facts("2025-01-31", traffic=odd)["acquisition.step_rate"].reason == "beyond_whole"
    assert facts("2025-01-31")["acquisition.step_rate"].reason == "no_table"
