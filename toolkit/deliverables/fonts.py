"""The vendored font cut down to the characters of a page, as woff2 within its style."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser

from toolkit.charts.lettering import FAMILY, font_path, has_glyph
from toolkit.errors import OutputError

BOLD_TAGS = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "thead"})
BOLD_CLASS = "bold"
REGULAR_CLASS = "regular"
VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr", "use", "path", "rect"})
UNSEEN = frozenset({"style", "script", "head", "template"})
COUNTED = "0123456789./ "
"""What page numbers and numbered lists print, though it stands in no text."""

FEATURES = ("kern", "palt")
EM = 500
"""Units of an em on a page: half of the file's thousand moves no outline by a visible part of a
pixel, and a ninth of the bytes goes."""


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
    reader = _Characters()
    reader.feed(html)
    everything = reader.regular | reader.bold | set(COUNTED)
    faces = [
        _face(weight, subset("".join(sorted(marks)), weight == 700))
        for weight, marks in ((400, everything), (700, reader.bold))
        if marks
    ]
    return Fonts(css="".join(faces), missing=tuple(_lacking(everything)))


@lru_cache(maxsize=16)
def subset(characters: str, bold: bool = False) -> bytes:
    """The font with only some characters, as woff2; those it lacks are left out."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.scaleUpem import scale_upem

    options = Options()
    options.layout_features = list(FEATURES)
    options.hinting = False
    options.name_IDs = [1, 2, 4, 6]
    options.drop_tables += ["BASE", "vhea", "vmtx"]
    with TTFont(font_path(bold), lazy=True, recalcTimestamp=False) as font:
        cutter = Subsetter(options)
        cutter.populate(text=characters)
        cutter.subset(font)
        scale_upem(font, EM)
        font.flavor = "woff2"
        stream = io.BytesIO()
        font.save(stream)
    return stream.getvalue()


def _face(weight: int, data: bytes) -> str:
    source = base64.b64encode(data).decode("ascii")
    return (
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{source}) format('woff2')}}\n"
    )


def _lacking(characters: set[str]) -> list[str]:
    return sorted(mark for mark in characters if mark.isprintable() and not has_glyph(mark))


def _bold(tag: str, classes: list[str], given: Mapping[str, str], within: bool) -> bool:
    if REGULAR_CLASS in classes:
        return False
    set_bold = tag in BOLD_TAGS or BOLD_CLASS in classes or given.get("font-weight") == "700"
    return within or set_bold


class _Characters(HTMLParser):
    """The characters a page shows, those within bold elements apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.regular: set[str] = set()
        self.bold: set[str] = set()
        self._open: list[tuple[str, bool, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        _, bold, unseen = self._open[-1] if self._open else ("", False, False)
        given = {name: value or "" for name, value in attrs}
        bold = _bold(tag, given.get("class", "").split(), given, bold)
        self._open.append((tag, bold, unseen or tag in UNSEEN))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content shows nothing."""

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        _, bold, unseen = self._open[-1] if self._open else ("", False, False)
        if not unseen:
            (self.bold if bold else self.regular).update(data)
