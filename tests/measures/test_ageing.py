"""Days past due by hand, at the edges of the buckets."""

import pytest

# As of 2025-12-31, days past due: 0 (due that day), 1, 30, 31, 60, 61, 90, 91, and none known.
DUE = {
    "2025-12-31": 1000,
    "2025-12-30": 100,
    "2025-12-01": 200,
    "2025-11-30": 10,
    "2025-11-01": 20,
    "2025-10-31": 3,
    "2025-10-02": 4,
    "2025-10-01": 63,
}


def row(number, due, amount, customer="a", invoiced="2025-09-01", paid=None):
    return {
        "invoice_id": f"i{number}",
        "customer_id": customer,
        "invoiced_at": invoiced,
        "due_at": due,
        "amount": amount,
        "paid_at": paid,
    }


ROWS = [row(number, due, amount) for number, (due, amount) in enumerate(DUE.items())]


def test_buckets_and_their_edges(facts):
    found = facts("2025-12-31", receivables=ROWS)
    cells = {fact.by["bucket"]: fact.value for fact in found.breakdown("receivables.ageing")}
    assert cells == {"not_due": 1000, "0-30": 300, "31-60": 30, "61-90": 7, "90+": 63}
    assert sum(cells.values()) == found.value("receivables.open")
    assert found.value("receivables.overdue_rate") == pytest.approx(400 / 1400)
    long = found["receivables.overdue_90d_share"]
    assert (long.value, long.n) == (pytest.approx(63 / 1400), 8)
    assert [(item.key, item.value) for item in long.items] == [("a", 63.0)]


def test_an_invoice_without_a_due_day_stands_apart(facts):
    found = facts("2025-12-31", receivables=[*ROWS, row(99, None, 500)])
    assert found.value("receivables.ageing[bucket=no_due]") == 500
    assert found.value("receivables.overdue_rate") == pytest.approx(400 / 1400)
    alone = facts(
        "2025-12-31", receivables=[row(1, None, 500), row(2, "2025-10-01", 5, paid="2025-10-01")]
    )
    assert alone["receivables.overdue_rate"].reason == "no_rows"


def test_without_due_days_or_payments_nothing_is_late(facts):
    for gone in ("due_at", "paid_at"):
        rows = [{key: value for key, value in one.items() if key != gone} for one in ROWS]
        found = facts("2025-12-31", receivables=rows)
        for name in ("overdue_rate", "overdue_90d_share", "overdue_90d_share_yoy"):
            assert found[f"receivables.{name}"].reason == "no_column"
        assert found["receivables.ageing[bucket=90+]"].reason == "no_column"
    assert facts("2025-12-31")["receivables.ageing[bucket=90+]"].reason == "no_table"


def test_credit_notes_larger_than_debts_have_no_share(facts):
    rows = [row(1, "2025-12-01", 100), row(2, "2025-12-01", -300)]
    assert facts("2025-12-31", receivables=rows)["receivables.overdue_rate"].reason == "zero_base"


def test_long_overdue_against_a_year_ago(facts):
    """Today 60 of 300 is long overdue; on 2024-12-31 it was 10 of 100 (both since paid)."""
    rows = [
        row(1, "2024-01-31", 5, invoiced="2023-12-31", paid="2024-01-31"),
        row(2, "2024-06-30", 10, invoiced="2024-06-01", paid="2025-03-01"),
        row(3, "2025-01-15", 90, invoiced="2024-12-15", paid="2025-01-15"),
        row(4, "2025-06-30", 60, invoiced="2025-06-01"),
        row(5, "2026-01-31", 240, invoiced="2025-12-31"),
    ]
    found = facts("2025-12-31", receivables=rows)
    assert found.value("receivables.overdue_90d_share") == pytest.approx(0.2)
    change = found["receivables.overdue_90d_share_yoy"]
    assert (change.value, change.n) == (pytest.approx(0.2 - 0.1), 2)
    assert change.low95 < change.low < 0.1 < change.high < change.high95
    young = facts("2025-12-31", receivables=rows[3:])["receivables.overdue_90d_share_yoy"]
    assert young.reason == "immature"


def test_series_of_the_picture(measured):
    made = {one.id: one for one in measured("2025-12-31", receivables=ROWS).series}
    assert made["receivables_ageing"].rows == (
        ("not_due", 1000.0, 1),
        ("0-30", 300.0, 2),
        ("31-60", 30.0, 2),
        ("61-90", 7.0, 2),
        ("90+", 63.0, 1),
    )
    paid = [{**one, "paid_at": "2025-12-31"} for one in ROWS]
    assert "receivables_ageing" not in {
        one.id for one in measured("2025-12-31", receivables=paid).series
    }
