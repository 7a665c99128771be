"""What stands out in a customer's journey: steps without a hand, loops, double entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from toolkit.intake.mappings.columns import word_form
from toolkit.intake.notes import Note
from toolkit.intake.rows.working import Working

Step = Mapping[str, str | None]
COLUMNS = ("step_no", "actor", "mode", "data_in", "data_out")


def journey_warnings(works: Sequence[Working]) -> tuple[Note, ...]:
    """Warnings of a journey table.

    ``no_owner`` counts steps without an actor, ``cycle`` names the steps of a loop of data,
    ``duplicate_entry`` counts second and later manual entries of the same data.
    """
    steps = [step for work in works for step in _steps(work)]
    delivered = any("actor" in work.columns for work in works)
    nobody = sum(step["actor"] is None for step in steps) if delivered else 0
    again = _entered_again(steps)
    notes = [Note(code="no_owner", count=nobody)] if nobody else []
    notes += [Note(code="cycle", params={"detail": _span(cycle, steps)}) for cycle in cycles(steps)]
    notes += [Note(code="duplicate_entry", count=again)] if again else []
    return tuple(notes)


def _steps(work: Working) -> list[Step]:
    blank = [None] * len(work.live())
    columns = [work.values(name).to_pylist() if name in work.columns else blank for name in COLUMNS]
    return [dict(zip(COLUMNS, row, strict=True)) for row in zip(*columns, strict=True)]


def _entered_again(steps: Sequence[Step]) -> int:
    entered = Counter(
        word_form(step["data_out"])
        for step in steps
        if step["mode"] == "manual" and step["data_out"] is not None
    )
    return sum(count - 1 for count in entered.values())


def cycles(steps: Sequence[Step]) -> list[list[int]]:
    """Groups of steps that feed each other in a loop, as sorted indexes, longest chain aside.

    A step feeds another that takes in what it gives out; a step that feeds itself is no loop.
    """
    makers: dict[str, list[int]] = {}
    for index, step in enumerate(steps):
        if step["data_out"] is not None:
            makers.setdefault(word_form(step["data_out"]), []).append(index)
    fed_by = [
        [maker for maker in makers.get(word_form(step["data_in"] or ""), []) if maker != index]
        for index, step in enumerate(steps)
    ]
    reach = [_reachable(index, fed_by) for index in range(len(steps))]
    loops: dict[int, list[int]] = {}
    for index in range(len(steps)):
        if index in reach[index]:
            group = sorted(other for other in reach[index] if index in reach[other])
            loops.setdefault(group[0], group)
    return list(loops.values())


def _reachable(index: int, edges: Sequence[Sequence[int]]) -> set[int]:
    seen: set[int] = set()
    waiting = list(edges[index])
    while waiting:
        step = waiting.pop()
        if step not in seen:
            seen.add(step)
            waiting.extend(edges[step])
    return seen


def _span(cycle: Sequence[int], steps: Sequence[Step]) -> str:
    """Steps as their numbers: 2-5 where they follow each other, else listed."""
    numbers = [str(steps[index]["step_no"]) for index in cycle]
    if cycle[-1] - cycle[0] == len(cycle) - 1:
        return f"{numbers[0]}-{numbers[-1]}"
    return ", ".join(numbers)
