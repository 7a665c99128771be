"""The vendored font cut down to the characters of a page, as woff2 within its style."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from html import unescape

from toolkit.charts.lettering import FAMILY, has_glyph
from toolkit.deliverables.font_file import cut
from toolkit.errors import OutputError

BOLD_TAGS = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "thead"})
BOLD_CLASS = "bold"
REGULAR_CLASS = "regular"
VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr", "use", "path", "rect"})
TOKEN = re.compile(
    r"<(?:!--.*?--|(?P<unseen>style|script|head|template)\b.*?</(?P=unseen)|![^>]*"
    r"|(?P<end>/?)(?P<tag>[a-zA-Z][^\s/>]*)(?P<about>(?:\"[^\"]*\"|'[^']*'|[^>\"'])*))>",
    re.DOTALL,
)
"""A tag, or what shows nothing as a whole."""
CLASS = re.compile(r"""\sclass=(?:"([^"]*)"|([^\s>]+))""")
HEAVY = ' font-weight="700"'
COUNTED = "0123456789./ "
"""What page numbers and numbered lists print, though it stands in no text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fonts:
    """``css`` has a ``@font-face`` a weight; ``missing`` are the characters left to the reader."""

    css: str
    missing: tuple[str, ...]


def fonts(html: str, own_words: str = "") -> Fonts:
    """The font for a page: Regular for all its text, Bold for the text in bold elements.

    Args:
        html: the whole page.
        own_words: text of ours; the font must have its every character.

    Raises:
        OutputError: ``glyph_missing``, a word of ours cannot be set.
    """
    lacking = _lacking(set(own_words))
    if lacking:
        raise OutputError("glyph_missing", params={"characters": "".join(lacking)})
    regular, bold = _seen(html)
    everything = regular | bold | set(COUNTED)
    faces = [
        _face(weight, cut(sorted(marks), weight == 700))
        for weight, marks in ((400, everything), (700, {*bold} - {"\n"}))
        if marks
    ]
    return Fonts(css="".join(faces), missing=tuple(_lacking(everything)))


def _face(weight: int, data: bytes) -> str:
    source = base64.b64encode(data).decode("ascii")
    return (
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{source}) format('woff2')}}\n"
    )


def _lacking(characters: set[str]) -> list[str]:
    return sorted(mark for mark in characters if mark.isprintable() and not has_glyph(mark))


def _seen(html: str) -> tuple[set[str], set[str]]:
    """The characters a page shows, those within bold elements apart.

    Args:
        html: made by our templates, or by a client's words escaped in them.
    """
    shown: tuple[list[str], list[str]] = ([], [])
    opened: list[tuple[str, bool]] = []
    bold, place = False, 0
    for found in TOKEN.finditer(html):
        shown[bold].append(html[place : found.start()])
        place = found.end()
        end, tag, about = found.group("end", "tag", "about")
        if tag is None or tag in VOID or about.endswith("/"):
            continue
        if end:
            _close(opened, tag)
        else:
            opened.append((tag, _bold(tag, about, bold)))
        bold = opened[-1][1] if opened else False
    shown[bold].append(html[place:])
    regular, heavy = ("\n".join(parts) for parts in shown)
    return set(unescape(regular)), set(unescape(heavy))


def _close(opened: list[tuple[str, bool]], tag: str) -> None:
    """What is open within an element ends with it."""
    for place in range(len(opened) - 1, -1, -1):
        if opened[place][0] == tag:
            del opened[place:]
            return


def _bold(tag: str, about: str, within: bool) -> bool:
    """Whether an element is bold, by its name, its class, its weight, and where it stands."""
    named = CLASS.search(about) if "class" in about else None
    classes = (named[1] or named[2]).split() if named else []
    if REGULAR_CLASS in classes:
        return False
    return within or tag in BOLD_TAGS or BOLD_CLASS in classes or HEAVY in about
