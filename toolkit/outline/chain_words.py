"""A chain by the titles of its findings."""

from __future__ import annotations

from toolkit.diagnosis.chains import Chain
from toolkit.outline.blocks import Text
from toolkit.outline.finding_words import title_text
from toolkit.outline.writer import Writer, plain_span


def chain_name(pen: Writer, chain: Chain) -> Text:
    """The linked findings of a chain by their titles, in the order of its first path."""
    first = [code for code in chain.paths[0] if code in chain.failed]
    titles = ("".join(s.text for s in title_text(pen, pen.diagnosis.finding(c))) for c in first)
    return plain_span(pen.line("report.chains.arrow").join(titles))
