"""Receivables by hand: a balance, its days, its term, and the state it was in a year ago."""

import pytest

# Two years of invoices of 365 to one account each quarter, paid 30 days late or still open.
COLUMNS = ("invoice_id", "customer_id", "invoiced_at", "due_at", "amount", "paid_at")


def invoices(text):
    rows = [line.split() for line in text.splitlines() if line.strip()]
    return [
        {
            name: None if cell == "-" else cell
            for name, cell in zip(COLUMNS, (f"i{number}", *row), strict=True)
        }
        for number, row in enumerate(rows, start=1)
    ]


# As of 2025-12-31. Open: 300 (a) + 100 (b) = 400. Invoiced in the 365 days to that day (from
# 2025-01-01): 1,000 + 300 + 100 + 60 = 1,460.
YEAR = """
    a 2025-01-10 2025-02-09 1000 2025-02-20
    a 2025-10-31 2025-12-10 300 -
    b 2025-12-01 2025-12-31 100 -
    c 2025-06-01 2025-07-01 60 2025-07-01
"""
# As of 2024-12-31: open 200 (paid in 2025), and 50 of 2024-08-01 paid in February 2025 (due
# 2024-08-31, 122 days late). Invoiced in 2024: 200 + 50 + 480 = 730. And 2023 reaches back.
BEFORE = """
    d 2023-12-31 2024-01-30 10 2024-01-15
    a 2024-12-15 2025-01-14 200 2025-01-20
    b 2024-08-01 2024-08-31 50 2025-02-01
    c 2024-04-01 2024-05-01 480 2024-05-01
"""


def of(facts, text, as_of="2025-12-31", **fields):
    return facts(as_of, model="made_to_order", receivables=invoices(text), **fields)


def test_open_balance_and_its_days(facts):
    found = of(facts, YEAR)
    assert (found.value("receivables.open"), found["receivables.open"].n) == (400.0, 2)
    assert found["receivables.open"].period == ("2025-12-31", "2025-12-31")
    assert found.value("receivables.credit_sales_yen") == 1460.0
    assert found.value("receivables.credit_sales_a_day_yen") == 4.0
    assert found.value("receivables.dso_days") == pytest.approx(400 / 1460 * 365)  # 100 days
    assert found["receivables.dso_days"].period == ("2025-01-01", "2025-12-31")


def test_agreed_days_by_amount_and_what_is_beyond(facts):
    found = of(facts, YEAR)
    # 30 days × 1,000, 40 × 300, 30 × 100, 30 × 60
    term = (30 * 1000 + 40 * 300 + 30 * 100 + 30 * 60) / 1460
    assert found.value("receivables.term_days") == pytest.approx(term)
    assert found["receivables.term_days"].n == 4
    assert found.value("receivables.excess_days") == pytest.approx(100 - term)


@pytest.mark.parametrize(
    ("closing", "months", "payment", "days"),
    [(31, 1, 31, 45), (20, 1, 20, 45), (31, 2, 10, 55), (31, 0, 31, 15), (25, 1, 31, 50)],
)
def test_agreed_days_from_the_interview(facts, closing, months, payment, days):
    said = {"closing_day": closing, "months_later": months, "payment_day": payment}
    answers = {("q.bil.terms", name): value for name, value in said.items()}
    rows = [{**row, "due_at": None} for row in invoices(YEAR)]
    found = facts("2025-12-31", receivables=rows, answers=answers)
    term = found["receivables.term_days"]
    assert (term.value, term.basis, term.needs) == (days, "said", ("q.bil.terms",))
    assert found["receivables.excess_days"].basis == "said"


def test_agreed_days_that_nobody_knows(facts):
    rows = [{**row, "due_at": None} for row in invoices(YEAR)]
    answers = {("q.bil.terms", "closing_day"): 31}
    found = facts("2025-12-31", receivables=rows, answers=answers)
    assert found["receivables.term_days"].reason == "no_column"
    assert found["receivables.term_days"].needs == ("receivables", "q.bil.terms")
    assert found["receivables.excess_days"].reason == "no_column"
    asked = {("q.bil.terms", None): "unknown"}
    unknown = facts("2025-12-31", receivables=rows, answers=asked)["receivables.term_days"]
    assert unknown.reason == "answered_unknown"


def test_the_balance_of_a_year_ago_is_rebuilt(facts):
    found = of(facts, YEAR + BEFORE)
    # today 400 ÷ 1,460 × 365 = 100; a year ago (200 + 50) ÷ 730 × 365 = 125
    change = found["receivables.dso_days_yoy"]
    assert change.value == pytest.approx(100 - 125)
    assert change.period == ("2024-12-31", "2025-12-31")
    assert change.n == 3  # invoices raised in the year: four to 2025-12-31, three to 2024-12-31
    assert change.low95 < change.low < -25 < change.high < change.high95


def test_each_of_the_two_years_has_the_same_history(facts):
    # An invoice of 2024-06-01 still open: known today with 19 months of history, a year ago
    # with 7. The list begins 366 days before 2024-12-31, so today looks back 366 days as well.
    old = "    e 2024-06-01 2024-07-01 73 -\n"
    found = of(facts, YEAR + BEFORE + old)
    assert found.value("receivables.open") == 473.0
    before = (200 + 50 + 73) / (730 + 73) * 365
    assert found.value("receivables.dso_days_yoy") == pytest.approx(100 - before)


def test_one_year_of_invoices_has_no_year_before(facts):
    assert of(facts, YEAR)["receivables.dso_days_yoy"].reason == "immature"


def test_a_payment_without_a_day_hides_the_year_before(facts):
    rows = [
        {**row, "paid_amount": row["amount"] if row["paid_at"] else None}
        for row in invoices(YEAR + BEFORE)
    ]
    told = facts("2025-12-31", receivables=rows)
    assert told.value("receivables.dso_days_yoy") == pytest.approx(-25)
    rows[0] = {**rows[0], "paid_at": None}
    hidden = facts("2025-12-31", receivables=rows)
    assert hidden["receivables.dso_days_yoy"].reason == "no_column"
    assert hidden.value("receivables.open") == 400.0


def test_money_paid_beyond_an_invoice_is_no_credit_and_a_credit_note_is(facts):
    rows = [{**row, "paid_amount": None} for row in invoices(YEAR)]
    rows[3] |= {"paid_amount": 90}  # 60 were owed
    rows.append({**rows[1], "invoice_id": "i9", "amount": -25})
    assert facts("2025-12-31", receivables=rows).value("receivables.open") == 375.0


def test_largest_debtor(facts):
    top = of(facts, YEAR)["receivables.top_debtor_share"]
    assert (top.value, top.n) == (0.75, 2)
    assert [(item.key, item.value) for item in top.items] == [("a", 300.0)]


def test_all_is_paid(facts):
    paid = "    a 2025-01-10 2025-02-09 1000 2025-02-20\n    b 2025-12-01 2025-12-31 9 2025-12-02"
    found = of(facts, paid)
    names = ("open", "dso_days", "top_debtor_share", "overdue_rate", "overdue_90d_share")
    assert [found.value(f"receivables.{name}") for name in names] == [0.0] * 5


def test_a_list_without_payments_says_nothing_of_what_is_open(facts):
    rows = [
        {key: value for key, value in row.items() if key != "paid_at"} for row in invoices(YEAR)
    ]
    found = facts("2025-12-31", receivables=rows)
    names = ("open", "dso_days", "dso_days_yoy", "excess_days", "top_debtor_share")
    for name in (*names, "credit_sales_a_day_yen"):
        assert found[f"receivables.{name}"].reason == "no_column", name
    assert found.value("receivables.term_days") is not None


def test_a_list_of_open_invoices_is_set_against_the_orders_of_its_customers(facts, orders):
    owed = "    a 2025-12-01 2025-12-31 73 -\n    b 2025-11-30 2025-12-31 27 -"
    sold = orders("a 2025-01-01 300\n b 2025-07-01 200\n z 2025-08-01 9999\n a 2025-12-31 230")
    found = of(facts, owed, orders=sold)
    assert found.value("receivables.credit_sales_yen") == 730.0  # z buys for cash
    assert found["receivables.credit_sales_yen"].table == "orders"
    assert found.value("receivables.credit_sales_a_day_yen") == 2.0
    assert found.value("receivables.dso_days") == pytest.approx(100 / 730 * 365)
    alone = of(facts, owed)
    assert alone["receivables.dso_days"].reason == "immature"
    assert alone.value("receivables.open") == 100.0


def test_invoices_of_nothing_have_no_days(facts):
    none = "    a 2025-01-01 2025-01-31 100 2025-02-01\n    a 2025-12-31 2025-12-31 -100 -"
    assert of(facts, none)["receivables.dso_days"].reason == "zero_base"
    assert of(facts, none)["receivables.credit_sales_a_day_yen"].reason == "zero_base"


def test_no_invoices(facts):
    assert facts("2025-12-31")["receivables.open"].reason == "no_table"
    assert facts("2025-12-31")["receivables.term_days"].reason == "no_table"


def test_rows_behind_the_balance(measured):
    frame = measured("2025-12-31", receivables=invoices(YEAR)).evidence["receivables"]
    assert list(frame["invoice_id"]) == ["i1", "i2", "i3", "i4"]
    assert frame["open_amount"].sum() == 400
    row = frame.iloc[1]
    assert (row["invoiced"], row["due"], row["overdue_days"]) == ("2025-10-31", "2025-12-10", 21)
    assert (row["file"], row["row"]) == ("data/receivables.csv", 3)


def test_a_list_speaks_up_to_its_last_payment(facts):
    """The last invoice is of 06-30; with a payment on 12-31 the list reaches the day of figures."""
    old = "    a 2025-01-01 2025-01-31 73 2025-02-01\n    b 2025-03-31 2025-04-30 73 -\n"
    late = "    c 2025-06-30 2025-07-31 73 "
    assert of(facts, old + late + "2025-07-01")["receivables.dso_days"].reason == "immature"
    found = of(facts, old + late + "2025-12-31")
    assert found.value("receivables.dso_days") == pytest.approx(73 / 219 * 365)
