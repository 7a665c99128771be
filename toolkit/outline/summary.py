"""The cover and the first page: verdict, leading figures, counts, what to do first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from toolkit.diagnosis.chains import Chain
from toolkit.diagnosis.display import counts
from toolkit.facts import Fact
from toolkit.intake.profiles.edit import VERDICT
from toolkit.outline.blocks import Block, Bullets, Paragraph, Span, Text, Tile, Tiles
from toolkit.outline.chain_words import chain_name
from toolkit.outline.edited import comment_text, edited, signed_tag
from toolkit.outline.finding_words import finding_text, title_text
from toolkit.outline.writer import Writer, plain_span
from toolkit.rules.applies import MODEL, tokens
from toolkit.rules.condition import Scope, truth
from toolkit.rules.finding import Finding, Threshold

QUOTES = ("「", "“")
HANDFUL = 4
"""Cases: a share of so many is a step of a quarter or more from the next."""


def cover(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """Who, when, on what grounds; and the president's own words where they were noted."""
    d = pen.diagnosis
    yield Paragraph(
        text=pen.text(
            "report.cover.line",
            client=plain_span(str(d.client["company_name"]), strong=True),
            date=pen.date(d.run_date),
            as_of=pen.date(d.as_of),
        )
    )
    own = pen.fact(str(spec["words"]))
    said = str(own.value) if own.known else _quoted(d.answers)
    if said:
        yield Paragraph(text=plain_span(said), style="quote")
        yield Paragraph(text=pen.text("report.cover.quote_by"), style="note")


def _quoted(answers: Iterable[Mapping[str, Any]]) -> str | None:
    """The first remark noted word for word: evidence of an answer, in quotation marks."""
    for one in answers:
        if not one.get("used", True):
            continue
        evidence = str(one.get("evidence") or "").strip()
        if evidence[:1] in QUOTES:
            return evidence
    return None


def verdict(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """One sentence: the consultant's, else the first finding and what it may lead to."""
    d = pen.diagnosis
    yield Paragraph(text=edited(pen, VERDICT, "text") or our_verdict(pen, spec), style="lead")
    for note in (signed_tag(pen), comment_text(pen, VERDICT)):
        if note:
            yield Paragraph(text=note, style="note")
    for first in _red(pen)[:1]:
        yield Paragraph(text=finding_text(pen, first))
    if d.coverage < float(spec["low_coverage"]):
        share = pen.number(d.coverage, "share")
        yield Paragraph(text=pen.text("report.verdict.low_coverage", coverage=share))


def our_verdict(pen: Writer, spec: Mapping[str, Any]) -> Text:
    """The verdict as we say it: the first finding and where it leads, or why there is none."""
    d = pen.diagnosis
    red = _red(pen)
    if red:
        return _verdict_text(pen, red)
    if d.actions:
        first = d.finding(_ranked(pen)[0])
        return pen.text("report.verdict.checks", title=title_text(pen, first))
    little = d.coverage < float(spec["low_coverage"])
    return pen.text(f"report.verdict.{'too_little' if little else 'nothing'}")


def _red(pen: Writer) -> list[Finding]:
    """The findings that call for action, in the order of the actions."""
    return [f for f in map(pen.diagnosis.finding, _ranked(pen)) if f.red]


def _verdict_text(pen: Writer, red: list[Finding]) -> Text:
    first = red[0]
    chain = _leading(pen, red)
    if chain is not None:
        return pen.text(
            "report.verdict.chain",
            first=_strong(title_text(pen, first)),
            chain=chain_name(pen, chain),
        )
    linked = [f for f in red[1:] if f.id in first.leads_to or first.id in f.leads_to]
    second = linked[0] if linked else (red[1] if len(red) > 1 else None)
    key = "alone" if second is None else ("linked" if linked else "two")
    return pen.text(
        f"report.verdict.{key}",
        first=_strong(title_text(pen, first)),
        second=_strong(title_text(pen, second)) if second else "",
    )


def _leading(pen: Writer, red: list[Finding]) -> Chain | None:
    """The first chain, where figures and not answers alone show it and a red finding is in it."""
    found = pen.diagnosis.chains[:1]
    codes = {finding.id for finding in red}
    return next((one for one in found if one.score and codes & set(one.failed)), None)


def _strong(text: Text) -> Text:
    return tuple(
        Span(text=span.text, fact=span.fact, value=span.value, strong=True) for span in text
    )


def _ranked(pen: Writer) -> list[str]:
    return [action.findings[0] for action in pen.diagnosis.actions]


def tiles(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """The first four of the named figures that are known, each with n and period.

    A share of a handful of cases is no leading figure.
    """
    made = []
    for name in spec["figures"]:
        one = spec["tiles"][name]
        told = _concerns(pen, one) and not _of_few(pen.fact(one["fact"]))
        tile = _tile(pen, one) if told else None
        if tile is not None:
            made.append(tile)
    if made:
        yield Tiles(tiles=tuple(made[: int(spec["most"])]))


def _of_few(fact: Fact) -> bool:
    return fact.sampled and fact.unit == "share" and fact.n is not None and fact.n <= HANDFUL


def _concerns(pen: Writer, spec: Mapping[str, Any]) -> bool:
    """Whether a figure says something of the client's model; one that is not given has all."""
    content, model = pen.diagnosis.content, pen.fact(MODEL)
    named = tokens(spec.get("model", ()), content)
    code = content.section("applies")["models"].get(str(model.value))
    return not named or not model.known or code in named


def _tile(pen: Writer, spec: Mapping[str, Any]) -> Tile | None:
    fact = pen.fact(spec["fact"])
    if not fact.known:
        return None
    beside = pen.fact(spec["beside"]) if "beside" in spec else None
    note: Text = ()
    if beside is not None and beside.known:
        key = "beside" if beside.n == fact.n or not pen.counted(beside) else "beside_n"
        note = pen.text(
            f"report.tile.{key}",
            name=pen.name(beside.id),
            value=pen.value(beside),
            n=pen.n(beside),
        )
    return Tile(
        label=plain_span(pen.name(fact.id)),
        value=(pen.value(fact, strong=True),),
        note=note,
        quality=_quality(pen, fact),
    )


def _quality(pen: Writer, fact: Fact) -> Text:
    key = "report.tile.quality" if pen.counted(fact) else "report.tile.quality_exact"
    return pen.text(key, n=pen.n(fact), period=pen.period(fact))


def status_counts(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """How many findings call for action, a check, or wait for material: counts, not a score."""
    found = counts(pen.diagnosis)
    yield Bullets(
        items=tuple(
            pen.text(f"report.counts.{name}", count=Span(text=str(found[name]), strong=True))
            for name in ("act", "check", "unknown", "pass")
        )
    )


def chosen(pen: Writer, cases: Iterable[Mapping[str, Any]]) -> str | None:
    """The word of the first case whose condition holds on the facts, None where none does."""
    content, own = pen.diagnosis.content, pen.diagnosis.client.get("thresholds", {})

    def threshold(name: str) -> Threshold | None:
        from toolkit.rules.thresholds import resolve

        return resolve(name, content, pen.diagnosis.facts, own)

    scope = Scope(facts=pen.diagnosis.facts, threshold=threshold, target=lambda _: None)
    for case in cases:
        if "when" not in case or truth(case["when"], scope).value is True:
            return str(case["word"])
    return None


SUMMARY_MAKERS: Mapping[str, Callable[[Writer, Mapping[str, Any]], Iterable[Block]]] = {
    "cover": cover,
    "verdict": verdict,
    "tiles": tiles,
    "status_counts": status_counts,
}
