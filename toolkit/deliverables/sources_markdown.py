"""The page of sources as Markdown."""

from __future__ import annotations

from toolkit.deliverables.request_markdown import escaped
from toolkit.outline.sources import SourcesPage


def sources_markdown(page: SourcesPage) -> str:
    """Title, opening, and a table for each article; every text is escaped."""
    lines = [f"# {escaped(page.title)}", ""]
    lines += [part for one in page.opening for part in (escaped(one), "")]
    for table in page.tables:
        lines += [f"## {escaped(table.title)}", ""]
        lines += [_line(page.head), _line(("---",) * len(page.head))]
        lines += [_line(tuple(map(escaped, row))) for row in table.rows]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
