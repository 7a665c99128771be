"""The 13-week table by hand: what is counted in, when, and where the balance is lowest."""

import pytest

LOWEST, FIXED, MONTHS = "cash.week13_min_yen", "cash.month_fixed_yen", "cash.fixed_months"

# 13 weeks from Monday 2026-04-06 to Sunday 2026-07-05. Balance 1,000; week by week:
# 04-06 −300 → 700 · 04-13 +50 → 750 · 04-27 −400 −300 → 50 · 05-04 +900 → 950
# · 05-25 −300 → 650 · 06-29 −300 +200 → 550
PLAN = """
    2026-04-06 in opening 1000 -
    2026-04-07 out 家賃 300 yes
    2026-04-19 in 補助金 50 -
    2026-04-27 out 仕入 400 no
    2026-05-03 out 家賃 300 yes
    2026-05-04 in 物販 900 -
    2026-05-29 out 家賃 300 yes
    2026-07-05 out 賞与 300 no
    2026-07-05 in 物販 200 -
    2026-07-06 out 税金 5000 yes
"""
COLUMNS = ("invoice_id", "customer_id", "invoiced_at", "due_at", "amount", "paid_at")


def plan(text, **columns):
    rows = [line.split() for line in text.splitlines() if line.strip()]
    names = ("date", "direction", "item", "amount", "fixed")
    made = [dict(zip(names, row, strict=True)) for row in rows]
    flags = {"yes": True, "no": False, "-": None}
    return [{**row, "fixed": flags[row["fixed"]], **columns} for row in made]


def invoice(number, customer, invoiced, due, amount, paid=None):
    cells = (f"i{number}", customer, invoiced, due, amount, paid)
    return dict(zip(COLUMNS, cells, strict=True))


def run(facts, text=PLAN, as_of="2026-04-05", **tables):
    return facts(as_of, run_date="2026-04-06", cash_plan=plan(text), **tables)


def weeks(measured, text=PLAN, as_of="2026-04-05", **tables):
    found = measured(as_of, run_date="2026-04-06", cash_plan=plan(text), **tables)
    (series,) = (one for one in found.series if one.id == "cash_13_weeks")
    return series


def test_lowest_balance_and_its_week(facts):
    lowest = run(facts)[LOWEST]
    assert lowest.value == 50.0
    assert lowest.period == ("2026-05-03", "2026-05-03")  # the last day of that week
    assert [(item.key, item.value) for item in lowest.items] == [("2026-04-27", 50.0)]


def test_a_month_of_fixed_costs(facts):
    found = run(facts)
    assert found.value(FIXED) == pytest.approx(900 / 3)  # the tax of 07-06 is past the 13 weeks
    assert found[FIXED].period == ("2026-04-06", "2026-07-05")
    assert found.value(MONTHS) == pytest.approx(50 / 300)


def test_thirteen_weeks_of_the_picture(measured):
    rows = weeks(measured).rows
    assert len(rows) == 13
    assert (rows[0], rows[1]) == (
        ("2026-04-06", 0.0, 300.0, 700.0),
        ("2026-04-13", 50.0, 0.0, 750.0),
    )
    assert [row[3] for row in rows] == [
        700,
        750,
        750,
        50,
        950,
        950,
        950,
        650,
        650,
        650,
        650,
        650,
        550,
    ]
    assert rows[12] == ("2026-06-29", 200.0, 300.0, 550.0)


def test_open_invoices_come_in_on_their_due_day(measured):
    owed = [
        invoice(1, "a", "2026-03-31", "2026-04-20", 70),
        invoice(2, "a", "2026-03-31", "2026-07-06", 9),
    ]
    rows = weeks(measured, receivables=owed).rows
    assert [row[1] for row in rows][:4] == [0.0, 50.0, 70.0, 0.0]
    assert rows[12][3] == 620.0  # the second falls due a day after the 13 weeks


def test_a_customer_is_as_late_as_usual(measured):
    """Customer a paid 3, 10 and 12 days late: median 10. Customer b has paid only once."""
    paid = [
        invoice(1, "a", "2025-12-31", "2026-01-31", 1, "2026-02-03"),
        invoice(2, "a", "2026-01-31", "2026-02-20", 1, "2026-03-02"),
        invoice(3, "a", "2026-01-31", "2026-02-20", 1, "2026-03-04"),
        invoice(4, "b", "2026-01-31", "2026-02-20", 1, "2026-02-20"),
    ]
    due_a = invoice(5, "a", "2026-03-31", "2026-04-20", 70)
    due_b = invoice(6, "b", "2026-03-31", "2026-04-20", 30)
    rows = weeks(measured, receivables=[*paid, due_a]).rows
    assert [row[1] for row in rows][2:4] == [0.0, 70.0]  # 04-20 + 10 days = 04-30
    # b: the median of all four, (3 + 10) ÷ 2 = 6.5 days after 04-20: the week of 04-20
    rows = weeks(measured, receivables=[*paid, due_b]).rows
    assert [row[1] for row in rows][2:4] == [30.0, 0.0]
    early = [invoice(n, "e", "2026-01-01", "2026-03-01", 1, "2026-01-02") for n in range(7, 10)]
    prompt = invoice(10, "e", "2026-03-31", "2026-04-27", 20)
    rows = weeks(measured, receivables=[*early, prompt]).rows
    assert [row[1] for row in rows][3] == 20.0  # nobody is counted on before the due day


def test_what_is_late_is_expected_as_late_again(measured):
    """Due 2026-03-30, 7 days before the start: 04-13. Due 2026-01-05, 91 days: not in 13 weeks."""
    owed = [
        invoice(1, "a", "2026-02-28", "2026-03-30", 70),
        invoice(2, "a", "2025-12-01", "2026-01-05", 1000),
    ]
    rows = weeks(measured, receivables=owed).rows
    assert [row[1] for row in rows][:3] == [0.0, 120.0, 0.0]
    assert sum(row[1] for row in rows) == 50 + 900 + 200 + 70


def test_a_credit_note_is_set_off_at_once(measured):
    owed = [
        invoice(1, "a", "2026-03-31", "2026-05-20", 70),
        invoice(2, "a", "2026-03-31", "2026-05-20", -40),
    ]
    assert weeks(measured, receivables=owed).rows[0][2:] == (340.0, 660.0)


def test_without_a_due_day_the_usual_term_tells(measured):
    """The other invoice has 20 days: 2026-04-01 + 20 = 04-21."""
    owed = [
        invoice(1, "a", "2026-03-31", "2026-04-20", 70),
        invoice(2, "b", "2026-04-01", None, 5),
    ]
    assert weeks(measured, receivables=owed).rows[2][1] == 75.0


def test_a_plan_of_its_own_collections_stands(measured):
    owed = [invoice(1, "a", "2026-03-31", "2026-04-20", 70)]
    text = PLAN + "    2026-04-21 in collection 65 -\n"
    assert weeks(measured, text, receivables=owed).rows[2][1] == 65.0


def test_without_payments_in_the_list_invoices_are_not_counted(measured):
    owed = [invoice(1, "a", "2026-03-31", "2026-04-20", 70)]
    bare = [{key: value for key, value in row.items() if key != "paid_at"} for row in owed]
    assert weeks(measured, receivables=bare).rows[2][1] == 0.0


def test_the_latest_balance_before_the_run_is_the_start(measured):
    text = PLAN.replace("2026-04-06 in opening 1000", "2026-04-01 in opening 1000")
    text += "    2026-04-06 in opening 900 -\n    2026-06-01 in opening 5 -\n"
    rows = weeks(measured, text).rows
    assert (rows[0][0], rows[0][3]) == ("2026-04-06", 600.0)
    ahead = PLAN.replace("2026-04-06 in opening", "2026-04-07 in opening")
    assert weeks(measured, ahead).rows[0][0] == "2026-04-07"  # a plan that begins tomorrow


BARE = "".join(line + "\n" for line in PLAN.splitlines() if "opening" not in line)


def accounts(closed, cash=800, year=2025):
    return [
        {"year": year, "item": "cash", "amount": cash, "closed_on": closed},
        {"year": year - 1, "item": "cash", "amount": 1, "closed_on": None},
    ]


def test_the_cash_of_accounts_just_closed_is_a_start(measured):
    made = weeks(measured, BARE, accounts=accounts("2026-03-31")).rows
    assert (made[0][0], made[0][3]) == ("2026-04-01", 500.0)


def test_older_accounts_are_no_start(facts):
    """Closed 45 days before the day of the figures, 2026-04-05, is 2026-02-19."""
    assert run(facts, BARE, accounts=accounts("2026-02-19"))[LOWEST].known
    for closed in ("2026-02-18", None):
        assert run(facts, BARE, accounts=accounts(closed))[LOWEST].reason == "no_rows"


def test_accounts_of_a_later_year_without_cash_are_no_start(facts):
    books = [
        *accounts("2026-03-20"),
        {"year": 2026, "item": "sales", "amount": 5, "closed_on": "2026-03-31"},
    ]
    assert run(facts, BARE, accounts=books)[LOWEST].reason == "no_rows"


def test_why_there_is_no_table(facts):
    assert facts("2026-04-05")[LOWEST].reason == "no_table"
    assert run(facts, BARE)[LOWEST].reason == "no_rows"  # no balance to start from
    stale = run(facts, as_of="2026-02-19")  # the balance is 46 days from the figures
    assert [stale[name].reason for name in (LOWEST, MONTHS)] == ["no_rows", "no_rows"]
    assert run(facts, as_of="2026-02-20")[LOWEST].known


def test_a_plan_that_ends_early_is_no_plan(facts):
    """The last payment may lie 31 days before the end, 2026-07-06 less 31: 06-05."""
    short = PLAN.replace("2026-07-05 out", "2026-06-04 out").replace(
        "2026-07-06 out", "2026-06-03 out"
    )
    assert run(facts, short)[LOWEST].reason == "no_rows"
    assert run(facts, short.replace("2026-06-04 out", "2026-06-05 out"))[LOWEST].known


def test_fixed_costs_that_nobody_marked(facts):
    none = [{**row, "fixed": None} for row in plan(PLAN)]
    found = facts("2026-04-05", run_date="2026-04-06", cash_plan=none)
    assert (found.value(LOWEST), found[FIXED].reason, found[MONTHS].reason) == (
        50.0,
        "no_rows",
        "no_rows",
    )
    gone = [{key: value for key, value in row.items() if key != "fixed"} for row in none]
    found = facts("2026-04-05", run_date="2026-04-06", cash_plan=gone)
    assert (found[FIXED].reason, found[MONTHS].reason) == ("no_column", "no_column")
