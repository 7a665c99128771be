"""Texts as the PDF can set them: no controls, no missing glyph, no word wider than its room."""

from __future__ import annotations

import re
from functools import lru_cache

from toolkit.charts.lettering import safe, width

BREAKS = re.compile(r"\s*[\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]\s*")
SPACES = re.compile(r"[ \t\x1f]+")
WORD = re.compile(r"[!-~\u00a1-\u024f]+")
END = re.compile(WORD.pattern + "$")
AFTER = frozenset("/_-.,:;=&?@)")
MAY_BREAK = "\u200b"
"""Where a long word may break; it shows nothing and is no part of the words."""

WHOLE = 16
"""Figures of at most so many characters stay on one line."""

BODY_WORD = 220.0
"""Points that a word may take in running text before it is broken."""

Run = tuple[str, str | None, bool, bool, str | None]
"""Characters, the place they link to, whether strong, whether kept on one line, their place."""


@lru_cache(maxsize=8192)
def lines(text: str) -> str:
    r"""A text as the font can show it, its line breaks kept; what it lacks becomes ``〓``.

    >>> lines("a\x00b\r\nc \U0001f600")
    'ab\nc 〓'
    """
    return safe(SPACES.sub(" ", BREAKS.sub("\n", text)))


def clean(text: str) -> str:
    r"""The same on one line.

    >>> clean("a\n\tb")
    'a b'
    """
    return lines(text).replace("\n", " ")


@lru_cache(maxsize=8192)
def broken(text: str, room: float, size: float) -> str:
    """A text whose words wider than some points may break, after punctuation where they can.

    >>> broken("W" * 6, 20.0, 9.0).split(MAY_BREAK)
    ['WW', 'WW', 'WW']
    """
    return WORD.sub(lambda found: _word(found[0], room, size), text)


def glued(before: str, after: str, room: float, size: float) -> bool:
    """Whether two texts that follow one another make a word too wide for its room."""
    tail, head = END.search(before), WORD.match(after)
    return bool(tail and head and width(tail[0] + head[0], size) > room)


def _word(word: str, room: float, size: float) -> str:
    if width(word, size) <= room:
        return word
    pieces = [""]
    for mark in word:
        if pieces[-1] and width(pieces[-1] + mark, size) > room:
            pieces.append("")
        pieces[-1] += mark
        if mark in AFTER:
            pieces.append("")
    return MAY_BREAK.join(filter(None, pieces))
