"""Amounts, shares and names of costs as the lesson on the margin writes them."""

from __future__ import annotations

from typing import Final

from toolkit.lessons.ledger import Ledger
from toolkit.words import Words, number_text

WORDS: Final = "lessons.margin"


def label(item: str, book: Words) -> str:
    """Name of a cost item; an item of the client's own keeps its code."""
    key = f"{WORDS}.code.{item}"
    return book.text(key) if book.has(key) else item


def money(value: float, told: Ledger, book: Words) -> str:
    """An amount to the last yen, as a calculation needs it."""
    return number_text(round(value), "exact_yen", book.lang, told.currency)


def rough(value: float, told: Ledger, book: Words) -> str:
    """An amount as it is spoken of, to three digits."""
    return number_text(float(f"{value:.3g}"), "yen", book.lang, told.currency)


def percent(value: float, book: Words) -> str:
    """A share in percent."""
    return number_text(value, "share", book.lang)


def sums(told: Ledger, items: tuple[str, ...], book: Words) -> str:
    """A line a cost with its sum over the months."""
    return "\n".join(f"- {label(x, book)}: {money(told.total(x), told, book)}" for x in items)


def named(items: tuple[str, ...], book: Words) -> str:
    """Names of cost items in a row, inside a sentence."""
    return book.text(f"{WORDS}.separator").join(label(name, book).lower() for name in items)


def columns(items: tuple[str, ...]) -> str:
    """Cost items as the list of columns a learner writes.

    >>> columns(("cogs", "points"))
    '["cogs", "points"]'
    """
    return f"[{', '.join(f'{chr(34)}{name}{chr(34)}' for name in items)}]"
