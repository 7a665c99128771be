"""Accounts that pay the same while buying became dearer (仕入上昇を反映できていない取引先)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING

from toolkit.facts import Fact, Item, not_applicable, unknown
from toolkit.measures.compare import deciding
from toolkit.measures.costs import monthly_costs
from toolkit.measures.house import size
from toolkit.measures.intervals import both_levels, bounded, ratio_error
from toolkit.measures.lines import twelve_full_months, well_known
from toolkit.measures.months import MONTHS_A_YEAR, month_end, month_number, period_after
from toolkit.measures.orders import between

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.intervals import Floats, Interval
    from toolkit.measures.months import Coverage
    from toolkit.measures.summaries import Summaries

RATE, RATE_YOY = "tob.account_margin_rate", "tob.account_margin_rate_yoy"
LOSS = "tob.account_margin_loss_yen"
TESTED = (RATE_YOY, LOSS)
NEEDS, BOOKED = ("orders", "products"), ("orders", "products", "costs")
LEAST_ORDERS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year's orders of known accounts and costs, their lines, and how dear buying was.

    ``booked`` and ``standard`` are the cost of goods by month in the books and by the list.
    """

    orders: pandas.DataFrame
    lines: pandas.DataFrame
    booked: Floats
    standard: Floats

    @property
    def dearer(self) -> float:
        """Booked ÷ standard cost: what buying cost against the list."""
        return float(self.booked.sum() / self.standard.sum())

    @property
    def residuals(self) -> Floats:
        """What each month adds to the deviation of ``dearer`` (linearised)."""
        made: Floats = (self.booked - self.dearer * self.standard) / self.standard.sum()
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """Margin of one account in one year: rate, its error by orders, weight of goods, orders."""

    rate: float
    error: float
    goods: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """How an account's margin rate moved, its error by orders, weight of goods, fewer orders."""

    account: str
    gap: float
    error: float
    goods: float
    n: int


def change_facts(
    s: Summaries, orders: pandas.DataFrame, lines: pandas.DataFrame, covered: Coverage
) -> Iterator[Fact]:
    """Margin rate of this year minus last year's, by account with unit prices unchanged.

    A list of products has one cost each, today's. What buying cost in each year stands in the
    books, so standard costs are scaled by booked ÷ standard cost of the year; the months of
    the books carry their own error. The undivided fact is the account that fell most surely.
    """
    last = month_number(twelve_full_months(covered).upto)
    over = period_after(month_end(last - 2 * MONTHS_A_YEAR), month_end(last))
    years = [_year(s, orders, lines, covered, end) for end in (last, last - MONTHS_A_YEAR)]
    now, before = years
    if isinstance(now, str) or isinstance(before, str):
        reason = next(year for year in years if isinstance(year, str))
        yield from (unknown(one, reason, needs=BOOKED, period=over) for one in TESTED)
        return
    counts = now.orders["customer_id"].value_counts(), before.orders["customer_id"].value_counts()
    fewer = counts[0].combine(counts[1], min, fill_value=0)
    regular = [str(account) for account in sorted(fewer.index[fewer >= LEAST_ORDERS])]
    if not regular:
        n = int(fewer.max()) if len(fewer) else 0
        yield from (unknown(one, "small_n", n=n, period=over) for one in TESTED)
        return
    still = [account for account in regular if _price_stood(s, now, before, account)]
    if not still:
        for one in TESTED:
            yield not_applicable(one, period=over)
        return
    books, falls = _books_error(now, before), [_fall(now, before, one) for one in still]
    cells = [_cell(fall, books, over, len(falls)) for fall in falls]
    yield from cells
    decided = deciding(RATE_YOY, cells, bad="down", min_n=LEAST_ORDERS)
    if decided is not None:
        yield decided
    yield _loss(now, falls, cells, books, over)


def _year(
    s: Summaries,
    orders: pandas.DataFrame,
    lines: pandas.DataFrame,
    covered: Coverage,
    last: int,
) -> Year | str:
    """Twelve full months up to a month number, or why they cannot be had."""
    costs = monthly_costs(s)
    if costs is None or "cogs" not in costs.items.columns:
        return "no_rows" if s.has("costs") else "no_table"
    months, booked = range(last - MONTHS_A_YEAR + 1, last + 1), costs.items["cogs"].dropna()
    after, upto = month_end(last - MONTHS_A_YEAR), month_end(last)
    if not covered.holds(after, upto) or not set(months) <= set(booked.index):
        return "immature"
    every = between(orders, after, upto)
    costed = every[every["goods_cost"].notna()]
    sales, known = float(every["amount"].sum()), float(costed["amount"].sum())
    standard = costed.groupby("month_no")["goods_cost"].sum().reindex(months, fill_value=0.0)
    if standard.sum() <= 0 or not well_known(s, known, sales):
        return "no_margin"
    return Year(
        orders=costed[costed["customer_id"].notna()],
        lines=between(lines, after, upto),
        booked=booked.loc[list(months)].to_numpy(float) * known / sales,
        standard=standard.to_numpy(float),
    )


def _fall(now: Year, before: Year, account: str) -> Fall:
    new, old = _margin(now, account), _margin(before, account)
    return Fall(
        account=account,
        gap=new.rate - old.rate,
        error=hypot(new.error, old.error),
        goods=(new.goods + old.goods) / 2,
        n=min(new.n, old.n),
    )


def _books_error(now: Year, before: Year) -> float:
    """Error of how much dearer buying became, per yen of goods: it moves all accounts alike."""
    shift = now.residuals - before.residuals
    return float(shift.std(ddof=1) * MONTHS_A_YEAR**0.5)


def _cell(fall: Fall, books: float, over: tuple[str, str], tests: int) -> Fact:
    fact = Fact(
        id=RATE_YOY,
        value=fall.gap,
        n=fall.n,
        by={"account": fall.account},
        period=over,
        table="orders",
    )
    return bounded(fact, _interval(fall.gap, hypot(fall.error, books * fall.goods), tests))


def _interval(gap: float, error: float, tests: int) -> Interval:
    """Student's with eleven degrees, those of the twelve months of the books."""
    from scipy.special import stdtrit

    def bounds(level: float) -> tuple[float, float]:
        half = float(stdtrit(MONTHS_A_YEAR - 1, 0.5 + level / 2)) * error
        return gap - half, gap + half

    return both_levels(bounds, tests)


def _margin(year: Year, account: str) -> Margin:
    theirs = year.orders[year.orders["customer_id"] == account]
    sales, goods = theirs["amount"].to_numpy(float), theirs["goods_cost"].to_numpy(float)
    left = sales - year.dearer * goods
    return Margin(
        rate=float(left.sum() / sales.sum()),
        error=ratio_error(left, sales) or 0.0,
        goods=float(goods.sum() / sales.sum()),
        n=len(sales),
    )


def _loss(
    now: Year, falls: list[Fall], cells: list[Fact], books: float, over: tuple[str, str]
) -> Fact:
    """What the falls that are certain at 95 % cost in the last year, in yen.

    Orders err account by account, the books all at once.
    """
    sales = now.orders.groupby("customer_id")["amount"].sum().astype(float).to_dict()
    sure = {str(c.by["account"]) for c in cells if c.high95 is not None and c.high95 < 0}
    found = [fall for fall in falls if fall.account in sure]
    lost = {fall.account: -fall.gap * sales[fall.account] for fall in found}
    worst = sorted(lost, key=lambda account: (-lost[account], account))
    items = tuple(Item(key=account, label=account, value=lost[account]) for account in worst)
    value = sum(lost.values())
    fact = Fact(id=LOSS, value=value, n=len(cells), period=over, items=items)
    if not found:
        return fact
    own = hypot(*(fall.error * sales[fall.account] for fall in found))
    common = books * sum(fall.goods * sales[fall.account] for fall in found)
    return bounded(fact, _interval(value, hypot(own, common), 1))


def _price_stood(s: Summaries, now: Year, before: Year, account: str) -> bool:
    """Whether the account paid the same for what it bought in both years, within a size.

    Today's quantities at today's unit prices ÷ the same at last year's; goods bought in both
    years must make up half of what was bought.
    """
    new, old = (_unit_prices(year, account) for year in (now, before))
    both = new.join(old.add_suffix("_old"), how="inner")
    spent = float((both["price"] * both["quantity"]).sum())
    whole = float((new["price"] * new["quantity"]).sum())
    then = float((both["price_old"] * both["quantity"]).sum())
    if whole <= 0 or then <= 0 or spent < whole / 2:
        return False
    return abs(spent - then) <= size(s, "price_stood_still") * then


def _unit_prices(year: Year, account: str) -> pandas.DataFrame:
    """Price of a unit (mean of the year) and quantity by product."""
    theirs = year.orders.loc[year.orders["customer_id"] == account, "order_id"]
    lines = year.lines[year.lines["order_id"].isin(theirs)]
    lines = lines.dropna(subset=["product", "quantity", "amount"])
    sums = lines.groupby("product")[["quantity", "amount"]].sum()
    sums = sums[(sums["quantity"] > 0) & (sums["amount"] > 0)]
    made: pandas.DataFrame = sums.assign(price=sums["amount"] / sums["quantity"])
    return made[["price", "quantity"]]
