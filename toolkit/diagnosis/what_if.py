"""What if a figure were another: the same driver tree as findings and plan, moved by hand."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.diagnosis.worth import constants
from toolkit.errors import UsageError
from toolkit.facts import Fact
from toolkit.impact.joint import difference
from toolkit.impact.tree import Tree, build_tree

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.diagnosis.document import Diagnosis

NODES = ("profit", "cash", "capacity", "hours", "sales", "margin", "break_even_cpo")
ROOT = "profit"
MONTHS = 12
MOST_BARS = 15
COLLECTION = "receivables.dso_days"
DAYS_A_MONTH = 30.0
NEAR = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A fact set by hand: its key, the value as it stands, and the value tried."""

    fact: str
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of the tornado: yearly profit gained or lost at the two ends of a fact.

    ``low`` and ``high`` are the ends of the fact's 80 % interval, or 10 % to either side where
    it is exact (``sampled`` False).
    """

    fact: str
    low: float
    high: float
    profit_low: float
    profit_high: float
    sampled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """Cash at the end of one month from now: the change, and the balance where a plan has it."""

    month: int
    change: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """Yen before and after some facts are set, and what moves the profit most.

    ``before``, ``after`` and ``delta`` hold profit (a year's contribution less advertising and
    systems), cash (once), capacity (a year's cost of hours) and hours (a month), both as gains
    against today, sales, margin and the break-even cost of a new customer. A level that is not
    known is None; its delta stands where what moves it is known. ``cash`` is the cumulated change
    of cash by month.
    """

    set: tuple[Setting, ...]
    before: Mapping[str, float | None]
    after: Mapping[str, float | None]
    delta: Mapping[str, float | None]
    tornado: tuple[Bar, ...]
    cash: tuple[Month, ...]
    currency: str = "JPY"

    def to_frame(self) -> pd.DataFrame:
        """Before, after and delta by node."""
        import pandas as pd

        frames = {"before": self.before, "after": self.after, "delta": self.delta}
        return pd.DataFrame({name: dict(values) for name, values in frames.items()})

    def _repr_html_(self) -> str:
        from toolkit.diagnosis.what_if_view import what_if_html

        return what_if_html(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A diagnosis made ready to be asked many times: its tree, its drivers, its tornado."""

    diagnosis: Diagnosis
    tree: Tree
    drivers: tuple[str, ...]
    before: Mapping[str, float | None]
    tornado: tuple[Bar, ...]

    def what_if(self, settings: Mapping[str, float]) -> WhatIf:
        """What the year would be with some facts set to other values, as ``what_if`` tells it."""
        tree, before = self.tree, self.before
        for key in settings:
            _check(key, self.diagnosis, tree, self.drivers)
        made = tuple(
            Setting(fact=key, before=tree.base[key], after=float(value))
            for key, value in settings.items()
        )
        moves = {one.fact: one.after - one.before for one in made}
        delta = {node: _gain(tree, node, moves) for node in NODES}
        after = {
            node: None if before[node] is None else (before[node] or 0.0) + (delta[node] or 0.0)
            for node in NODES
        }
        return WhatIf(
            set=made,
            before=before,
            after=after,
            delta=delta,
            tornado=self.tornado,
            cash=tuple(_cash(self.diagnosis, delta)),
        )


def trial(diagnosis: Diagnosis) -> Trial:
    """A diagnosis made ready for ``Trial.what_if``: the work that no setting changes is done."""
    tree = tree_of(diagnosis)
    return Trial(
        diagnosis=diagnosis,
        tree=tree,
        drivers=tree.drivers(),
        before={node: tree.level(node) for node in NODES},
        tornado=tornado(diagnosis, tree),
    )


def what_if(diagnosis: Diagnosis, settings: Mapping[str, float]) -> WhatIf:
    """What the year would be with some facts set to other values.

    Args:
        diagnosis: from ``diagnose`` or ``load``.
        settings: values by the fact's id, or its key ``id[k=v]``.

    Raises:
        UsageError: a fact does not exist (``unknown_fact``), its value is not known
            (``whatif_unknown``), or nothing hangs on it (``whatif_no_effect``).
    """
    return trial(diagnosis).what_if(settings)


def targets(diagnosis: Diagnosis, *codes: str) -> dict[str, float]:
    """Facts set to where the findings' gaps are closed, as ``what_if`` takes them.

    Where two findings move one fact, the farther target counts. Without codes it is all
    findings of the joint sum of profit, cash and capacity.
    """
    chosen = [
        finding.yen
        for finding in diagnosis.judged
        if finding.yen is not None
        and finding.yen.gap is not None
        and (finding.id in codes if codes else finding.yen.moved)
    ]
    found: dict[str, float] = {}
    reach: dict[str, float] = {}
    for yen in chosen:
        for step in yen.steps:
            if abs(step.target - step.now) > reach.get(step.fact, 0.0):
                reach[step.fact], found[step.fact] = abs(step.target - step.now), step.target
    return found


def tree_of(diagnosis: Diagnosis) -> Tree:
    """The driver tree that a diagnosis' yen were read from."""
    own = dict(diagnosis.client.get("thresholds") or {})
    return build_tree(diagnosis.facts, diagnosis.content, own)


def tornado(diagnosis: Diagnosis, tree: Tree) -> tuple[Bar, ...]:
    """The facts that move the yearly profit most, the widest bar first; at most fifteen."""
    own = dict(diagnosis.client.get("thresholds") or {})
    step = constants(diagnosis.facts, diagnosis.content, own)("tornado_step")
    bars = [
        bar
        for key in tree.drivers(by_hand=False)
        if (bar := _bar(diagnosis.facts.get(key), tree, step)) is not None
    ]
    wide = sorted(bars, key=lambda bar: (-abs(bar.profit_high - bar.profit_low), bar.fact))
    return tuple(wide[:MOST_BARS])


def _bar(fact: Fact | None, tree: Tree, step: float) -> Bar | None:
    value = None if fact is None else fact.number
    if fact is None or value is None:
        return None
    low, high = fact.low, fact.high
    sampled = low is not None and high is not None
    if low is None or high is None:
        low, high = sorted((value * (1 - step), value * (1 + step)))
    ends = [float(difference(tree, ROOT, {fact.key: end - value})) for end in (low, high)]
    if not any(ends):
        return None
    return Bar(
        fact=fact.key,
        low=low,
        high=high,
        profit_low=ends[0],
        profit_high=ends[1],
        sampled=sampled,
    )


def _check(key: str, diagnosis: Diagnosis, tree: Tree, drivers: Iterable[str]) -> None:
    fact = diagnosis.facts.get(key)
    drivers = tuple(drivers)
    if fact is None:
        known = [*drivers, *diagnosis.facts]
        raise UsageError("unknown_fact", params={"key": key, "near": _near(key, known)})
    if key not in tree.base:
        raise UsageError("whatif_unknown", params={"key": key})
    if key not in drivers:
        raise UsageError("whatif_no_effect", params={"key": key, "near": _near(key, drivers)})


def _near(key: str, names: Iterable[str]) -> str:
    found = difflib.get_close_matches(key, list(dict.fromkeys(names)), n=NEAR, cutoff=0.3)
    return ", ".join(found)


def _gain(tree: Tree, node: str, moves: Mapping[str, float]) -> float | None:
    """What a node gains, also where its level is not known; None where nothing makes it up."""
    return float(difference(tree, node, moves)) if node in tree.terms else None


def _cash(diagnosis: Diagnosis, delta: Mapping[str, float | None]) -> Iterator[Month]:
    """Profit comes evenly and is collected as late as today; cash freed once, in the first month.

    Costs of actions are no part of it: a fact is set here, not an action taken.
    """
    late = (diagnosis.facts.number(COLLECTION) or 0.0) / DAYS_A_MONTH
    profit, once = delta["profit"] or 0.0, delta["cash"] or 0.0
    for month in range(1, MONTHS + 1):
        yield Month(month=month, change=once + profit / MONTHS * max(0.0, month - late))
