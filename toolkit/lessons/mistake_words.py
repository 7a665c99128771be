"""What a known mistake is, without the figures of any firm: for progress and the guide."""

from __future__ import annotations

import re

from toolkit.words import Words

_ASIDE = re.compile(r"\s?[（(][^（）()]*\{[^}]*\}[^（）()]*[）)]")
_BLANK = re.compile(r"\{[^}]*\}")


def mistake_text(book: Words, lesson: str, question: str, code: str) -> str:
    """The sentence for a mistake: remarks in brackets that quote figures are left out.

    Empty where the lesson has no sentence for the code.
    """
    key = f"lessons.{lesson}.{question}.mistake.{code}"
    return without_figures(book.table[key]) if book.has(key) else ""


def mistake_codes(book: Words, lesson: str, question: str) -> tuple[str, ...]:
    """The mistakes of a question that have a sentence of their own."""
    start = f"lessons.{lesson}.{question}.mistake."
    return tuple(key.removeprefix(start) for key in book.table if key.startswith(start))


def without_figures(text: str) -> str:
    """A sentence whose placeholders stand for no firm.

    >>> without_figures("The plain mean ({plain}) of {n} lines.")
    'The plain mean of … lines.'
    """
    return _BLANK.sub("…", _ASIDE.sub("", text)).strip()
