"""Amounts and other numbers as they are written in Japan: widths, marks, units and signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from toolkit.intake.cells import Parsed, Parser, Unreadable
from toolkit.intake.columns import Column, Vocabulary, without_invisible

_PLAIN = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?e[+-]?\d+", re.IGNORECASE)
_NOT_FINITE = frozenset(("nan", "inf", "infinity", "-inf", "-infinity", "+inf", "#n/a", "#value!"))
_MINUS = str.maketrans({"−": "-", "△": "-", "▲": "-", "‐": "-", "–": "-", "—": "-", "ー": "-"})
LARGEST = Decimal(10) ** 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """How a client's amounts are marked: own currency's marks, those of others, unit words."""

    own: tuple[str, ...]
    others: Mapping[str, str]
    scales: Mapping[str, float]


def money_words(words: Vocabulary, currency: str) -> Money:
    """Marks that an amount in ``currency`` may carry, and the marks that show another one."""
    own = (*words.currencies.get(currency, ()), currency.casefold())
    others = {
        mark: code
        for code, marks in words.currencies.items()
        for mark in (*marks, code.casefold())
        if mark not in own
    }
    longest = sorted(set(own), key=len, reverse=True)
    scales = dict(sorted(words.scales.items(), key=lambda item: -len(item[0])))
    return Money(own=tuple(longest), others=others, scales=scales)


def parse_money(text: str, marks: Money) -> Parsed:
    """An amount as a float, and whether it was rewritten.

    Raises:
        Unreadable: no finite number, another currency's mark, scientific notation.

    >>> yen = Money(own=("円", "¥"), others={"$": "USD"}, scales={"千": 1000, "万": 10000})
    >>> parse_money("▲１，２００円", yen), parse_money("3万円", yen), parse_money("980", yen)
    ((-1200.0, True), (30000.0, True), (980.0, False))
    """
    if _PLAIN.fullmatch(text):
        return float(text), False
    plain = without_invisible(unicodedata.normalize("NFKC", text).translate(_MINUS)).casefold()
    _refuse(plain)
    sign, body = _signed(plain)
    body = _without_mark(body, marks)
    second, body = _signed(body)
    body, scale = _scaled(_without_mark(body, marks), marks)
    if (sign and second) or not _NUMBER.fullmatch(body):
        raise Unreadable("amount_unreadable")
    value = Decimal(body.replace(",", "")) * Decimal(str(scale))
    if value >= LARGEST:
        raise Unreadable("amount_too_large")
    return float(-value if sign or second else value), True


def money_parser(marks: Money, column: Column) -> Parser:
    """Parser of amounts within the column's bounds."""
    return _bounded(lambda text: parse_money(text, marks), column)


def number_parser(column: Column) -> Parser:
    """Parser of plain numbers within the column's bounds."""
    none = Money(own=(), others={}, scales={})
    return _bounded(lambda text: parse_money(text, none), column)


def _bounded(parse: Parser, column: Column) -> Parser:
    def bounded(text: str) -> Parsed:
        value, changed = parse(text)
        if column.low is not None and value < column.low:
            raise Unreadable("number_below", {"low": f"{column.low:g}"})
        if column.high is not None and value > column.high:
            raise Unreadable("number_above", {"high": f"{column.high:g}"})
        return value, changed

    return bounded


def _refuse(plain: str) -> None:
    if plain in _NOT_FINITE:
        raise Unreadable("amount_not_finite")
    if _SCIENTIFIC.fullmatch(plain):
        raise Unreadable("amount_scientific")


def _signed(plain: str) -> tuple[bool, str]:
    """Whether the amount is negative, and the rest: a leading minus, or in brackets."""
    if plain.startswith("-"):
        return True, plain[1:].lstrip()
    if plain.startswith("+"):
        return False, plain[1:].lstrip()
    if plain.startswith("(") and plain.endswith(")"):
        return True, plain[1:-1].strip()
    return False, plain


def _without_mark(body: str, marks: Money) -> str:
    for mark in marks.own:
        if body.startswith(mark):
            return body[len(mark) :].lstrip()
        if body.endswith(mark):
            return body[: -len(mark)].rstrip()
    for mark, code in marks.others.items():
        if body.startswith(mark) or body.endswith(mark):
            raise Unreadable("amount_other_currency", {"mark": mark, "currency": code})
    return body


def _scaled(body: str, marks: Money) -> tuple[str, float]:
    for word, scale in marks.scales.items():
        if body.endswith(word):
            return body[: -len(word)].rstrip(), scale
    return body, 1
