"""A screen or a log that has not every character: what it lacks is written in its next of kin."""

from __future__ import annotations

import codecs
import io
import sys
import unicodedata

HANDLER = "toolkit.kin"
KIN = {
    "\N{EM DASH}": "\N{HORIZONTAL BAR}-",
    "\N{EN DASH}": "-",
    "\N{MINUS SIGN}": "\N{FULLWIDTH HYPHEN-MINUS}-",
    "\N{WAVE DASH}": "\N{FULLWIDTH TILDE}~",
    "\N{YEN SIGN}": "\N{FULLWIDTH YEN SIGN}\\",
    "\N{COPYRIGHT SIGN}": "C",
    "\N{BULLET}": "\N{KATAKANA MIDDLE DOT}*",
    "\N{MIDDLE DOT}": "\N{KATAKANA MIDDLE DOT}.",
    "\N{NO-BREAK SPACE}": " ",
    "髙": "高",
    "﨑": "崎",
}
"""By character, those that may stand in for it, the first that the encoding has."""


def make_writable() -> None:
    """Let both streams take any text, whatever their encoding (cp932 in a log on Windows)."""
    codecs.register_error(HANDLER, _kin)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=HANDLER)


def _kin(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(_written(one, error.encoding) for one in missing), error.end


def _written(character: str, encoding: str) -> str:
    """The character's next of kin that the encoding has, else a question mark."""
    alike = unicodedata.normalize("NFKC", character)
    for one in (*KIN.get(character, ""), alike):
        try:
            one.encode(encoding)
        except UnicodeEncodeError:
            continue
        return str(one)
    return "?"
