"""What a right reading of Aoba Satoyama-do's further books must give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta

from aoba_books import Cost
from aoba_sales import LAST, Line
from aoba_shelf import (
    GOODS,
    account_rows,
    advertising_rows,
    empty_days,
    lowest_balance,
    stock_rows,
)


def _share(flags: Iterable[bool]) -> float:
    known = list(flags)
    return sum(known) / len(known)


def shelf_facts(
    lines: Sequence[Line], torn: Sequence[str], costs: Sequence[Cost]
) -> dict[str, float]:
    """Stock, days without the best sellers, the price of a customer, accounts and cash."""
    rows = stock_rows(lines)
    last = {name: left for _, name, left in rows}
    best = _best_sellers(lines, torn)
    year = [LAST - timedelta(days=back) for back in range(365)]
    gone = empty_days()
    spent: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for _, medium, amount, won in advertising_rows(costs, lines):
        spent[medium][0] += amount
        spent[medium][1] += won
    books = {(when, item): yen for when, item, yen, _ in account_rows(costs, lines)}
    return {
        "stock.value_yen": sum(left * GOODS[name][0] for name, left in last.items()),
        "stock.out_days_share_a": _share((name, day) in gone for name in best for day in year),
        **{f"acquisition.cpo[channel={m}]": yen / won for m, (yen, won) in spent.items()},
        "accounts.sales_growth": books[2025, "売上高"] / books[2024, "売上高"] - 1,
        "accounts.operating_margin": books[2025, "営業利益"] / books[2025, "売上高"],
        "cash.week13_min_yen": lowest_balance(),
    }


def _best_sellers(lines: Sequence[Line], torn: Sequence[str]) -> list[str]:
    """The products that make up the first 80 % of the sales of the last twelve months."""
    sums: dict[str, int] = defaultdict(int)
    for line in lines:
        counts = line.state != "キャンセル" and line.order not in torn
        if counts and line.day > LAST.replace(year=LAST.year - 1):
            sums[line.product] += line.amount
    found: list[str] = []
    run, whole = 0, sum(sums.values())
    for name, amount in sorted(sums.items(), key=lambda pair: -pair[1]):
        run += amount
        if run <= 0.8 * whole:
            found.append(name)
    return found
