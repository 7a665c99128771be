"""A rate or a mean of the client against the client's own past: T3v9 and YOY for any measure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from toolkit.facts import Fact, unknown
from toolkit.measures.intervals import bounded, difference, wilson
from toolkit.measures.months import day_number, period_after
from toolkit.measures.named_tests import Sides, three_against_nine, year_on_year

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from toolkit.measures.intervals import Floats, Interval
    from toolkit.measures.months import Coverage

Side = TypeVar("Side")
TESTS: Mapping[str, Callable[[date], Sides]] = {"t3v9": three_against_nine, "yoy": year_on_year}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A figure over one stretch of time: value, its interval, and how many it rests on."""

    value: float
    interval: Interval | None
    n: int


def share(hits: int, n: int) -> Stretch:
    """A share of cases over one stretch, with Wilson's interval."""
    return Stretch(value=hits / n, interval=wilson(hits, n), n=n)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What is compared: the fact's id, its cell, and the days its table speaks for."""

    fact_id: str
    covered: Coverage
    by: Mapping[str, str | int] = field(default_factory=dict)
    table: str | None = None


def against_past(
    what: Compared, test: str, over: Callable[[date, date], Stretch | None]
) -> Iterator[Fact]:
    """``<fact>_<test>``, the difference, and ``<fact>_<test>_change``, it relative to before.

    Args:
        what: the fact compared; the test ends on the last day its table covers.
        test: ``t3v9`` (three months against the nine before) or ``yoy``.
        over: the figure over the days later than its first argument, not later than the
            second; None where nothing happened.

    Yields:
        Two facts. Unknown with reason ``immature`` where the table does not reach back, and
        ``no_rows`` where one side is empty. ``n`` is that of the smaller side.
    """

    def stated(plain: Fact, now: Stretch, before: Stretch) -> Iterator[Fact]:
        found = difference(now.value, now.interval, before.value, before.interval)
        counted = replace(plain, n=min(now.n, before.n))
        yield from changes(counted, test, (now.value, before.value), found)

    yield from by_sides(what, test, over, stated)


def by_sides(
    what: Compared,
    test: str,
    over: Callable[[date, date], Side | None],
    stated: Callable[[Fact, Side, Side], Iterator[Fact]],
) -> Iterator[Fact]:
    """Both facts of a test from its two sides, unknown where a side is not there.

    Args:
        what: the fact compared; the test ends on the last day its table covers.
        test: ``t3v9`` or ``yoy``.
        over: one side, over the days later than its first argument, not later than the second.
        stated: the facts of a bare one with cell, table and period, of now and of before.
    """
    sides = TESTS[test](what.covered.last)
    over_both = period_after(sides.before_after, sides.now_upto)
    plain = Fact(id=what.fact_id, by=what.by, table=what.table, period=over_both)
    if not what.covered.holds(sides.before_after + timedelta(days=1), sides.now_upto):
        yield from (_unknown(plain, one, "immature") for one in both_ids(what.fact_id, test))
        return
    now = over(sides.now_after, sides.now_upto)
    before = over(sides.before_after, sides.before_upto)
    if now is None or before is None:
        yield from (_unknown(plain, one, "no_rows") for one in both_ids(what.fact_id, test))
        return
    yield from stated(plain, now, before)


def both_ids(fact_id: str, test: str) -> tuple[str, str]:
    """Ids of a test's two facts: the difference, and it relative to before.

    >>> both_ids("stock.value_yen", "yoy")
    ('stock.value_yen_yoy', 'stock.value_yen_yoy_change')
    """
    return f"{fact_id}_{test}", f"{fact_id}_{test}_change"


def changes(
    plain: Fact, test: str, values: tuple[float, float], found: Interval | None
) -> Iterator[Fact]:
    """The difference of ``values`` (now, before) with its interval, and it relative to before.

    ``plain`` carries the id of the figure, cell, table, period and n. The relative change is
    unknown with ``zero_base`` where there was nothing before.
    """
    (now, before), (difference_id, change_id) = values, both_ids(plain.id, test)
    yield bounded(replace(plain, id=difference_id, value=now - before), found)
    if before == 0:
        yield _unknown(plain, change_id, "zero_base")
    else:
        yield replace(plain, id=change_id, value=(now - before) / before)


def gap(fact_id: str, now: Stretch, before: Stretch, over: tuple[str, str]) -> Fact:
    """What a figure is now less what it was, with its interval; ``n`` is the smaller side's."""
    fact = Fact(id=fact_id, value=now.value - before.value, n=min(now.n, before.n), period=over)
    return bounded(fact, difference(now.value, now.interval, before.value, before.interval))


def _unknown(plain: Fact, fact_id: str, reason: str) -> Fact:
    return unknown(fact_id, reason, by=plain.by, table=plain.table, period=plain.period, n=plain.n)


def within(days: Floats, after: date, upto: date) -> NDArray[numpy.bool_]:
    """Which day numbers are later than ``after`` and not later than ``upto``, as flags."""
    return (days >= day_number(after) + 1) & (days < day_number(upto) + 1)


def deciding(fact_id: str, cells: list[Fact], *, bad: str, min_n: int) -> Fact | None:
    """The cell that decides for a broken-down test, restated without its cell.

    Among the cells with enough cases it is the one farthest on the bad side by the bound that
    is hardest to dispute (the far end of the 95 % interval); its items list every cell wholly
    on the bad side of zero.

    Args:
        fact_id: id of the undivided fact.
        cells: facts of one test, one per cell, with one dimension in ``by``.
        bad: ``down`` where a fall is bad, ``up`` where a rise is.
        min_n: cases needed on the smaller side.
    """
    from toolkit.facts import Item

    able = [cell for cell in cells if cell.known and (cell.n or 0) >= min_n and _ends(cell)]
    if not able:
        return None

    def badness(cell: Fact) -> float:
        low, high = _ends(cell) or (0.0, 0.0)
        return -high if bad == "down" else low

    beyond = [cell for cell in able if badness(cell) > 0]
    items = tuple(
        Item(key=name, label=name, value=cell.value)
        for cell in sorted(beyond, key=badness, reverse=True)
        for name in [str(next(iter(cell.by.values())))]
    )
    return replace(max(able, key=badness), id=fact_id, by={}, items=items)


def _ends(cell: Fact) -> tuple[float, float] | None:
    if cell.low95 is None or cell.high95 is None:
        return None
    return cell.low95, cell.high95
