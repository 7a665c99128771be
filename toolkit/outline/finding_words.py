"""The words of one finding: title, sentence, action, basis, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from toolkit.facts import Fact, Item
from toolkit.outline.blocks import Span, Text
from toolkit.outline.edited import edited
from toolkit.outline.writer import Param, Writer, plain_span
from toolkit.rules.finding import Finding, Threshold
from toolkit.words import month_text

MOST_ITEMS = 5
SPAN = re.compile(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d")  # a stretch of days
KEY = re.compile("[0-9a-f]{16}")  # a customer key tells a reader nothing


def title_text(pen: Writer, finding: Finding) -> Text:
    """Title of a finding, with its figures where the title has a place for them."""
    return edited(pen, finding.id, "title") or our_words(pen, finding, "title")


def finding_text(pen: Writer, finding: Finding) -> Text:
    """The sentence for a finding's status; an unknown one says what could be judged, and why."""
    return edited(pen, finding.id, "finding") or our_words(pen, finding, "finding")


def action_text(pen: Writer, finding: Finding) -> Text:
    """What to do about a finding."""
    return edited(pen, finding.id, "action") or our_words(pen, finding, "action")


def our_words(pen: Writer, finding: Finding, name: str) -> Text:
    """Title, finding or action as we say it, whatever the consultant wrote."""
    if name == "finding":
        return _sentence(pen, finding)
    return pen.text(f"rules.{finding.id}.{name}", **_params(pen, finding))


def _sentence(pen: Writer, finding: Finding) -> Text:
    params = _params(pen, finding)
    if finding.status == "fail":
        return pen.text(f"rules.{finding.id}.finding", **params)
    if finding.status == "unknown":
        return pen.text(f"rules.{finding.id}.unknown", **params)
    if finding.reason == "no_difference":
        return pen.text("report.no_difference", n=params["n"], title=title_text(pen, finding))
    return pen.text(f"rules.{finding.id}.pass", **params)


def strength_text(pen: Writer, finding: Finding) -> Text:
    """What is worth protecting in a passed rule."""
    return pen.text(f"rules.{finding.id}.strength", **_params(pen, finding))


def reason_text(pen: Writer, finding: Finding) -> str:
    """Why a finding is open, or how sure a judged one is."""
    if finding.status == "unknown" and finding.reason:
        return pen.line(f"common.reason.{finding.reason}")
    return pen.line(f"common.confidence.{finding.confidence}") if finding.confidence else ""


def missing_text(pen: Writer, finding: Finding) -> str:
    """What to send or answer so that a finding can be judged."""
    names = [need_name(pen, need) for need in finding.missing]
    return pen.line("report.basis_separator").join(names)


def need_name(pen: Writer, need: str) -> str:
    """Name of a question or of a table to ask for."""
    if need.startswith("q."):
        return pen.line(f"questions.{need}.text")
    return pen.line(f"common.table.{need}")


def basis_text(pen: Writer, finding: Finding, most: int | None = None) -> Text:
    """The figures behind a finding, each with its interval, n and period; the first ``most``."""
    return facts_text(pen, _shown(pen, finding)[:most])


def facts_text(pen: Writer, facts: Iterable[Fact]) -> Text:
    """Figures, each with its interval, n and period."""
    spans: list[Span] = []
    for fact in facts:
        if spans:
            spans.append(Span(text=pen.line("report.basis_separator")))
        spread = pen.range(fact)
        key = "report.basis" if spread else "report.basis_counted"
        spans.extend(
            pen.text(
                key if pen.counted(fact) or spread else "report.basis_exact",
                name=_named(pen, fact),
                value=pen.value(fact),
                range=spread,
                n=pen.n(fact),
                period=pen.period(fact),
            )
        )
    return tuple(spans)


def _named(pen: Writer, fact: Fact) -> str:
    """Name of a figure, with its cell where it is one of a breakdown."""
    name = pen.name(fact.id)
    if not fact.by or fact.id.startswith("q."):
        return name
    return pen.line("report.cell", name=name, cell=pen.cell(fact.id, fact.by))


def threshold_text(pen: Writer, finding: Finding) -> Text:
    """The threshold that decided, with its origin, grade and source; empty where codes decided."""
    threshold = finding.evidence.threshold
    if threshold is None or threshold.value == 0:
        return ()  # "more than none" needs no threshold to be told
    if _is_floor(pen, threshold):
        size = pen.number(abs(threshold.value), threshold.unit).lstrip("+")
        return pen.text("report.threshold_floor", value=size)
    grade = f"common.grade.{threshold.grade}"
    return pen.text(
        "report.threshold",
        value=pen.number(threshold.value, threshold.unit),
        origin=pen.line(f"common.origin.{threshold.origin}"),
        grade=pen.line("report.threshold_grade", grade=pen.line(grade)) if threshold.grade else "",
        source=pen.line("report.threshold_source", source=threshold.source)
        if threshold.source
        else "",
    )


def _is_floor(pen: Writer, threshold: Threshold) -> bool:
    """Whether a number of ours only says how large a change of the client's figures must be."""
    entry = pen.diagnosis.content.section("thresholds").get(threshold.name)
    if entry is None or not entry.get("floor") or threshold.level == "client":
        return False
    return threshold.value == entry.get("value")  # else it was added to a figure: a level


def items_text(pen: Writer, finding: Finding) -> str:
    """The single steps, accounts or activities behind a finding, the first few by name."""
    items = finding.evidence.items
    if items and all(KEY.fullmatch(item.key) for item in items):
        return pen.line("report.items_keys", count=str(len(items)))
    names = _item_names(pen, finding)
    shown = pen.joined(names[:MOST_ITEMS])
    more = len(names) - MOST_ITEMS
    return shown + (pen.line("report.and_more", count=str(more)) if more > 0 else "")


def _item_names(pen: Writer, finding: Finding) -> list[str]:
    facts = [pen.fact(key) for key in finding.evidence.facts]
    needed = [need for fact in facts for need in (fact.id, *fact.needs)]
    asked = [need for need in needed if need.startswith("q.")]
    return [_item_name(pen, asked, item) for item in finding.evidence.items]


def _item_name(pen: Writer, asked: list[str], item: Item) -> str:
    """Label of an item by the first of the questions that has it among its own."""
    if SPAN.fullmatch(item.key):
        start, end = (month_text(day, pen.lang) for day in item.key.split("/"))
        return pen.line("report.period", start=start, end=end)
    own = (one for one in asked if pen.has(f"questions.{one}.items.{item.key}"))
    return pen.item(next(own, ""), item.key, item.label)


def _shown(pen: Writer, finding: Finding) -> list[Fact]:
    facts = [pen.fact(key) for key in finding.evidence.facts]
    return [fact for fact in facts if fact.known]


def _params(pen: Writer, finding: Finding) -> dict[str, Param]:
    keys = finding.evidence.facts
    facts = [pen.fact(key) for key in keys]
    first = facts[0] if facts else None
    params: dict[str, Param] = {
        f"value{index}" if index > 1 else "value": pen.value(fact)
        for index, fact in enumerate(facts, start=1)
    }
    threshold = finding.evidence.threshold
    params["threshold"] = pen.number(threshold.value, threshold.unit) if threshold else ""
    params["n"] = pen.n(first) if first else "—"
    params["period"] = pen.period(first) if first else ""
    params["count"] = _count(pen, finding, first)
    params["items"] = items_text(pen, finding)
    params["answer"] = _answer(pen, facts)
    return params


def _count(pen: Writer, finding: Finding, first: Fact | None) -> Param:
    if first is not None and first.known and first.unit == "count":
        return pen.value(first)
    return str(len(finding.evidence.items))


def _answer(pen: Writer, facts: list[Fact]) -> Param:
    said = [fact for fact in facts if fact.id.startswith("q.") and fact.known]
    return plain_span(pen.joined(pen.answer(fact) for fact in said[:MOST_ITEMS])) if said else ""
