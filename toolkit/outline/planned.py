"""Actions on paper: the first three, all of them with what they bring and cost, and the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from toolkit.diagnosis.plan import HORIZONS, LATER, Action
from toolkit.diagnosis.worth import constants
from toolkit.intake.profiles.edit import DROPPED
from toolkit.outline.blocks import Block, Chart, Paragraph, Table, Text
from toolkit.outline.edited import with_reason, with_status
from toolkit.outline.finding_words import action_text, title_text
from toolkit.outline.writer import Writer, plain_span
from toolkit.outline.yen_words import amount, effect_text, shown, whole
from toolkit.rules.finding import Finding
from toolkit.rules.thresholds import resolve

FIRST_ACTIONS = 3
SHOWN = ("high", "medium", "check")
COSTS = ("initial_yen", "monthly_yen", "net", "steady_net", "payback_months")
HALF = 0.5


def first_actions(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """The first three actions with effect and cost; blank is what nobody has stated yet."""
    rows = [
        (
            plain_span(str(action.rank)),
            action_text(pen, _finding(pen, action)),
            effect_text(pen, action),
            cost_text(pen, action),
            *who_and_when(pen, action),
        )
        for action in pen.diagnosis.actions[:FIRST_ACTIONS]
        if action.status != DROPPED
    ]
    if rows:
        yield Table(
            columns=_columns(pen, "rank", "action", "effect", "cost", "assignee", "due"),
            rows=tuple(rows),
            caption=pen.text("report.first_actions.caption", closure=closure_text(pen)),
            align="clllll",
        )


def actions(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """Every action in order: what it brings, what it takes, who does it by when."""
    found = _worth_doing(pen)
    if not found:
        yield Paragraph(text=pen.text("report.actions.none"))
        yield from _dropped(pen)
        return
    yield Paragraph(text=pen.text("report.actions.intro"))
    rows = [
        (
            plain_span(str(action.rank)),
            action_text(pen, _finding(pen, action)),
            effect_text(pen, action),
            plain_span(effort_text(pen, action)),
            cost_text(pen, action),
            plain_span(_who_line(pen, action)),
        )
        for action in found
    ]
    names = ("rank", "action", "effect", "effort", "cost", "who")
    yield Table(
        columns=_columns(pen, *names),
        rows=tuple(rows[: int(spec["most"])]),
        caption=pen.text("report.actions.caption", closure=closure_text(pen)),
        align="clllll",
    )
    if len(rows) > int(spec["most"]):
        rest = str(len(rows) - int(spec["most"]))
        yield Paragraph(text=pen.text("report.actions.more", count=rest), style="note")
    yield from _dropped(pen)
    yield from _paid_back(pen, found)


def _dropped(pen: Writer) -> Iterable[Block]:
    """What the client decided against, with the reason."""
    found = [one for one in pen.diagnosis.actions if one.status == DROPPED]
    if found:
        findings = [_finding(pen, one) for one in found]
        titles = (with_reason(pen, f.id, _line(title_text(pen, f))) for f in findings)
        note = pen.text("report.edit.dropped", titles=pen.joined(titles))
        yield Paragraph(text=note, style="note")


def _paid_back(pen: Writer, found: Iterable[Action]) -> Iterable[Block]:
    """What is left after costs, of those actions whose costs are stated."""
    costed = [one for one in found if one.initial_yen is not None and one.monthly_yen is not None]
    if not costed:
        return
    yield Table(
        columns=_columns(pen, "rank", "for", *COSTS),
        rows=tuple(
            (
                plain_span(str(one.rank)),
                title_text(pen, _finding(pen, one)),
                *(amount(pen, f"{one.findings[0]}.{name}") or plain_span("—") for name in COSTS),
            )
            for one in costed
        ),
        caption=pen.text("report.actions.costs"),
        align="clrrrrr",
    )


def yen_ranges(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """A picture of what the findings are worth a year, each with its 80 % range and effort."""
    d = pen.diagnosis
    found = [_finding(pen, action) for action in _worth_doing(pen)]
    found = [f for f in found if f.yen is not None and f.yen.gap and f.yen.kind == spec["kind"]]
    found.sort(key=lambda f: -(f.yen.gap if f.yen is not None and f.yen.gap else 0.0))
    if len(found) < int(spec["least"]):
        return
    efforts = {action.findings[0]: effort_text(pen, action) for action in d.actions}
    first = found[0]
    yield Chart(
        id="yen_ranges",
        kind="ranges",
        columns=("label", "low", "value", "high", "note"),
        units=("text", "yen", "yen", "yen", "text"),
        rows=tuple(
            (
                _line(title_text(pen, f)),
                *(shown(pen, f"{f.id}.{name}") for name in ("low", "gap", "high")),
                efforts[f.id],
            )
            for f in found[: int(spec["most"])]
        ),
        labels={
            name: pen.line(f"charts.yen_ranges.label.{name}") for name in ("axis.x", "axis.note")
        },
        title=pen.text(
            "charts.yen_ranges.title",
            title=title_text(pen, first),
            gap=amount(pen, f"{first.id}.gap"),
        ),
        caption=pen.text("charts.yen_ranges.caption"),
        alt=pen.line("charts.yen_ranges.alt"),
        currency=pen.currency,
    )


def plan(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """What is done in 30, 60 and 90 days, half a year and a year, by whom."""
    found = _worth_doing(pen)
    if not found:
        return
    pace = resolve("plan_days_a_month", pen.diagnosis.content, pen.diagnosis.facts, _own(pen))
    assert pace is not None
    yield Paragraph(
        text=pen.text(
            "report.plan.intro",
            days=f"{pace.value:g}",
            origin=pen.line(f"common.origin.{pace.origin}"),
        )
    )
    rows = []
    for _, horizon in HORIZONS:
        here = [one for one in found if one.horizon == horizon]
        for place, one in enumerate(here):
            when = pen.line(f"report.plan.{horizon}") if place == 0 else ""
            rows.append(
                (
                    plain_span(when),
                    plain_span(str(one.rank)),
                    title_text(pen, _finding(pen, one)),
                    plain_span(effort_text(pen, one)),
                    *who_and_when(pen, one),
                )
            )
    names = ("horizon", "rank", "for", "effort", "assignee", "due")
    yield Table(columns=_columns(pen, *names), rows=tuple(rows), align="lcllll")
    later = sum(one.horizon == LATER for one in found)
    if later:
        yield Paragraph(text=pen.text("report.plan.later", count=str(later)), style="note")


def effort_text(pen: Writer, action: Action) -> str:
    """Small, medium or large, with the person-days it stands for."""
    if not action.effort:
        return "—"
    days = constant(pen, f"effort_days_{action.effort}")
    word = pen.line(f"report.effort.{action.effort}")
    return pen.line("report.effort_days", effort=word, days=f"{days:g}")


def cost_text(pen: Writer, action: Action) -> Text:
    """What an action costs once and every month, as far as stated."""
    code = action.findings[0]
    parts = {name: amount(pen, f"{code}.{name}_yen") for name in ("initial", "monthly")}
    known = [name for name, text in parts.items() if text]
    if not known:
        return pen.text("report.cost.open")
    return pen.text(f"report.cost.{'both' if len(known) > 1 else known[0]}", **parts)


def who_and_when(pen: Writer, action: Action) -> tuple[Text, Text]:
    """Assignee and date of an action, with how far it is; not fixed yet where nobody is named."""
    open_ = pen.line("report.not_fixed")
    due = pen.date(action.due) if action.due else open_
    return plain_span(with_status(pen, action, action.assignee or open_)), plain_span(due)


def _who_line(pen: Writer, action: Action) -> str:
    """Assignee and date in one cell, with how far the action is."""
    line = pen.line(f"report.who.{_fixed(action)}", **_who(pen, action))
    return with_status(pen, action, line)


def _fixed(action: Action) -> str:
    """Which of assignee and date are fixed."""
    names = {(True, True): "both", (True, False): "assignee", (False, True): "due"}
    return names.get((bool(action.assignee), bool(action.due)), "open")


def _who(pen: Writer, action: Action) -> dict[str, str]:
    fixed = {"assignee": action.assignee, "due": pen.date(action.due) if action.due else None}
    return {name: text for name, text in fixed.items() if text}


def closure_text(pen: Writer) -> str:
    """Which part of the gap the effects assume to be closed."""
    used = closures(pen)
    if len(used) > 1:
        return pen.line("report.closure.mixed")
    closure = next(iter(used), pen.diagnosis.totals.closure)
    word = "half" if closure == HALF else "share"
    return pen.line(f"report.closure.{word}", share=whole(pen.number(closure, "share")))


def closures(pen: Writer) -> set[float]:
    """The parts of the gap that the effects assume to be closed, each once."""
    judged = [one.yen for one in pen.diagnosis.judged if one.yen is not None]
    return {one.closure for one in judged if one.closure is not None}


def constant(pen: Writer, name: str) -> float:
    """An assumption by name, the client's own before the firm's before ours."""
    return constants(pen.diagnosis.facts, pen.diagnosis.content, _own(pen))(name)


def _own(pen: Writer) -> Mapping[str, float]:
    own: Mapping[str, float] = pen.diagnosis.client.get("thresholds", {})
    return own


def _worth_doing(pen: Writer) -> list[Action]:
    """The actions to be taken, in order; those decided against are told apart."""
    kept = (one for one in pen.diagnosis.actions if one.status != DROPPED)
    return [one for one in kept if _finding(pen, one).severity in SHOWN]


def _finding(pen: Writer, action: Action) -> Finding:
    return pen.diagnosis.finding(action.findings[0])


def _columns(pen: Writer, *names: str) -> tuple[str, ...]:
    return tuple(pen.line(f"report.column.{name}") for name in names)


def _line(text: Text) -> str:
    return "".join(span.text for span in text)


PLANNED_MAKERS: Mapping[str, Callable[[Writer, Mapping[str, Any]], Iterable[Block]]] = {
    "first_actions": first_actions,
    "actions": actions,
    "yen_ranges": yen_ranges,
    "plan": plan,
}
