"""Sentences, numbers and dates in a reader's language, from content/words and Babel."""

from __future__ import annotations

import html
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from math import copysign, isfinite
from typing import TYPE_CHECKING, Any

from toolkit.errors import Problem, ToolkitError

if TYPE_CHECKING:
    from toolkit.facts import Fact, Value
    from toolkit.method import Method

MINUS = "−"
MONEY = ("yen", "exact_yen")
SMALL_SHARE = 0.01  # below it a share has two decimals: fees of 0.25 % and 0.55 % differ
language: ContextVar[str] = ContextVar("toolkit_language", default="ja")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language; ``text`` fills placeholders, never builds from client text."""

    lang: str
    table: Mapping[str, str]

    def has(self, key: str) -> bool:
        """Whether there is a sentence under the key."""
        return key in self.table

    def text(self, key: str, /, **params: Any) -> str:
        """The sentence under a key with its placeholders filled; the key itself if missing."""
        template = self.table.get(key)
        if template is None:
            return key
        return template.format_map(_Blank(params))


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def words(method: Method, lang: str | None = None) -> Words:
    """The words of a method in a language, by default the one set in ``tk.language``."""
    chosen = lang or language.get()
    return Words(lang=chosen, table=method.words[chosen])


@lru_cache(maxsize=4)
def screen_words(lang: str) -> Words:
    """Words of commands and errors alone: the whole method would take too long for a help text."""
    import tomllib

    from toolkit import resources
    from toolkit.method import flat_words

    table: dict[str, str] = {}
    for path in sorted(resources.content("words", lang).glob("*.toml")):
        prefix = path.stem.split("__")[0]
        if prefix in ("cli", "errors"):
            table.update(flat_words(prefix, tomllib.loads(path.read_text(encoding="utf-8"))))
    return Words(lang=lang, table=table)


def problem_text(problem: Problem, book: Words) -> tuple[str, str]:
    """What is wrong and what to do, for one problem.

    Returns:
        (message, fix); the value is shown only where the problem carries it.
    """
    params: dict[str, Any] = {
        "file": problem.file or "",
        "row": problem.row if problem.row is not None else "",
        "line": problem.line if problem.line is not None else "",
        "column": problem.column or "",
        "key": problem.key or "",
        "value": problem.value if problem.value is not None else "",
        **problem.params,
    }
    said = {name: printable(value) for name, value in params.items()}
    return (
        book.text(f"errors.{problem.code}.message", **said),
        book.text(f"errors.{problem.code}.fix", **said),
    )


def printable(value: Any) -> Any:
    r"""A text of a client as a sentence may show it: what cannot be seen is written out.

    >>> printable("a\ufeff\x7f"), printable(3)
    ('a\\ufeff\\x7f', 3)
    """
    if not isinstance(value, str) or value.isprintable():
        return value
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in value)


def place_text(problem: Problem, book: Words) -> str:
    """Where a problem is: file, sheet, row, line, column or key, as far as known."""
    parts = [problem.file] if problem.file else []
    for name in ("sheet", "row", "line", "column", "key"):
        value = getattr(problem, name)
        if value is not None and not (name == "line" and problem.row is not None):
            parts.append(book.text(f"errors.place.{name}", value=value))
    return book.text("errors.place.separator").join(parts)


def error_text(error: ToolkitError, book: Words) -> str:
    """The whole of an error as lines for the screen: each problem with place, message and fix."""
    lines = []
    if book.has(f"errors.{error.code}.message"):
        lines.append(book.text(f"errors.{error.code}.message", **error.params))
    if book.has(f"errors.{error.code}.fix") and not error.problems:
        lines.append(f"  → {book.text(f'errors.{error.code}.fix', **error.params)}")
    for problem in error.problems:
        message, fix = problem_text(problem, book)
        place = place_text(problem, book)
        lines.append(f"- {place}: {message}" if place else f"- {message}")
        if fix and not fix.startswith("errors."):
            lines.append(f"  → {fix}")
    return "\n".join(lines)


def number_text(value: Value, unit: str, lang: str, currency: str = "JPY") -> str:
    """A value as it is printed: rounded here and nowhere else.

    Args:
        value: number, code or None (printed as a dash).
        unit: share, points, yen, exact_yen (never in tens of thousands: for sums), count, days,
            minutes, hours, months, ratio, index, score.
        lang: language of the reader.
        currency: ISO code used where the unit is yen (money in the client's currency).

    >>> number_text(0.4886, "share", "en"), number_text(12_400_000, "yen", "ja")
    ('48.9%', '1,240万円')
    >>> number_text(12_400_000, "exact_yen", "ja"), number_text(-9.5, "exact_yen", "en", "USD")
    ('12,400,000円', '−$9.50')
    """
    if value is None:
        return "—"
    if isinstance(value, bool | str):
        return str(value)
    shown = (
        _money(float(value), lang, currency, scaled=unit == "yen")
        if unit in MONEY
        else _unit(float(value), unit, lang)
    )
    return shown.replace("-", MINUS)


def _unit(value: float, unit: str, lang: str) -> str:
    if unit == "share":
        return f"{_decimal(value * 100, 2 if 0 < abs(value) < SMALL_SHARE else 1, lang)}%"
    if unit == "points":
        mark = {"ja": "ポイント"}.get(lang, " pt")
        shown = _decimal(value * 100, 1, lang)
        return f"{'' if copysign(1, value) < 0 else '+'}{shown}{mark}"
    if unit in ("index", "ratio"):
        return _decimal(value, 2, lang)
    return _decimal(value, 0 if unit == "count" or value == int(value) else 1, lang)


def _decimal(value: float, places: int, lang: str) -> str:
    """A number with its thousands apart, rounded as Babel does: halves to the even digit."""
    if isfinite(value) and _plain(lang):
        return f"{Decimal(str(value)):,.{places}f}"
    from babel.numbers import format_decimal

    return str(format_decimal(value, f"#,##0.{'0' * places}".rstrip("."), locale=lang))


@lru_cache(maxsize=8)
def _plain(lang: str) -> bool:
    """Whether a language writes numbers as Python does; Babel takes thirty times as long."""
    from babel import Locale

    locale = Locale.parse(lang)
    symbols = locale.number_symbols["latn"]
    usual = locale.default_numbering_system == "latn"
    signs = {"decimal": ".", "group": ",", "minusSign": "-"}
    return usual and all(symbols[name] == sign for name, sign in signs.items())


def _money(value: float, lang: str, currency: str, *, scaled: bool) -> str:
    from babel.numbers import format_currency

    if currency == "JPY" and lang == "ja":
        for size, mark in ((1e8, "億円"), (1e4, "万円")) if scaled else ():
            if abs(value) >= size * (10 if mark == "万円" else 1):
                return f"{_decimal(value / size, _digits(value, mark), lang)}{mark}"
        return f"{_decimal(value, 0, lang)}円"
    digits = "#,##0" if currency == "JPY" or abs(value) >= 1000 else "#,##0.00"
    return str(format_currency(value, currency, f"¤{digits}", locale=lang, currency_digits=False))


def _digits(value: float, mark: str) -> int:
    """Three digits or so of hundreds of millions; whole tens of thousands."""
    if mark != "億円" or abs(value) >= 1e10:
        return 0
    return 1 if abs(value) >= 1e9 else 2


def date_text(value: date | datetime | str, lang: str) -> str:
    """A date as the language writes it.

    >>> date_text("2026-11-22", "ja"), date_text("2026-11-22", "en")
    ('2026年11月22日', '22 Nov 2026')
    """
    from babel.dates import format_date

    day = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    patterns = {"ja": "y年M月d日", "en": "d MMM y"}
    return str(format_date(day, patterns.get(lang, "medium"), locale=lang))


def month_text(value: str, lang: str) -> str:
    """A month YYYY-MM as the language writes it.

    >>> month_text("2026-04", "ja")
    '2026年4月'
    """
    from babel.dates import format_date

    day = date.fromisoformat(f"{value[:7]}-01")
    return str(format_date(day, {"ja": "y年M月", "en": "MMM y"}.get(lang, "MMM y"), locale=lang))


def fact_html(fact: Fact) -> str:
    """A fact as a notebook shows it, in ``tk.language``."""
    from toolkit.method import load_method

    book = words(load_method())
    name = fact_name(fact, book)
    shown = number_text(fact.value, fact.unit, book.lang) if fact.known else _why(fact, book)
    small = book.text("common.fact_note", n="—" if fact.n is None else f"{fact.n:,}", id=fact.key)
    return (
        f"<div><b>{html.escape(name)}</b> {html.escape(shown)}"
        f"<br><small>{html.escape(small)}</small></div>"
    )


def fact_name(fact: Fact, book: Words) -> str:
    """Name of a figure, or the text of a question; its id where there are no words."""
    keys = (
        f"definitions.{fact.id}.name",
        f"frameworks.definitions.{fact.id}.name",
        f"questions.{fact.id}.text",
    )
    return next((book.text(key) for key in keys if book.has(key)), fact.id)


def _why(fact: Fact, book: Words) -> str:
    return book.text(f"common.reason.{fact.reason or 'not_stated'}")
