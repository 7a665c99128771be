"""What a PDF of ours prints, read back in the order of its pages, without running heads."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf import PageObject

TOKEN = re.compile(
    rb"(?P<artifact>/Artifact\b[^\n]*?B[DM]C\b)|(?P<open>/\w+\s*(?:<<[^\n]*?>>)?\s*B[DM]C\b)"
    rb"|(?P<close>EMC\b)|/(?P<font>\w+) [\d.]+ Tf|<(?P<hex>[0-9A-Fa-f]+)>"
    rb"|(?P<text>\()",
    re.DOTALL,
)
WITHIN = re.compile(rb"[^\\()]+|\\.|[()]", re.DOTALL)
ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
CHARACTER = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>\s*\n")


def printed(pdf: bytes) -> str:
    """The characters of a PDF, page by page, without blanks, running heads and page numbers.

    pypdf opens the file; the text is read from the marked content that typst writes, in which
    all that is no part of the document is an artifact (ISO 32000-1, 14.8.2.2).
    """
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(pdf))
    return squeezed("".join("".join(_texts(page)) for page in reader.pages))


def squeezed(text: str) -> str:
    r"""A text without anything that lines and pages may change: blanks and places to break.

    >>> squeezed(" 1\u200b2 \n\u3000円")
    '12円'
    """
    return "".join(text.replace("\u200b", "").split())


def _texts(page: PageObject) -> Iterator[str]:
    contents = page.get_contents()
    fonts = _fonts(page)
    letters: Mapping[int, str] = {}
    nested: list[bool] = []
    for kind, said in _tokens(contents.get_data() if contents is not None else b""):
        if kind == "font":
            letters = fonts.get(said.decode(), {})
        elif kind in ("artifact", "open"):
            nested.append(kind == "artifact")
        elif kind == "close":
            nested = nested[:-1]
        elif not any(nested):
            code = _unescaped(said) if kind == "text" else _bytes(said)
            yield "".join(
                letters.get(int.from_bytes(code[place : place + 2], "big"), "")
                for place in range(0, len(code), 2)
            )


def _tokens(data: bytes) -> Iterator[tuple[str, bytes]]:
    """What of a page's contents concerns its texts: kind and matter, in order."""
    place = 0
    while (found := TOKEN.search(data, place)) is not None:
        kind, place = str(found.lastgroup), found.end()
        if kind == "text":
            place = _closed(data, place)
            yield kind, data[found.end() : place - 1]
        else:
            yield kind, found[kind]


def _closed(data: bytes, place: int) -> int:
    """Where a string ends that has begun before a place; brackets in it come in pairs."""
    depth = 1
    while depth and (found := WITHIN.match(data, place)) is not None:
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        place = found.end()
    return place


def _fonts(page: PageObject) -> dict[str, Mapping[int, str]]:
    resources = page["/Resources"].get_object()
    fonts = resources.get("/Font", {}).get_object()  # type: ignore[union-attr]
    return {
        name.removeprefix("/"): _letters(font.get_object()["/ToUnicode"].get_data())
        for name, font in fonts.items()
        if "/ToUnicode" in font.get_object()
    }


@lru_cache(maxsize=8)
def _letters(table: bytes) -> dict[int, str]:
    """Which characters the codes of a font stand for."""
    return {
        int(code, 16): _bytes(text).decode("utf-16-be", "replace")
        for code, text in CHARACTER.findall(table)
    }


def _bytes(digits: bytes) -> bytes:
    return bytes.fromhex(digits.decode() + "0" * (len(digits) % 2))


def _unescaped(text: bytes) -> bytes:
    def one(found: re.Match[bytes]) -> bytes:
        said = found[1]
        if said.isdigit():
            return bytes([int(said, 8) & 255])
        return NAMED.get(said, said)

    return ESCAPED.sub(one, text)
