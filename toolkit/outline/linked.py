"""Chains on paper: which findings may hang together, as boxes that follow one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from toolkit.diagnosis.chains import Chain
from toolkit.outline.blocks import Block, Heading, Paragraph, Step, Steps, Text
from toolkit.outline.chain_words import chain_name
from toolkit.outline.finding_words import title_text
from toolkit.outline.judged import status_word, tone
from toolkit.outline.writer import Writer, plain_span


def chains(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """The strongest chains that show: a sentence each, and the path with what was found on it.

    ``after`` leaves out those that stand before.
    """
    shown = pen.diagnosis.chains[int(spec.get("after", 0)) : int(spec["most"])]
    if not shown:
        return
    yield Heading(text=pen.text("report.chains.heading"))
    yield Paragraph(text=pen.text("report.chains.intro"), style="note")
    for chain in shown:
        yield Paragraph(text=_sentence(pen, chain))
        for path in chain.paths:
            yield _steps(pen, path)


def _sentence(pen: Writer, chain: Chain) -> Text:
    """The chain's own words; of one that concerns the client in part, its findings alone."""
    paths = pen.diagnosis.content.section("chains")[chain.id]["paths"]
    whole = any(tuple(path) in chain.paths for path in paths)
    return pen.text(
        f"report.chains.{'sentence' if whole else 'part'}",
        name=pen.text(f"chains.{chain.id}.name") if whole else chain_name(pen, chain),
        why=pen.text(f"chains.{chain.id}.why"),
        sources=plain_span(pen.joined(chain.sources)),
    )


def _steps(pen: Writer, path: Iterable[str]) -> Steps:
    findings = [pen.diagnosis.finding(code) for code in path]
    steps = tuple(
        Step(
            label=title_text(pen, finding),
            mark=status_word(pen, finding),
            tone=tone(finding),
            anchor=f"finding-{finding.id}" if finding.status == "fail" else "",
        )
        for finding in findings
    )
    return Steps(steps=steps, alt=pen.line("report.chains.alt"))


LINKED_MAKERS: Mapping[str, Callable[[Writer, Mapping[str, Any]], Iterable[Block]]] = {
    "chains": chains,
}
