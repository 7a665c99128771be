"""DataHealth: what was delivered, how it was read, and what to ask for next, in a notebook."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from toolkit.diagnosis.request import request_list
from toolkit.forms.look import STYLE, Shown, box, marked, table_html
from toolkit.outline.blocks import Block, Bullets, Heading, Paragraph, Table, plain
from toolkit.outline.health import health
from toolkit.outline.request import COLUMNS, request_page
from toolkit.outline.writer import writer
from toolkit.words import language

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis

SHOWN = ("no", "what", "why", "role")


class DataHealth(Shown):
    """The files of a client as they were read, their gaps, and what further material would open.

    Args:
        diagnosis: from ``tk.diagnose`` or ``tk.load``.
        lang: language, by default ``tk.language``.
    """

    def __init__(self, diagnosis: Diagnosis, lang: str | None = None) -> None:
        self.html = health_html(diagnosis, lang or language.get())
        self.widget = self._built()

    def _built(self) -> Any:
        import ipywidgets

        return box([ipywidgets.HTML(STYLE + self.html)], "tk-form")


def health_html(diagnosis: Diagnosis, lang: str) -> str:
    """The report's own section of data health, then the request for material, as HTML."""
    pen = writer(diagnosis, lang)
    title = marked(pen.line("forms.health.title"), "head")
    return title + "".join(_blocks(health(pen, {}))) + _asked(diagnosis, lang)


def _asked(diagnosis: Diagnosis, lang: str) -> str:
    """What is still to be asked for, most useful first, and what it would make possible."""
    pen = writer(diagnosis, lang)
    page = request_page(request_list(diagnosis), diagnosis.content, lang)
    lead = marked(pen.line("forms.health.asked"), "label")
    if not page.rows:
        return lead + marked(pen.line("forms.health.nothing"))
    places = [COLUMNS.index(name) for name in SHOWN]
    rows = [[row[place] for place in places] for row in page.rows]
    return lead + table_html([page.head[place] for place in places], rows, align="rlll")


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    """The blocks of a section as plain HTML."""
    for block in blocks:
        if isinstance(block, Heading):
            yield marked(plain(block.text), "label")
        elif isinstance(block, Paragraph):
            yield marked(plain(block.text))
        elif isinstance(block, Table):
            heads, rows = block.columns, [[plain(cell) for cell in row] for row in block.rows]
            yield table_html(heads, rows, align=block.align)
        elif isinstance(block, Bullets):
            listed = "".join(f"<li>{html.escape(plain(item))}</li>" for item in block.items)
            yield f"<ul>{listed}</ul>"
