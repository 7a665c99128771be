"""A chain by the titles of its findings."""

from __future__ import annotations

from toolkit.diagnosis.chains import Chain
from toolkit.outline.blocks import Text
from toolkit.outline.finding_words import title_text
from toolkit.outline.writer import Writer, plain_span


def chain_name(pen: Writer, chain: Chain) -> Text:
    """A chain by the titles of the first and the last of its linked findings."""
    linked = [code for code in chain.paths[0] if code in chain.failed]
    ends = (pen.diagnosis.finding(code) for code in (linked[0], linked[-1]))
    first, last = (plain_span("".join(s.text for s in title_text(pen, one))) for one in ends)
    return pen.text("report.chains.name", first=first, last=last)
