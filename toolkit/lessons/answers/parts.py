"""What many answers are made of: a choice, the words a text may use, figures as in a sum."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.lessons.answer import Answer, Table
from toolkit.words import MINUS, Words


def chosen(
    options: Mapping[str, str],
    right: str,
    *,
    params: Mapping[str, str] | None = None,
    table: Table | None = None,
) -> Answer:
    """The answer of a choice: each other option is a mistake of its own.

    Args:
        options: what each letter stands for, by letter.
        right: what the right letter stands for.
        params: what fills the words.
        table: rows the question is about.

    >>> chosen({"a": "grow", "b": "close"}, "close").value
    'b'
    """
    (value,) = (letter for letter, code in options.items() if code == right)
    return Answer(
        value=value,
        wrong={code: letter for letter, code in options.items() if code != right},
        params=params or {},
        options=tuple(options),
        table=table,
    )


def terms(book: Words, key: str) -> tuple[str, ...]:
    """The words by which a written answer may show a sign: parted by bars under a key."""
    return tuple(book.text(key).split("|"))


def grouped(value: float) -> str:
    """A whole number as it is read in a sum.

    >>> grouped(-1234567.8)
    '−1,234,568'
    """
    return f"{value:,.0f}".replace("-", MINUS)
