"""Whether a cell that cannot be read is a person's: such a value is never quoted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow

SHORTEST = 2
"""A single letter or digit stands for nobody."""
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_TELEPHONE = re.compile(r"\+?\d{1,4}[-\s(]?\d{2,4}[-\s)]?\d{3,4}")


def private_texts(columns: Iterable[pyarrow.Array]) -> frozenset[str]:
    """All that stands in a file's columns of persons, in the form ``is_private`` compares."""
    found: set[str] = set()
    for column in columns:
        found.update(form(text) for text in column.unique().to_pylist() if text)
    return frozenset(text for text in found if len(text) >= SHORTEST)


def is_private(value: str, texts: frozenset[str], *, may_be_id: bool = False) -> bool:
    """Whether a value is an address of e-mail, a telephone number, or one of the texts.

    Args:
        value: a cell as it stands in the file.
        texts: those of ``private_texts``.
        may_be_id: numbers of orders look like those of telephones, and are needed.

    >>> is_private("090-1234-5678", frozenset()), is_private("2026/13/40", frozenset())
    (True, False)
    >>> is_private("山田　太郎", frozenset({"山田太郎"})), is_private("12,3x", frozenset())
    (True, False)
    """
    shown = unicodedata.normalize("NFKC", value).strip()
    if _ADDRESS.search(shown) or (not may_be_id and _telephone(shown)):
        return True
    return form(value) in texts


def form(text: str) -> str:
    """A text without blanks and in one width, as two spellings of a name are compared."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _telephone(text: str) -> bool:
    """A number that begins with 0 or + and is as long as a telephone number."""
    digits = sum(letter.isdigit() for letter in text)
    return text[:1] in ("0", "+") and 10 <= digits <= 13 and bool(_TELEPHONE.fullmatch(text))
