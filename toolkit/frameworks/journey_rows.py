"""What a journey map shows of itself: stages, steps, seams, assignees, tools, data, load."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from toolkit.facts import Fact
from toolkit.frameworks.framework import Row
from toolkit.frameworks.journey_step import Seam, Step

STAGES = ("list_flow", "assign", "rearrange")
"""Three stages are described; the list stays open."""


def stage_rows(states: Mapping[str, str | None]) -> tuple[Row, ...]:
    """How far each stage is come; what the source does not give yet stands open."""
    return (
        *(
            Row(part="stages", item=name, value=state, items="journey_stage", codes="stage_state")
            for name, state in states.items()
        ),
        Row(part="stages", item="later", items="journey_stage", open=True),
    )


def step_rows(steps: Sequence[Step] | None) -> tuple[Row, ...]:
    """Each step with its side and mode; beside step 11 of the standard flow its touchpoints."""
    if not steps:
        return (Row(part="steps"),)
    return tuple(
        Row(
            part="steps",
            item=f"{step.no} {step.name}",
            value=(step.mode or step.side) if step.side == "company" else step.side,
            codes="step_kind",
            note="+".join(step.touchpoints),
            notes="touchpoints",
        )
        for step in steps
    )


def assignee_rows(steps: Sequence[Step] | None, fact: Fact) -> tuple[Row, ...]:
    """Company steps with exactly one accountable person, and each that has none or several."""
    if not fact.known or not steps:
        return (Row(part="accountable"),)
    by_no = {str(step.no): step for step in steps}
    one = Row(part="accountable", item="one", value=(fact.n or 0) - len(fact.items), unit="count")
    apart = (by_no[item.key] for item in fact.items)
    return (
        Row(part=one.part, item=one.item, value=one.value, unit="count", items="accountable"),
        *(
            Row(
                part="accountable",
                item=f"{step.no} {step.name}",
                value="several" if step.actors else "nobody",
                codes="accountable",
            )
            for step in apart
        ),
    )


def seam_rows(seams: Sequence[Seam]) -> tuple[Row, ...]:
    """Joints by kind, and each joint of orders and stock that is made by hand."""
    if not seams:
        return (Row(part="seams"),)
    kinds = Counter(seam.mode or "not_told" for seam in seams)
    return (
        *(
            Row(part="seams", item=kind, value=kinds[kind], unit="count", items="seam_kind")
            for kind in ("auto", "manual", "none", "not_told")
            if kinds[kind]
        ),
        *(
            Row(
                part="seams",
                item=f"{seam.before.name} → {seam.after.name}",
                value="link_stock",
                codes="seam_lever",
            )
            for seam in seams
            if seam.mode == "manual" and seam.joins_stock
        ),
    )


def tool_rows(steps: Sequence[Step] | None) -> tuple[Row, ...]:
    """Steps by tool, the most used first."""
    return _counted("tools", (step.tool for step in steps or () if step.by_company))


def data_rows(steps: Sequence[Step] | None) -> tuple[Row, ...]:
    """Data items by how often they are entered by hand, those entered again first."""
    entered = [entry for step in steps or () if step.by_company for entry in step.entered]
    return _counted("data", entered)


def load_rows(loads: Mapping[str, float]) -> tuple[Row, ...]:
    """Minutes a day by hand of each person."""
    if not loads:
        return (Row(part="loads"),)
    return tuple(
        Row(part="loads", item=actor, value=minutes, unit="minutes")
        for actor, minutes in loads.items()
    )


def _counted(part: str, names: Iterable[str | None]) -> tuple[Row, ...]:
    found = Counter(name for name in names if name)
    if not found:
        return (Row(part=part),)
    return tuple(
        Row(part=part, item=name, value=count, unit="count") for name, count in found.most_common()
    )
