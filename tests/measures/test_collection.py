"""Collected against fallen due, and receipts nobody matched, by hand."""

import pytest

COLUMNS = ("invoice_id", "customer_id", "invoiced_at", "due_at", "amount", "paid_at")


def row(number, invoiced, due, amount, paid=None):
    return dict(zip(COLUMNS, (f"i{number}", "a", invoiced, due, amount, paid), strict=True))


# As of 2025-12-31: due by then 100 + 300 + 600 = 1,000, of which 100 + 600 came in.
ROWS = [
    row(1, "2025-10-01", "2025-10-31", 100, "2025-11-15"),
    row(2, "2025-11-01", "2025-11-30", 300),
    row(3, "2025-12-01", "2025-12-31", 600, "2025-12-31"),
    row(4, "2025-12-01", "2026-01-01", 5000, "2025-12-20"),  # not yet due
]


def test_paid_of_what_fell_due(facts):
    rate = facts("2025-12-31", receivables=ROWS)["receivables.collection_rate"]
    assert (rate.value, rate.n) == (pytest.approx(0.7), 3)
    assert rate.period == ("2025-10-31", "2025-12-31")


def test_part_payments_count_and_overpayment_does_not(facts):
    rows = [{**one, "paid_amount": None} for one in ROWS]
    rows[1] |= {"paid_amount": 150, "paid_at": "2025-12-01"}
    rows[2] |= {"paid_amount": 900}
    found = facts("2025-12-31", receivables=rows)
    assert found.value("receivables.collection_rate") == pytest.approx(0.85)


def test_against_a_year_ago(facts):
    """A year ago 300 of 400 due in 2024 were in; today 700 of 1,000 due in 2025 are."""
    before = [
        row(5, "2023-12-31", "2024-01-31", 300, "2024-02-01"),
        row(6, "2024-10-01", "2024-10-31", 100, "2025-01-05"),
    ]
    found = facts("2025-12-31", receivables=[*ROWS, *before])
    change = found["receivables.collection_rate_yoy"]
    assert change.value == pytest.approx(0.7 - 0.75)
    assert change.n == 2
    assert change.low95 < change.low < -0.05 < change.high < change.high95
    assert facts("2025-12-31", receivables=ROWS)["receivables.collection_rate_yoy"].reason == (
        "immature"
    )


def test_why_there_is_no_rate(facts):
    name = "receivables.collection_rate"
    assert facts("2025-12-31")[name].reason == "no_table"
    for gone in ("due_at", "paid_at"):
        rows = [{key: value for key, value in one.items() if key != gone} for one in ROWS]
        assert facts("2025-12-31", receivables=rows)[name].reason == "no_column"
    unpaid = [{**one, "paid_at": None} for one in ROWS]  # a list of open invoices: no rate of 0
    assert facts("2025-12-31", receivables=unpaid)[name].reason == "no_rows"
    young = facts("2025-12-31", receivables=ROWS[3:])
    assert young[name].reason == "no_rows"


def test_receipts_unmatched_after_a_week(facts):
    """Paid by 2025-12-24: three, one 未消込; the fourth is not a week old, the fifth blank."""
    days = ["2025-11-01", "2025-12-01", "2025-12-24", "2025-12-25", "2025-11-02"]
    marks = ["消込済", "未消込", "消込済", "未消込", None]
    rows = [
        {**row(n, "2025-10-01", "2025-10-31", 100, day), "matched": mark}
        for n, (day, mark) in enumerate(zip(days, marks, strict=True))
    ]
    share = facts("2025-12-31", receivables=rows)["receivables.unmatched_share"]
    assert (share.value, share.n) == (pytest.approx(1 / 3), 3)
    assert share.low < 1 / 3 < share.high
    assert share.period == ("2025-11-01", "2025-12-24")


def test_a_list_that_cannot_tell_has_no_unmatched_share(facts):
    name = "receivables.unmatched_share"
    assert facts("2025-12-31", receivables=ROWS)[name].reason == "no_column"
    young = [{**ROWS[2], "matched": "済"}]
    assert facts("2025-12-31", receivables=young)[name].reason == "no_rows"
    assert facts("2025-12-31")[name].reason == "no_table"
