"""What a win rate decides over, by hand."""

from datetime import date, timedelta

import pytest

NOW, GAP = "acquisition.win_rate_now", "acquisition.win_rate_now_gap"
DECIDED, AMOUNT = "acquisition.decided_12m_count", "acquisition.won_amount_12m_yen"
OPEN = "acquisition.open_amount_yen"
LAST = date(2025, 12, 28)


def lead(number, created, won=None, lost=None, amount=None):
    return {
        "lead_id": f"L{number:05d}",
        "created_at": created,
        "won_at": won,
        "lost_at": lost,
        "amount": amount,
    }


def decided(months, of, won):
    """``of`` leads a month, decided on the day, ``won(month)`` of them won at 100 yen."""
    rows = []
    for month in range(months):
        year, number = divmod(2024 * 12 + month, 12)
        for place in range(of):
            day = date(year, number + 1, 1 + place % 28).isoformat()
            outcome = {"won": day} if place < won(month) else {"lost": day}
            rows.append(lead(len(rows), day, amount=100 if "won" in outcome else 900, **outcome))
    return rows


def test_a_full_quarter_is_tested_against_the_nine_months_before(facts):
    # 40 a month: 20 won in each month until September, 10 in each of the last three
    rows = decided(24, 40, lambda month: 10 if month >= 21 else 20)
    found = facts("2025-12-31", leads=rows)
    now, gap = found[NOW], found[GAP]
    assert (now.value, now.n, now.period) == (0.25, 120, ("2025-09-29", "2025-12-28"))
    assert gap.value == pytest.approx(-0.25)
    assert (gap.low, gap.high) == (
        found["acquisition.win_rate_t3v9"].low,
        found["acquisition.win_rate_t3v9"].high,
    )
    assert now.low < 0.25 < now.high
    assert found.value(DECIDED) == 480


def test_a_thin_quarter_leaves_the_year_to_be_tested(facts):
    # 30 a month make 90 in a quarter: the last three months stand for nothing
    rows = decided(24, 30, lambda month: 3 if month >= 21 else 15)
    found = facts("2025-12-31", leads=rows)
    # (9 × 15 + 3 × 3) ÷ 360 = 0.4 against 0.5
    assert (found.value(NOW), found[NOW].n) == (pytest.approx(0.4), 360)
    assert found.value(GAP) == pytest.approx(-0.1)
    own = facts("2025-12-31", leads=rows, thresholds={"decisions_a_quarter": 90})
    assert own.value(NOW) == pytest.approx(0.1)


def test_amounts_of_orders_won_in_twelve_months_and_of_deals_still_open(facts):
    rows = [
        lead(1, "2024-06-01", won="2024-12-28", amount=9_000),  # a year ago to the day
        lead(2, "2024-06-01", won="2024-12-29", amount=100),
        lead(3, "2025-06-01", won="2025-07-01", amount=300),
        lead(4, "2025-06-01", won="2025-07-01"),  # no amount
        lead(5, "2025-06-01", lost="2025-07-01", amount=8_000),
        lead(6, "2024-12-28", amount=7_000),  # open, entered a year ago: no longer open work
        lead(7, "2025-11-01", amount=50),
        lead(8, "2025-12-28", amount=70),
        lead(9, "2025-12-01"),
    ]
    found = facts("2025-12-31", leads=[*rows, rows[-3]])  # one stands twice
    assert (found.value(AMOUNT), found[AMOUNT].n) == (200, 2)
    assert found[AMOUNT].low < 200 < found[AMOUNT].high
    assert (found.value(OPEN), found[OPEN].n) == (120, 2)
    assert [(item.key, item.value) for item in found[OPEN].items] == [
        ("L00008", 70.0),
        ("L00007", 50.0),
    ]


def test_what_is_not_known(facts):
    short = decided(24, 40, lambda month: 20)[-40 * 6 :]  # half a year of decisions
    found = facts("2025-12-31", leads=short)
    assert {found[one].reason for one in (NOW, GAP, DECIDED)} == {"immature"}
    without = [{k: v for k, v in row.items() if k != "lost_at"} for row in short]
    bare = facts("2025-12-31", leads=without)
    assert {bare[one].reason for one in (NOW, GAP, DECIDED, OPEN)} == {"no_column"}
    unpriced = [{k: v for k, v in row.items() if k != "amount"} for row in short]
    assert facts("2025-12-31", leads=unpriced)[AMOUNT].reason == "no_column"
    lost = [{**row, "won_at": None, "lost_at": row["created_at"]} for row in short]
    assert facts("2025-12-31", leads=lost)[AMOUNT].reason == "no_rows"
    assert facts("2025-12-31")[NOW].reason == "no_table"


def test_the_order_of_rows_does_not_matter(facts):
    rows = decided(24, 40, lambda month: 20)
    rows += [lead(9000 + n, (LAST - timedelta(days=n)).isoformat(), amount=5) for n in range(30)]
    one, other = (facts("2025-12-31", leads=given) for given in (rows, rows[::-1]))
    for name in (NOW, GAP, DECIDED, AMOUNT, OPEN):
        assert one[name] == other[name], name
