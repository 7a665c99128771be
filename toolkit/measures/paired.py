"""Rates of the same accounts in two stretches of time: their difference, account by account."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from toolkit.facts import Fact
from toolkit.measures.compare import Compared, by_sides, changes
from toolkit.measures.intervals import both_levels

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.intervals import Floats, Interval


def accounts_against_past(
    what: Compared,
    test: str,
    over: Callable[[date, date], pandas.DataFrame],
    tests: int = 1,
) -> Iterator[Fact]:
    """``<fact>_<test>``, the difference of Σ top ÷ Σ bottom, and ``<fact>_<test>_change``.

    Most accounts stand on both sides, so each counts once with what it moved: an account that
    uses the product little does so before and after, and is no sign of a change.

    Args:
        what: the fact compared; the test ends on the last day its table covers.
        test: ``t3v9`` or ``yoy``.
        over: columns top and bottom by account, over the days later than its first argument,
            not later than the second.
        tests: measures looked at together, which share the error between them.

    Yields:
        Two facts, unknown with ``immature`` where the table does not reach back, ``no_rows``
        where one side is empty, ``zero_base`` for the relative change on nothing. ``n`` is the
        number of accounts of the smaller side.
    """

    def side(after: date, upto: date) -> pandas.DataFrame | None:
        found = over(after, upto)
        return found if len(found) and float(found["bottom"].sum()) > 0 else None

    def stated(plain: Fact, now: pandas.DataFrame, before: pandas.DataFrame) -> Iterator[Fact]:
        counted = replace(plain, n=min(len(now), len(before)))
        values = _pooled(now), _pooled(before)
        yield from changes(counted, test, values, paired_interval(now, before, tests))

    yield from by_sides(what, test, side, stated)


def paired_interval(
    now: pandas.DataFrame, before: pandas.DataFrame, tests: int = 1
) -> Interval | None:
    """Interval of the difference of two pooled ratios whose accounts overlap.

    Each frame has columns top and bottom by account; the standard error is that of the sum of
    the accounts' influences, one account one draw. None below two accounts.
    """
    both = now.add_suffix("_now").join(before.add_suffix("_before"), how="outer").fillna(0.0)
    moved = _influence(both, "now") - _influence(both, "before")
    n = len(moved)
    if n < 2:
        return None
    error = float((moved**2).sum() * n / (n - 1)) ** 0.5
    gap = _pooled(now) - _pooled(before)
    from scipy.special import stdtrit

    def bounds(level: float) -> tuple[float, float]:
        half = float(stdtrit(n - 1, 0.5 + level / 2)) * error
        return gap - half, gap + half

    return both_levels(bounds, tests)


def _influence(both: pandas.DataFrame, side: str) -> Floats:
    top, bottom = (both[f"{name}_{side}"].to_numpy(float) for name in ("top", "bottom"))
    total = float(bottom.sum())
    made: Floats = (top - float(top.sum()) / total * bottom) / total
    return made


def _pooled(frame: pandas.DataFrame) -> float:
    return float(frame["top"].sum()) / float(frame["bottom"].sum())
