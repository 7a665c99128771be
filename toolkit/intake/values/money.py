"""Amounts and other numbers as they are written in Japan: widths, marks, units and signs.

What is decided where a text allows two readings:

- ``1,200-`` is refused (some systems put the minus last, shops write a flourish); with the yen
  mark in front, ``￥1,200-`` is the flourish and means 1,200.
- A lone ``-`` or なし is refused unless the vocabulary lists it as zero: exports of accounts mean
  zero by it, lists kept by hand mean "not known".
- ``10%`` is a number only in a column whose content names ``%`` as a unit.
- Numbers in kanji (千二百円) and a comma as decimal point (1.200,50) are refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from toolkit.intake.mappings.columns import Column, Vocabulary, word_form
from toolkit.intake.values.cells import Parsed, Parser, Unreadable
from toolkit.intake.values.tax_marks import without_tax
from toolkit.intake.values.widths import narrow

LARGEST = Decimal(10) ** 15
_PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,17})?")
_NUMBER = re.compile(
    r"[1-9][0-9]{0,2}(?P<mark>[, ])[0-9]{3}(?:(?P=mark)[0-9]{3})*(?:\.[0-9]+)?"
    r"|[0-9]+(?:\.[0-9]+)?|\.[0-9]+"
)
_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?e[+-]?[0-9]+")
_DECIMAL_COMMA = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")
_KANJI = re.compile("[〇零一二三四五六七八九十百千万億兆壱弐参拾]+")
_NOT_FINITE = re.compile(
    r"[+-]?(?:nan|inf|infinity|∞)|#(?:n/a|value!|div/0!|ref!|name\?|null!|num!|error!)"
)
_NOTHING = frozenset(
    (
        *("なし", "無し", "無", "該当なし", "未定", "不明", "未入力"),
        *("n/a", "na", "null", "none", "nil", "tbd", "?", "*"),
    )
)
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500ー"
_SIGNS = f"{_DASHES}△▲▼▽"
_MINUS_WORD = "マイナス"


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """How a column's amounts are marked.

    ``own`` are the marks of the client's currency, ``others`` those of others by their code,
    ``scales`` words such as 千 and 万. ``units`` are words the column's own content allows, with
    what one of them is worth (pt 1, % 0.01); ``zeros`` are texts that stand for zero; ``scale`` is
    what the header says: 1000 under 金額（千円）.
    """

    own: tuple[str, ...]
    others: Mapping[str, str]
    scales: Mapping[str, float]
    units: Mapping[str, float] = field(default_factory=dict)
    zeros: frozenset[str] = frozenset()
    scale: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """What is left of a text once sign and marks are off: whether each was there."""

    text: str
    negative: bool
    marked: bool
    factor: float = 1.0


def money_words(
    words: Vocabulary,
    currency: str,
    units: Mapping[str, float] | None = None,
    zeros: Iterable[str] = (),
) -> Money:
    """Marks that an amount in ``currency`` may carry, and the marks that show another one."""
    own = (*words.currencies.get(currency, ()), currency.casefold())
    others: dict[str, str] = {}
    for code, marks in words.currencies.items():
        for mark in (*marks, code.casefold()):
            if mark not in own:
                others.setdefault(mark, code)
    return Money(
        own=tuple(_longest_first(set(own))),
        others={mark: others[mark] for mark in _longest_first(others)},
        scales={word: words.scales[word] for word in _longest_first(words.scales)},
        units=_units(units),
        zeros=frozenset(map(word_form, zeros)),
    )


def parse_money(text: str, marks: Money) -> Parsed:
    """An amount as a float, and whether its writing was changed.

    A ``scale`` of the header multiplies the value; it is told once for the column, not here.

    Raises:
        Unreadable: no finite number, two readings, another currency, scientific notation.

    >>> yen = Money(own=("円", "¥"), others={"$": "USD"}, scales={"千": 1000, "万": 10000})
    >>> parse_money("▲１，２００円", yen), parse_money("3万円", yen), parse_money("980", yen)
    ((-1200.0, True), (30000.0, True), (980.0, False))
    """
    if _PLAIN.fullmatch(text):
        if marks.scale == 1:
            return float(text) + 0.0, False
        return _finite(Decimal(text) * Decimal(str(marks.scale))), False
    plain = narrow(text)
    if plain in marks.zeros:
        return 0.0, True
    _refuse(plain)
    body = _bare(_untied(without_tax(plain), marks), marks)
    if not body.text:
        raise Unreadable("amount_unreadable")
    value, scale = _scaled(body.text, marks)
    value *= Decimal(str(body.factor * _header_scale(scale, body, marks)))
    return _finite(-value if body.negative else value), True


def money_parser(marks: Money, column: Column) -> Parser:
    """Parser of amounts within the column's bounds."""
    return _bounded(lambda text: parse_money(text, marks), column)


def number_parser(
    column: Column, units: Mapping[str, float] | None = None, scale: float = 1.0
) -> Parser:
    """Parser of plain numbers within the column's bounds, with the unit words it allows."""
    marks = Money(own=(), others={}, scales={}, units=_units(units), scale=scale)
    return _bounded(lambda text: parse_money(text, marks), column)


def _bounded(parse: Parser, column: Column) -> Parser:
    def bounded(text: str) -> Parsed:
        value, changed = parse(text)
        if column.low is not None and value < column.low:
            raise Unreadable("number_below", {"low": f"{column.low:g}"})
        if column.high is not None and value > column.high:
            raise Unreadable("number_above", {"high": f"{column.high:g}"})
        return value, changed

    return bounded


def _units(units: Mapping[str, float] | None) -> dict[str, float]:
    """Unit words as compared; the longest is tried first."""
    worth = {word_form(word): value for word, value in (units or {}).items()}
    return {word: worth[word] for word in _longest_first(worth)}


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


def _finite(value: Decimal) -> float:
    if abs(value) >= LARGEST:
        raise Unreadable("amount_too_large")
    return float(value) + 0.0  # no minus zero


def _refuse(plain: str) -> None:
    """Refuse by name what is often met and is no amount."""
    if _NOT_FINITE.fullmatch(plain):
        raise Unreadable("amount_not_finite")
    if _SCIENTIFIC.fullmatch(plain):
        raise Unreadable("amount_scientific")
    if plain in _NOTHING:
        raise Unreadable("amount_placeholder")


def _untied(plain: str, marks: Money) -> str:
    """The text without 金…也, and without the flourish after an amount with its mark in front.

    Raises:
        Unreadable: a sign stands last and nothing says whether it is a minus.
    """
    if plain.startswith("金") and plain.endswith("也"):
        plain = plain[1:-1].strip()
    elif plain.endswith("円也"):
        plain = plain[:-1]
    if not plain.endswith(tuple(_SIGNS)):
        return plain
    cut = plain.rstrip(_DASHES).rstrip()
    symbols = (mark for mark in marks.own if not mark.isalnum())
    front = next((mark for mark in symbols if cut.startswith(mark)), "")
    inner = cut[len(front) :].strip()
    if not inner.strip(_SIGNS):
        raise Unreadable("amount_placeholder")
    if not front or inner[-1] in _SIGNS or inner[0] in _SIGNS:
        raise Unreadable("amount_sign_last")
    return cut.removesuffix(".")


def _bare(plain: str, marks: Money) -> _Body:
    """Take the sign, the currency's mark and the unit word off, in any order they are met in."""
    body, marked, factor = _without_suffix(plain, marks)
    signs: list[str] = []
    fronts = 0
    while body:
        if sign := _sign(body):
            signs.append(sign)
            body = body[len(sign) :].lstrip()
        elif body[0] == "(" and body[-1] == ")":
            signs.append("(")
            body, inner, factor = _without_suffix(body[1:-1].strip(), marks, factor)
            marked = marked or inner
        elif mark := next((mark for mark in marks.own if body.startswith(mark)), None):
            marked, fronts, body = True, fronts + 1, body[len(mark) :].lstrip()
        else:
            break
    _refuse_other(body, marks)
    if len(signs) > 1 or fronts > 1:
        raise Unreadable("amount_unreadable")
    return _Body(text=body, negative=signs not in ([], ["+"]), marked=marked, factor=factor)


def _sign(body: str) -> str | None:
    if body[0] in _SIGNS or body[0] == "+":
        return body[0]
    return _MINUS_WORD if body.startswith(_MINUS_WORD) else None


def _without_suffix(body: str, marks: Money, factor: float = 1.0) -> tuple[str, bool, float]:
    for mark in marks.own:
        if body.endswith(mark):
            return body[: -len(mark)].rstrip(), True, factor
    for word, worth in marks.units.items():
        if body.endswith(word):
            return body[: -len(word)].rstrip(), False, worth
    return body, False, factor


def _refuse_other(body: str, marks: Money) -> None:
    """Refuse by name what stands where a number should; a plain number passes at once."""
    if _NUMBER.fullmatch(body):
        return
    for mark, code in marks.others.items():
        if body.startswith(mark) or body.endswith(mark):
            raise Unreadable("amount_other_currency", {"mark": mark, "currency": code})
    if body.endswith("%") and _NUMBER.fullmatch(body[:-1].rstrip()):
        raise Unreadable("amount_percent")
    if _DECIMAL_COMMA.fullmatch(body):
        raise Unreadable("amount_decimal_comma")
    if _KANJI.fullmatch(body):
        raise Unreadable("amount_kanji")


def _scaled(body: str, marks: Money) -> tuple[Decimal, float | None]:
    """A number with its scale words: 1.5万, or several in falling order as in 1億2,000万.

    Returns:
        The value, and the scale of its first part; None where there is no scale word.
    """
    parts = _parts(body, marks)
    values = [number * Decimal(str(scale)) for number, scale in parts]
    if len(parts) > 1:
        pairs = zip(parts, values[1:], strict=False)
        falling = all(low < Decimal(str(scale)) for (_, scale), low in pairs)
        if not falling or any(number % 1 for number, _ in parts):
            raise Unreadable("amount_unreadable")
    return sum(values, Decimal(0)), parts[0][1] if parts[0][1] != 1 else None


def _parts(body: str, marks: Money) -> list[tuple[Decimal, float]]:
    parts = []
    while body:
        match = _NUMBER.match(body)
        if not match:
            raise Unreadable("amount_unreadable")
        body = body[match.end() :].lstrip()
        word = next((word for word in marks.scales if body.startswith(word)), "")
        body = body[len(word) :].lstrip()
        if body and not word:
            raise Unreadable("amount_unreadable")
        number = Decimal(match[0].replace(",", "").replace(" ", ""))
        parts.append((number, marks.scales[word] if word else 1.0))
    return parts


def _header_scale(scale: float | None, body: _Body, marks: Money) -> float:
    """What the header's unit adds to a cell; a cell with a unit of its own must agree with it."""
    if marks.scale == 1 or (scale == marks.scale):
        return 1.0
    if scale is not None or body.marked:
        raise Unreadable("amount_unit_twice", {"scale": f"{marks.scale:,.0f}"})
    return marks.scale
