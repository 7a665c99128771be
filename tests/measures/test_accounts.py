"""The six indicators of the Local Benchmark from a small set of accounts, by hand."""

import pytest

# Million yen but for the employees.
BOOKS = {
    2024: {"sales": 200, "operating_profit": 10, "employees": 5},
    2025: {
        "sales": 240,
        "operating_profit": 12,
        "employees": 6,
        "depreciation": 8,
        "interest_bearing_debt": 90,
        "cash": 30,
        "receivables": 40,
        "inventory": 25,
        "payables": 15,
        "equity": 60,
        "total_assets": 150,
    },
}
VALUES = {
    "accounts.sales_growth": 240 / 200 - 1,
    "accounts.operating_margin": 12 / 240,
    "accounts.labour_productivity_yen": 12 / 6,
    "accounts.ebitda_debt_ratio": (90 - 30) / (12 + 8),  # 3 years
    "accounts.working_capital_months": (40 + 25 - 15) / (240 / 12),  # 2.5 months
    "accounts.equity_ratio": 60 / 150,
}


def rows(books, **columns):
    return [
        {"year": str(year), "item": item, "amount": amount, **columns}
        for year, book in books.items()
        for item, amount in book.items()
    ]


def changed(**items):
    book = {**BOOKS[2025], **items}
    return {2024: BOOKS[2024], 2025: {k: v for k, v in book.items() if v is not None}}


def test_six_indicators_of_the_latest_year(facts):
    found = facts("2026-04-05", accounts=rows(BOOKS))
    for name, value in VALUES.items():
        assert found.value(name) == pytest.approx(value), name
        assert found.value(f"{name}[year=2025]") == pytest.approx(value), name
        assert found[name].low is None


def test_each_year_that_can_be_told(facts):
    found = facts("2026-04-05", accounts=rows(BOOKS))
    assert found.value("accounts.operating_margin[year=2024]") == pytest.approx(0.05)
    assert found.value("accounts.labour_productivity_yen[year=2024]") == pytest.approx(2.0)
    years = {f.by.get("year") for f in found.breakdown("accounts.sales_growth")}
    assert years == {None, 2025}  # 2024 has no year before


PARTS = [
    ("interest_bearing_debt", {"short_term_debt": 20, "long_term_debt": 60, "bonds": 10}),
    ("receivables", {"accounts_receivable": 35, "notes_receivable": 5}),
    ("inventory", {"inventory_part": 25}),
    ("payables", {"accounts_payable": 15}),
    ("total_assets", {"liabilities_and_equity": 150}),
]


@pytest.mark.parametrize(("total", "parts"), PARTS, ids=[total for total, _ in PARTS])
def test_parts_stand_for_a_total_and_are_not_added_to_it(facts, total, parts):
    for books in (changed(**{total: None}, **parts), changed(**parts)):
        found = facts("2026-04-05", accounts=rows(books))
        for name, value in VALUES.items():
            assert found.value(name) == pytest.approx(value), name


def test_an_item_on_two_rows_is_their_sum(facts):
    more = {"year": "2025", "item": "depreciation", "amount": 5}
    books = [*rows(changed(depreciation=3)), more]
    found = facts("2026-04-05", accounts=books)
    assert found.value("accounts.ebitda_debt_ratio") == pytest.approx(3.0)


def test_more_cash_than_debt_is_a_multiple_below_nothing(facts):
    found = facts("2026-04-05", accounts=rows(changed(cash=130)))
    assert found.value("accounts.ebitda_debt_ratio") == pytest.approx(-2.0)


@pytest.mark.parametrize(
    ("name", "items", "reason"),
    [
        ("sales_growth", {"sales": None}, "no_rows"),
        ("operating_margin", {"sales": 0}, "zero_base"),
        ("labour_productivity_yen", {"employees": None}, "no_rows"),
        ("labour_productivity_yen", {"employees": 0}, "zero_base"),
        ("ebitda_debt_ratio", {"depreciation": None}, "no_rows"),
        ("ebitda_debt_ratio", {"operating_profit": -8}, "zero_base"),
        ("working_capital_months", {"inventory": None}, "no_rows"),
        ("equity_ratio", {"total_assets": None}, "no_rows"),
    ],
)
def test_what_the_latest_year_cannot_tell(facts, name, items, reason):
    fact = facts("2026-04-05", accounts=rows(changed(**items)))[f"accounts.{name}"]
    assert (fact.value, fact.reason) == (None, reason)


def test_a_year_missing_between_tells_no_growth(facts):
    books = {2023: BOOKS[2024], 2025: BOOKS[2025]}
    found = facts("2026-04-05", accounts=rows(books))
    assert found["accounts.sales_growth"].reason == "no_rows"


def test_no_accounts(facts):
    assert facts("2026-04-05")["accounts.equity_ratio"].reason == "no_table"


def test_period_of_a_year_whose_end_is_known(facts):
    found = facts("2026-04-05", accounts=rows(BOOKS, closed_on="2026-03-31"))
    assert found["accounts.equity_ratio"].period == ("2025-04-01", "2026-03-31")
    assert facts("2026-04-05", accounts=rows(BOOKS))["accounts.equity_ratio"].period is None
