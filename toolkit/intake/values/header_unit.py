"""What a header says of its column's unit: 金額(千円), 売上高［百万円・税抜］, Amount (JPY)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from toolkit.intake.mappings.columns import ColumnType, Vocabulary, without_invisible
from toolkit.intake.values.tax_marks import EXCLUDED, INCLUDED, Tax, tax_mark
from toolkit.intake.values.widths import narrow

MINUTES = "minutes"
_BRACKETED = re.compile(r"(?P<head>.*[^\s_])[\s_]*[(\[{<【〔〈《](?P<unit>[^(\[]+)[)\]}>】〕〉》]")
_TAILED = re.compile(r"(?P<head>.*[^\s_:])[\s_:]+(?P<unit>[^\s_:]+)")
_SIGN = re.compile(r"[\s_:：税(（\[［{｛<＜【〔〈《]|tax|vat", re.IGNORECASE)
_TAX = re.compile(rf"{INCLUDED}|{EXCLUDED}")
_GLUED = (
    r"(?:(?:消費)?税(?:込み?(?!別)|抜き?|別)|(?:tax|vat)[\s-](?:in|ex)cl(?:uded|\.)?"
    r"|(?:in|ex)cl(?:uding|\.)?\s(?:tax|vat))"
)
_TAX_FIRST = re.compile(rf"(?P<unit>{_GLUED})[\s_]*の?(?P<head>\S.*)", re.IGNORECASE)
_TAX_LAST = re.compile(rf"(?P<head>.*?[^\s_])[\s_]*(?P<unit>{_GLUED})", re.IGNORECASE)
_FRAME = re.compile(r"^(?:単位\s*:?|unit\s*:?|in\s)\s*|\s*単位$")
_COUNTS = (
    *("個", "点", "件", "本", "枚", "袋", "箱", "セット", "回", "人", "名", "社", "店", "通", "口"),
    *("pt", "ポイント", "pcs"),
)
_PER = re.compile(rf"(?<=.)/\s*(?:{'|'.join(_COUNTS)})$")
_DURATIONS = {
    **dict.fromkeys(("分", "min", "mins", "minutes"), 1.0),
    **dict.fromkeys(("時間", "h", "hrs", "hours"), 60.0),
    **dict.fromkeys(("秒", "sec", "secs", "seconds"), 1 / 60),
}
_LETTERS = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9}
_ENGLISH = {
    **dict.fromkeys(("thousand", "thousands"), 1e3),
    **dict.fromkeys(("million", "millions"), 1e6),
    **dict.fromkeys(("billion", "billions"), 1e9),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderUnit:
    """A header without its unit, and what the unit says.

    ``scale`` is what a value is multiplied by; ``unit`` is a currency code, ``minutes`` or a word
    such as 件, pt and %; each is 1 or None where the header does not say.
    """

    bare: str
    scale: float = 1.0
    tax: Tax | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """Unit words: currency marks with their code, the longest first, and scales."""

    marks: tuple[tuple[str, str], ...]
    scales: Mapping[str, float]


@lru_cache(maxsize=4096)
def header_unit(header: str, words: Vocabulary, currency: str = "JPY") -> HeaderUnit:
    """Take the unit and the tax mark off a header.

    A bracket that holds anything else, as in 都道府県(名称), stays; a header of nothing but a unit,
    or of two that contradict each other, is returned as it is.

    >>> from toolkit.method import load_method
    >>> from toolkit.intake.mappings.columns import vocabulary
    >>> header_unit("売上高（単位：百万円、税抜）", vocabulary(load_method()))
    HeaderUnit(bare='売上高', scale=1000000.0, tax='excluded', unit='JPY')
    """
    known = _known(words, currency)
    found = HeaderUnit(bare=without_invisible(unicodedata.normalize("NFKC", header)))
    while (cut := _cut(found.bare, known)) is not None:
        head, said = cut
        merged = _merged(replace(found, bare=head), said)
        if merged is None:
            return HeaderUnit(bare=header)
        found = merged
    return found if found != HeaderUnit(bare=found.bare) else HeaderUnit(bare=header)


def may_state_unit(header: str) -> bool:
    """Whether a header has anything in which a unit or a tax mark can stand.

    >>> may_state_unit("金額(千円)"), may_state_unit("税込価格"), may_state_unit("金額")
    (True, True, False)
    """
    return _SIGN.search(header) is not None


def suits(found: HeaderUnit, kind: ColumnType, currency: str, units: Collection[str] = ()) -> bool:
    """Whether a column can have the unit that its header states.

    Args:
        found: the header's unit.
        kind: the canonical column's type.
        currency: the client's; an amount in another one is not this column.
        units: unit words that the column's content allows.
    """
    if found.tax is not None and kind != "money":
        return False
    if found.unit is None:
        return found.scale == 1 or kind in ("money", "number")
    if found.unit in {narrow(word) for word in units}:
        return kind in ("money", "number")
    if kind == "money":
        return found.unit == currency
    return found.unit in {"minutes": (MINUTES,), "number": _COUNTS}.get(kind, ())


def _known(words: Vocabulary, currency: str) -> _Known:
    own = (*words.currencies.get(currency, ()), currency.casefold())
    marks = dict.fromkeys(own, currency)
    for code, listed in words.currencies.items():
        for mark in (*listed, code.casefold()):
            marks.setdefault(mark, code)
    return _Known(
        marks=tuple(sorted(marks.items(), key=lambda item: -len(item[0]))),
        scales={**words.scales, **_ENGLISH},
    )


def _cut(bare: str, known: _Known) -> tuple[str, list[HeaderUnit]] | None:
    """The header before its last unit, and what that unit says; None if there is no unit."""
    if _TAX.fullmatch(narrow(bare)):
        return None
    if (match := _BRACKETED.fullmatch(bare)) and (said := _said(match["unit"], known)):
        return match["head"], said
    if match := _TAX_FIRST.fullmatch(bare) or _TAX_LAST.fullmatch(bare):
        return match["head"], [HeaderUnit(bare="", tax=tax_mark(match["unit"]))]
    if match := _TAILED.fullmatch(bare):
        said = _said(match["unit"], known)
        if said and all(one.tax or one.unit in dict(known.marks).values() for one in said):
            return match["head"], said
    return None


def _said(text: str, known: _Known) -> list[HeaderUnit]:
    """What each part of a bracket says; nothing if one of them is no unit."""
    plain = _PER.sub("", _FRAME.sub("", narrow(text)).strip())
    for parts in ([plain], re.split(r"\s*[・、,/;|]\s*", plain), re.split(r"[・、,/;|\s]+", plain)):
        said = [_one(part, known) for part in parts]
        if all(said):
            return [one for one in said if one]
    return []


def _one(part: str, known: _Known) -> HeaderUnit | None:
    if _TAX.fullmatch(part):
        return HeaderUnit(bare="", tax=tax_mark(part))
    if part in _DURATIONS:
        return HeaderUnit(bare="", unit=MINUTES, scale=_DURATIONS[part])
    if part == "%":
        return HeaderUnit(bare="", unit="%", scale=0.01)
    if part in known.scales:
        return HeaderUnit(bare="", scale=known.scales[part])
    return _measured(part, known)


def _measured(part: str, known: _Known) -> HeaderUnit | None:
    """A currency or a counting word, with a scale before or after it."""
    for mark, unit in (*known.marks, *((word, word) for word in _COUNTS)):
        if part.startswith(mark) or part.endswith(mark):
            rest = (part[len(mark) :] if part.startswith(mark) else part[: -len(mark)]).strip()
            scale = {"": 1.0, **_LETTERS, **known.scales}.get(rest)
            if scale is not None:
                return HeaderUnit(bare="", unit=unit, scale=scale)
    return None


def _merged(found: HeaderUnit, said: list[HeaderUnit]) -> HeaderUnit | None:
    """What a header has said so far with what it says further; None if they contradict."""
    for one in said:
        clash = found.tax and one.tax and found.tax != one.tax
        if clash or (found.unit and one.unit and found.unit != one.unit):
            return None
        found = replace(
            found,
            scale=found.scale * one.scale,
            tax=one.tax or found.tax,
            unit=one.unit or found.unit,
        )
    return found
