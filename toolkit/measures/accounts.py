"""The six indicators of METI's Local Benchmark from the annual accounts (ロカベン財務指標)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.months import MONTHS_A_YEAR, day_of, months_before, period_after
from toolkit.measures.rows import day_numbers

if TYPE_CHECKING:
    from toolkit.measures.summaries import Summaries

# A total as written, else the sum of the parts that are there.
PARTS: Mapping[str, tuple[str, ...]] = {
    "interest_bearing_debt": ("short_term_debt", "long_term_debt", "bonds"),
    "receivables": ("accounts_receivable", "notes_receivable"),
    "inventory": ("inventory_part",),
    "payables": ("accounts_payable", "notes_payable"),
    "total_assets": ("liabilities_and_equity",),
}


Year = Callable[[str], float]


def account_facts(s: Summaries) -> Iterator[Fact]:
    """Each indicator for every year it can be told for, and undivided for the latest."""
    if not s.has("accounts") or s.tables["accounts"].empty:
        return
    books = _books(s)
    for fact_id, indicator in INDICATORS.items():
        cells = {year: _of_year(fact_id, indicator, books, year) for year in sorted(books)}
        latest = max(cells)
        for year, fact in cells.items():
            fact = replace(fact, period=_period(s, year))
            if year == latest:
                yield fact
            if fact.known:
                yield replace(fact, by={"year": year})


def _books(s: Summaries) -> dict[int, dict[str, float]]:
    """Amounts by year and item; an item on several rows of a year is their sum."""
    frame = s.tables["accounts"]
    books: dict[int, dict[str, float]] = {}
    for year, item, amount in frame[["year", "item", "amount"]].itertuples(index=False):
        book = books.setdefault(int(year), {})
        book[str(item)] = book.get(str(item), 0.0) + float(amount)
    return books


def _of_year(
    fact_id: str,
    indicator: Callable[[Year, Year], float],
    books: Mapping[int, Mapping[str, float]],
    year: int,
) -> Fact:
    try:
        value = indicator(_reader(books, year), _reader(books, year - 1))
    except KeyError:
        return unknown(fact_id, "no_rows")
    except ZeroDivisionError:
        return unknown(fact_id, "zero_base")
    return Fact(id=fact_id, value=value)


def _reader(books: Mapping[int, Mapping[str, float]], year: int) -> Year:
    """Amounts of one year by item; an item that year does not hold is a KeyError."""
    book = books.get(year, {})

    def amount(item: str) -> float:
        parts = [book[part] for part in PARTS.get(item, ()) if part in book]
        if item in book:
            return book[item]
        if not parts:
            raise KeyError(item)
        return sum(parts)

    return amount


def _positive(value: float) -> float:
    """A base to divide by; nothing or less tells no ratio."""
    if value <= 0:
        raise ZeroDivisionError
    return value


def _sales_growth(now: Year, before: Year) -> float:
    return now("sales") / _positive(before("sales")) - 1


def _operating_margin(now: Year, before: Year) -> float:
    return now("operating_profit") / _positive(now("sales"))


def _labour_productivity(now: Year, before: Year) -> float:
    return now("operating_profit") / _positive(now("employees"))


def _debt_multiple(now: Year, before: Year) -> float:
    earned = now("operating_profit") + now("depreciation")
    return (now("interest_bearing_debt") - now("cash")) / _positive(earned)


def _working_capital_months(now: Year, before: Year) -> float:
    tied = now("receivables") + now("inventory") - now("payables")
    return tied / (_positive(now("sales")) / MONTHS_A_YEAR)


def _equity_ratio(now: Year, before: Year) -> float:
    return now("equity") / _positive(now("total_assets"))


INDICATORS: Mapping[str, Callable[[Year, Year], float]] = {
    "accounts.sales_growth": _sales_growth,
    "accounts.operating_margin": _operating_margin,
    "accounts.labour_productivity_yen": _labour_productivity,
    "accounts.ebitda_debt_ratio": _debt_multiple,
    "accounts.working_capital_months": _working_capital_months,
    "accounts.equity_ratio": _equity_ratio,
}


def _period(s: Summaries, year: int) -> tuple[str, str] | None:
    """The twelve months up to the closing day where it was given."""
    frame = s.tables["accounts"]
    if "closed_on" not in frame:
        return None
    days = day_numbers(frame.loc[frame["year"].astype("int64") == year, "closed_on"])
    known = days[days == days]
    if not len(known):
        return None
    closed = day_of(float(known.max()))
    return period_after(months_before(closed, MONTHS_A_YEAR), closed)
