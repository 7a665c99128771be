"""The request for material as Markdown, to paste into a mail or a shared page."""

from __future__ import annotations

import re

from toolkit.outline.request import RequestPage

LIVE = re.compile(r"([\\`*_\[\]<>|#~])")


def request_markdown(page: RequestPage) -> str:
    """The sheet as Markdown with a table; every text is escaped."""
    lines = [
        f"# {escaped(page.title)}",
        "",
        f"**{escaped(page.to)}**  ",
        f"{escaped(page.date)}  ",
        escaped(page.sender),
        "",
        escaped(page.opening),
        "",
    ]
    if page.rows:
        lines += [_line(page.head), _line(["---"] * len(page.head), plain=True)]
        lines += [_line(row) for row in page.rows]
        lines.append("")
    lines += [part for note in page.notes for part in (escaped(note), "")]
    if page.box:
        lines += [f"## {escaped(page.box_title)}", "", *(f"- {escaped(one)}" for one in page.box)]
    return "\n".join(lines).rstrip() + "\n"


def _line(cells: tuple[str, ...] | list[str], plain: bool = False) -> str:
    shown = cells if plain else [escaped(cell) for cell in cells]
    return f"| {' | '.join(shown)} |"


def escaped(text: str) -> str:
    r"""A text that Markdown shows as it is; line feeds become breaks inside a cell.

    >>> escaped("a|b\n<i>")
    'a\\|b<br>\\<i\\>'
    """
    return LIVE.sub(r"\\\1", text).replace("\n", "<br>")
