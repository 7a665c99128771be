"""Leads, win rate, days to win by hand."""

from datetime import date, timedelta

import pytest

LEADS = [  # created, source, won, lost, amount
    ("2025-01-01", "fair", "2025-01-31", None, 100),
    ("2025-01-02", "fair", None, "2025-02-01", 200),
    ("2025-01-03", "fair", None, None, 300),
    ("2025-01-10", "search", "2025-01-14", "2025-01-12", 400),  # lost, then won after all
    ("2025-01-10", "search", "2025-01-05", None, None),  # won before it was created
    ("2025-01-11", None, None, "2025-01-20", 500),
]
NAMES = ("created_at", "source", "won_at", "lost_at", "amount")


def leads(rows=LEADS):
    return [
        {"lead_id": f"L{number}", **dict(zip(NAMES, row, strict=True))}
        for number, row in enumerate(rows)
    ]


@pytest.fixture(scope="module")
def found(facts):
    return facts("2025-02-28", leads=[*leads(), leads()[0]])  # the last stands twice


def test_each_lead_is_counted_once(found):
    assert found.value("acquisition.leads") == 6
    assert found["acquisition.leads"].period == ("2025-01-01", "2025-02-01")


def test_conversion_and_win_rate(found):
    # won: 3 of 6 created; decided: 3 won and 2 lost
    conversion, win = found["acquisition.conversion_rate"], found["acquisition.win_rate"]
    assert (conversion.value, conversion.n) == (0.5, 6)
    assert (win.value, win.n) == (0.6, 5)
    assert win.low95 < win.low < 0.6 < win.high < win.high95
    assert found.value("acquisition.conversion_rate[source=fair]") == pytest.approx(1 / 3)
    assert found.value("acquisition.conversion_rate[source=search]") == 1.0
    assert found.value("acquisition.decided_3m_count") == 5


def test_days_to_win_leave_out_what_cannot_be(found):
    # 30 and 4 days; the lead won five days before it was created is counted apart
    assert found.value("acquisition.days_to_win_median") == 17
    assert found["acquisition.days_to_win_median"].n == 2
    assert found.value("acquisition.won_before_created_count") == 1
    assert found.value("acquisition.won_amount_mean_yen") == 250  # of 100 and 400


def test_what_is_missing_is_said(facts):
    none = facts("2025-02-28")
    assert none["acquisition.win_rate"].reason == "no_table"
    plain = [{"lead_id": r["lead_id"], "created_at": r["created_at"]} for r in leads()]
    some = facts("2025-02-28", leads=plain)
    assert some.value("acquisition.leads") == 6
    assert some["acquisition.conversion_rate"].reason == "no_column"
    assert some["acquisition.win_rate_t3v9"].reason == "no_column"
    open_ = [{**r, "won_at": None, "lost_at": None} for r in leads()]
    still = facts("2025-02-28", leads=open_)
    assert still.value("acquisition.conversion_rate") == 0.0
    assert still["acquisition.win_rate"].reason == "no_rows"
    assert still["acquisition.days_to_win_median"].reason == "no_rows"
    assert facts("2025-02-28", leads=leads())["acquisition.win_rate_yoy"].reason == "immature"


def decisions(start, months, won, of, wait=0):
    """``of`` leads a month, decided ``wait`` days after creation, ``won(month)`` of them won."""
    first, rows = date.fromisoformat(start), []
    for month in range(months):
        year, number = divmod(first.year * 12 + first.month - 1 + month, 12)
        for place in range(of):
            day = date(year, number + 1, 1 + place % 28)
            made = (day - timedelta(days=wait)).isoformat()
            outcome = (day.isoformat(), None) if place < won(month) else (None, day.isoformat())
            rows.append((made, "fair", *outcome, 1))
    return leads(rows)


def test_three_months_against_nine(facts):
    """50 a month: 25 won in each of nine months, 10 in each of the last three.

    10 ÷ 50 − 25 ÷ 50 = −0.3, that is −60 % of the rate before. All decisions fall on the first
    28 days of a month, so the windows up to 28 December hold whole months.
    """
    rows = decisions("2025-01-01", 12, lambda month: 25 if month < 9 else 10, 50)
    found = facts("2025-12-31", leads=rows)
    test = found["acquisition.win_rate_t3v9"]
    assert test.value == pytest.approx(-0.3)
    assert found.value("acquisition.win_rate_t3v9_change") == pytest.approx(-0.6)
    assert (test.n, test.period) == (150, ("2024-12-29", "2025-12-28"))
    assert test.high95 < 0
    assert found.value("acquisition.decided_3m_count") == 150
    assert found["acquisition.win_rate_yoy"].reason == "immature"


def test_year_on_year(facts):
    rows = decisions("2024-01-01", 24, lambda month: 25 if month < 12 else 20, 50)
    found = facts("2025-12-31", leads=rows)
    assert found.value("acquisition.win_rate_yoy") == pytest.approx(0.4 - 0.5)
    assert found.value("acquisition.win_rate_yoy_change") == pytest.approx(-0.2)
    assert found["acquisition.win_rate_yoy"].n == 600


def quick_and_slow(start, days, last="2025-12-31"):
    """A lead a day won on the spot, and one a day lost after sixty days."""
    first, rows = date.fromisoformat(start), []
    for day in (first + timedelta(days=number) for number in range(days)):
        lost = (day + timedelta(days=60)).isoformat()
        rows.append((day.isoformat(), "fair", day.isoformat(), None, 1))
        rows.append((day.isoformat(), "fair", None, lost if lost <= last else None, 1))
    return leads(rows)


def test_quick_decisions_at_the_start_of_the_list_do_not_speak(facts):
    """A list that begins in January has only won ones in its first sixty days: half a year on,
    that would look like a fall. With sixty days more before the year, nothing has changed."""
    short = facts("2025-12-31", leads=quick_and_slow("2025-01-01", 365))
    assert short["acquisition.win_rate_t3v9"].reason == "immature"
    longer = facts("2025-12-31", leads=quick_and_slow("2024-11-02", 425))
    assert longer.value("acquisition.win_rate_t3v9") == pytest.approx(0)
