"""What a figure is held against: the thresholds of the findings that rest on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from toolkit.facts import Fact
from toolkit.outline.blocks import Span, Text
from toolkit.outline.finding_words import threshold_text
from toolkit.outline.writer import Writer
from toolkit.rules.finding import Finding

JUDGED = ("fail", "pass")


def held_rows(pen: Writer, facts: Iterable[Fact]) -> Iterator[tuple[str, Text]]:
    """A row for each finding judged by one of these figures.

    It has the threshold with origin, grade and source where the figure itself was compared, and
    leads to the finding's line in the list of all, with the statements it comes from.
    """
    keys = {fact.key for fact in facts}
    for finding in pen.diagnosis.judged:
        if finding.status in JUDGED and keys & set(finding.evidence.facts):
            against = threshold_text(pen, finding) if finding.evidence.facts[0] in keys else ()
            rule = (_rule(pen, finding),)
            if against:
                text = pen.text("report.cards.held", threshold=against, rule=rule)
                yield pen.line("report.row.threshold"), text
            else:
                yield pen.line("report.row.rule"), rule


def _rule(pen: Writer, finding: Finding) -> Span:
    sources = pen.joined(finding.sources)
    key = "report.cards.rule" if sources else "report.cards.rule_own"
    return Span(text=pen.line(key, code=finding.id, sources=sources), link=f"rule-{finding.id}")
