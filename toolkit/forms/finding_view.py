"""One finding as a table of what was found, on what it rests and what it is worth."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.forms.look import cell_text, marked, table_html
from toolkit.outline.blocks import plain
from toolkit.outline.finding_words import (
    action_text,
    basis_text,
    finding_text,
    items_text,
    missing_text,
    reason_text,
    threshold_text,
    title_text,
)
from toolkit.outline.health import column_name
from toolkit.outline.judged import status_word
from toolkit.outline.yen_words import gap_text

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.outline.writer import Writer
    from toolkit.rules.finding import Finding

ROWS_SHOWN = 8


def finding_html(pen: Writer, finding: Finding) -> str:
    """A finding: statement, figures with n and period, threshold, yen, action, sources, rows."""
    said = "".join(
        f'<tr><th scope="row">{html.escape(name)}</th><td>{html.escape(text)}</td></tr>'
        for name, text in finding_rows(pen, finding)
        if text
    )
    title = marked(f"{finding.id}  {plain(title_text(pen, finding))}", "head")
    return f'{title}<table class="tk-table">{said}</table>{_evidence_html(pen, finding)}'


def finding_rows(pen: Writer, finding: Finding) -> Iterator[tuple[str, str]]:
    """Name and text of what a finding says, blank where it says nothing of it."""
    name = pen.line
    module = name(f"common.module.{finding.module}")
    yield name("forms.findings.status"), f"{status_word(pen, finding)} / {module}"
    yield name("forms.findings.statement"), plain(finding_text(pen, finding))
    yield name("forms.findings.sure"), reason_text(pen, finding)
    yield name("report.row.basis"), plain(basis_text(pen, finding))
    yield name("report.row.threshold"), plain(threshold_text(pen, finding))
    yield name("report.row.items"), items_text(pen, finding) if finding.evidence.items else ""
    yield name("report.row.yen"), plain(gap_text(pen, finding)) if finding.yen else ""
    if finding.status == "fail":
        yield name("report.row.action"), plain(action_text(pen, finding))
    yield name("forms.findings.missing"), missing_text(pen, finding)
    yield name("forms.findings.sources"), pen.joined(finding.sources)


def _evidence_html(pen: Writer, finding: Finding) -> str:
    """The first rows a finding rests on, as they were read."""
    table = finding.evidence.table
    frame = pen.diagnosis.evidence.get(table) if table is not None else None
    if table is None or frame is None or frame.empty:
        return ""
    first = frame.head(ROWS_SHOWN)
    counts = {"shown": f"{len(first):,}", "rows": f"{len(frame):,}"}
    lead = marked(pen.line("forms.findings.rows", **counts), "label")
    heads = [column_name(table, str(name), pen.book) for name in first.columns]
    return lead + table_html(
        heads, [[cell_text(one) for one in row] for row in _rows(first)], tight=True
    )


def _rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return [tuple(row) for row in frame.itertuples(index=False, name=None)]
