"""The facts of a journey map: what is missing, doubled, joined by hand or unevenly borne."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.facts import Fact, Item, unknown
from toolkit.frameworks.journey_step import Seam, Step, seams
from toolkit.frameworks.setting import object_entry

PURPOSES = ("order_handover", "customer_info", "schedule", "report", "urgent")
LIMITS = (
    "seam_per_day_floor",
    "working_days_per_month",
    "load_people_floor",
    "scattered_means_floor",
)


def journey_facts(
    steps: Sequence[Step] | None,
    staff: Mapping[str, float] | None,
    means: Mapping[str, float] | None,
    limits: Mapping[str, float],
) -> tuple[Fact, ...]:
    """All journey facts, unknown ones with the table or question they need.

    Args:
        steps: of the map, None where there is none.
        staff: working time by person, full time = 1.
        means: number of internal means by purpose.
        limits: the thresholds named in ``LIMITS``.
    """
    given = tuple(sorted(steps or (), key=lambda step: step.no or 0))
    return (
        _side_missing(given),
        _unassigned(given),
        _double_entry(given),
        _double_entry_hours(given, limits),
        _manual_seams(given),
        _seam_hours(given, limits),
        _stock_seam_hours(given, limits),
        *_load(given, staff, limits),
        _after_arrival(given),
        _scattered(means, limits),
    )


def loads(steps: Sequence[Step]) -> dict[str, float]:
    """Minutes a day by hand of each person, the largest first; time of machines is no load."""
    found: dict[str, float] = {}
    for step in steps:
        minutes = step.minutes_per_day
        if step.mode == "manual" and step.side != "customer" and minutes is not None:
            for actor in step.actors:
                found[actor] = found.get(actor, 0.0) + minutes / len(step.actors)
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def _fact(name: str, value: float, unit: str, steps: Sequence[Step], **fields: Any) -> Fact:
    return Fact(
        id=f"journey.{name}",
        value=value,
        unit=unit,
        table="journey",
        rows_total=len(steps),
        basis="derived",
        needs=("journey",),
        **{"n": len(steps), **fields},
    )


def _none(name: str, unit: str, reason: str = "no_table", need: str = "journey") -> Fact:
    return unknown(f"journey.{name}", reason, unit=unit, needs=(need,), basis="derived")


def _items(steps: Sequence[Step]) -> tuple[Item, ...]:
    return tuple(Item(key=str(step.no), label=step.name, value=step.actor) for step in steps)


def _side_missing(steps: Sequence[Step]) -> Fact:
    if not steps:
        return _none("side_missing_share", "share")
    mixed = [step for step in steps if step.side not in ("customer", "company")]
    return _fact("side_missing_share", len(mixed) / len(steps), "share", steps, items=_items(mixed))


def _unassigned(steps: Sequence[Step]) -> Fact:
    company = [step for step in steps if step.by_company]
    if not company:
        return _none("unassigned_count", "count", "no_rows" if steps else "no_table")
    open_steps = [step for step in company if len(step.actors) != 1]
    return _fact(
        "unassigned_count",
        len(open_steps),
        "count",
        steps,
        n=len(company),
        items=_items(open_steps),
    )


def _double_entry(steps: Sequence[Step]) -> Fact:
    if not any(step.data_out for step in steps):
        return _none("double_entry_count", "count", "no_column" if steps else "no_table")
    again = _entered_again(steps)
    if not again and any(step.data_out and _may_be_ours_by_hand(step) for step in steps):
        return _none("double_entry_count", "count", "no_column")
    return _fact(
        "double_entry_count",
        len(again),
        "count",
        steps,
        items=tuple(Item(key=str(s.no), label=f"{s.name}: {e}", value=s.tool) for s, e in again),
    )


def _entered_again(steps: Sequence[Step]) -> list[tuple[Step, str]]:
    """What the company enters by hand although a step before did, with the step."""
    first: set[str] = set()
    again: list[tuple[Step, str]] = []
    for step in steps:
        for entry in step.entered:
            if entry in first and step.by_company:
                again.append((step, entry))
            first.add(entry)
    return again


def _double_entry_hours(steps: Sequence[Step], limits: Mapping[str, float]) -> Fact:
    """Hours a month of steps that enter nothing new: of others the part that could go is unknown.

    A step that sets up a contract and notes its number again takes long for other reasons.
    """
    name = "double_entry_hours"
    count = _double_entry(steps)
    if not count.known:
        return _none(name, "hours", count.reason or "no_column")
    again = _entered_again(steps)
    kept = dict.fromkeys(step for step, _ in again)
    plain = [step for step in kept if sum(one is step for one, _ in again) == len(step.entered)]
    timed = [step for step in plain if step.minutes_per_day is not None]
    if again and not timed:
        return _none(name, "hours", "no_column" if plain else "not_split")
    return _hours(name, steps, timed, limits)


def _hours(
    name: str, steps: Sequence[Step], timed: Sequence[Step], limits: Mapping[str, float]
) -> Fact:
    """Hours a month that steps take in all."""
    minutes = sum(step.minutes_per_day or 0.0 for step in timed)
    hours = minutes * limits["working_days_per_month"] / 60
    items = tuple(Item(key=str(s.no), label=s.name, value=s.minutes_per_day) for s in timed)
    return _fact(name, hours, "hours", steps, n=len(timed), items=items)


def _stock_seam_hours(steps: Sequence[Step], limits: Mapping[str, float]) -> Fact:
    """Hours a month of steps that join orders and stock by hand (S3-27)."""
    name = "stock_seam_hours"
    manual, open_joints = _manual(steps)
    found = [joint.after for joint in manual if joint.joins_stock]
    timed = [step for step in found if step.minutes_per_day is not None]
    if not steps or (not timed and (found or open_joints)):
        return _none(name, "hours", "no_column" if steps else "no_table")
    return _hours(name, steps, timed, limits)


def _may_be_ours_by_hand(step: Step) -> bool:
    """Whether the map leaves open that the company does this step by hand."""
    return (
        step.side != "customer" and step.mode != "auto" and (step.side is None or step.mode is None)
    )


def _manual(steps: Sequence[Step]) -> tuple[list[Seam], int]:
    """Joints by hand, and how many more may be: their later step tells no side or no mode."""
    joints = seams(steps)
    open_joints = sum(j.mode is None for j in joints)
    open_joints += sum(step.side is None and _may_be_ours_by_hand(step) for step in steps[1:])
    return [j for j in joints if j.mode == "manual"], open_joints


def _seam_items(joints: Sequence[Seam]) -> tuple[Item, ...]:
    return tuple(
        Item(key=j.key, label=f"{j.before.name} → {j.after.name}", value=j.after.minutes_per_day)
        for j in joints
    )


def _manual_seams(steps: Sequence[Step]) -> Fact:
    manual, open_joints = _manual(steps)
    if not steps or (not manual and open_joints):
        return _none("manual_seam_count", "count", "no_column" if steps else "no_table")
    return _fact("manual_seam_count", len(manual), "count", steps, items=_seam_items(manual))


def _seam_hours(steps: Sequence[Step], limits: Mapping[str, float]) -> Fact:
    """Hours a month of manual seams met often enough; a seam without figures is no zero."""
    manual, open_joints = _manual(steps)
    often = [j for j in manual if (j.after.per_day or 0) >= limits["seam_per_day_floor"]]
    timed = [j for j in often if j.after.minutes is not None]
    silent = open_joints + sum(
        j.after.per_day is None or (j in often and j not in timed) for j in manual
    )
    if not steps or (not timed and silent):
        return _none("manual_seam_hours", "hours", "no_column" if steps else "no_table")
    days = limits["working_days_per_month"]
    hours = sum((j.after.minutes_per_day or 0.0) * days / 60 for j in timed)
    return _fact("manual_seam_hours", hours, "hours", steps, n=len(timed), items=_seam_items(timed))


def _load(
    steps: Sequence[Step], staff: Mapping[str, float] | None, limits: Mapping[str, float]
) -> tuple[Fact, Fact]:
    units = {"load_max_ratio": "ratio", "load_gini_fte": "index"}
    found = loads(steps)
    times = {actor: (staff or {}).get(actor) for actor in found}
    gap = _load_gap(steps, found, times, limits["load_people_floor"])
    if gap is not None:
        reason, need = gap
        ratio, gini = (_none(name, unit, reason, need) for name, unit in units.items())
        return ratio, gini
    loaded = sorted(
        ((actor, minutes / float(times[actor] or 1)) for actor, minutes in found.items()),
        key=lambda pair: -pair[1],
    )
    mean = sum(load for _, load in loaded) / len(loaded)
    values = {"load_max_ratio": loaded[0][1] / mean, "load_gini_fte": _gini(loaded)}
    items = tuple(Item(key=actor, label=actor, value=load) for actor, load in loaded)
    ratio, gini = (
        _fact(name, values[name], unit, steps, n=len(loaded), items=items)
        for name, unit in units.items()
    )
    return ratio, gini


def _load_gap(
    steps: Sequence[Step],
    found: Mapping[str, float],
    times: Mapping[str, float | None],
    people: float,
) -> tuple[str, str] | None:
    """Why the load per person cannot be compared, and what is needed; None where it can."""
    if not steps:
        return "no_table", "journey"
    if not any(found.values()):
        return "no_column", "journey"
    if len(found) < people:
        return "small_n", "journey"
    if not all(times.values()):
        return "not_asked", "q.jrn.staff"
    return None


def _gini(loaded: Sequence[tuple[str, float]]) -> float:
    """Gini of the loads: Σ|xi − xj| ÷ (2 n Σx).

    >>> _gini([("a", 1.0), ("b", 1.0)]), _gini([("a", 1.0), ("b", 0.0)])
    (0.0, 0.5)
    """
    values = [load for _, load in loaded]
    apart = sum(abs(left - right) for left in values for right in values)
    return apart / (2 * len(values) * sum(values))


def _after_arrival(steps: Sequence[Step]) -> Fact:
    name = "after_arrival_actions_count"
    if not steps:
        return _none(name, "count")
    standard = object_entry("journey")
    pattern = re.compile(str(standard["arrival"]), re.IGNORECASE)
    arrivals = [s.no or 0 for s in steps if s.side != "company" and pattern.search(s.name)]
    if not arrivals and len(steps) > standard["steps"]:
        return _none(name, "count", "not_stated")
    arrival = arrivals[-1] if arrivals else standard["arrival_step"]
    after = [step for step in steps if step.by_company and (step.no or 0) > arrival]
    return _fact(name, len(after), "count", steps, items=_items(after))


def _scattered(means: Mapping[str, float] | None, limits: Mapping[str, float]) -> Fact:
    fact_id, needs = "journey.scattered_purposes_count", ("q.jrn.comm_tools",)
    given = means or {}
    floor = limits["scattered_means_floor"]
    many = [(purpose, count) for purpose, count in given.items() if count >= floor]
    if not many and any(purpose not in given for purpose in PURPOSES):
        return unknown(fact_id, "not_asked", unit="count", needs=needs, basis="said")
    return Fact(
        id=fact_id,
        value=len(many),
        unit="count",
        n=len(given),
        basis="said",
        needs=needs,
        items=tuple(Item(key=purpose, label=purpose, value=count) for purpose, count in many),
    )
