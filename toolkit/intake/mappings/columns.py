"""Table kinds and their canonical columns, as declared in content/columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from toolkit.method import Entry, Method, once_a_method

ColumnType = Literal[
    "id", "label", "text", "money", "number", "date", "month", "year", "minutes", "flag", "choice"
]
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_DROP_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One canonical column: its type and the headers under which it is known.

    ``future`` marks dates that may lie after the run date (due, promised, end of contract);
    ``hidden`` columns never show a value in a message; ``open`` choices take other words too;
    ``staff`` columns hold names of the client's own people; ``units`` are words an amount or a
    count may carry, with what one of them is worth (500pt); ``forms`` are the name and the
    aliases as headers are compared.
    """

    name: str
    type: ColumnType
    required: bool = False
    future: bool = False
    hidden: bool = False
    open: bool = False
    staff: bool = False
    low: float | None = None
    high: float | None = None
    aliases: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    units: Mapping[str, float] = field(default_factory=dict)
    forms: tuple[str, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        forms = tuple(header_form(text) for text in (self.name, *self.aliases))
        object.__setattr__(self, "forms", forms)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableKind:
    """One kind of table.

    ``either`` lists alternative sets of columns of which one must be there; ``key`` names the
    columns that identify a record; ``date`` is the column a row is dated by.
    """

    name: str
    columns: Mapping[str, Column]
    stems: tuple[str, ...] = ()
    either: tuple[tuple[str, ...], ...] = ()
    key: tuple[str, ...] = ()
    date: str | None = None

    @property
    def required(self) -> tuple[str, ...]:
        """Columns without which the table says nothing."""
        return tuple(name for name, column in self.columns.items() if column.required)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Vocabulary:
    """Words that cells and headers use: totals, yes and no, cancelled, personal, currencies.

    ``test_words`` name an order made to try the shop; ``zeros`` stand for nothing in amounts;
    ``currency`` is the client's.
    """

    totals: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    cancelled: frozenset[str]
    cancel_hints: tuple[str, ...]
    personal: frozenset[str]
    personal_parts: tuple[str, ...]
    currencies: Mapping[str, tuple[str, ...]]
    scales: Mapping[str, float]
    test_words: frozenset[str]
    zeros: frozenset[str]
    currency: str = "JPY"


@once_a_method
def table_kinds(method: Method) -> Mapping[str, TableKind]:
    """Every table kind by name, in the order of content."""
    entries = method.section("columns").values()
    return {entry.id: _kind(entry) for entry in entries if not entry.get("_vocabulary")}


def vocabulary(method: Method) -> Vocabulary:
    """The words of cells and headers, normalised for comparison."""
    entry = method.section("columns")["vocabulary"]
    return Vocabulary(
        totals=_words(entry, "totals"),
        yes=_words(entry, "yes"),
        no=_words(entry, "no"),
        cancelled=_words(entry, "cancelled"),
        cancel_hints=tuple(sorted(_words(entry, "cancel_hints"))),
        personal=frozenset(header_form(word) for word in entry["personal"]),
        personal_parts=tuple(header_form(word) for word in entry["personal_parts"]),
        currencies={
            code: tuple(word_form(mark) for mark in marks)
            for code, marks in entry["currencies"].items()
        },
        scales=dict(entry["scales"]),
        test_words=_words(entry, "test_words"),
        zeros=_words(entry, "zeros"),
    )


def word_form(text: str) -> str:
    """A word as compared: NFKC, invisible characters and outer spaces gone, case folded."""
    plain = unicodedata.normalize("NFKC", text).translate(_DROP_INVISIBLE)
    return plain.strip().casefold()


@lru_cache(maxsize=8192)
def header_form(text: str) -> str:
    """A header as compared: as a word, with spaces and hyphens as underscores.

    >>> header_form(" ORDER-Date "), header_form("件数／日")
    ('order_date', '件数/日')
    """
    return re.sub(r"[\s\-]+", "_", word_form(text))


def without_invisible(text: str) -> str:
    """Text without zero-width characters and outer white space."""
    return text.translate(_DROP_INVISIBLE).strip()


def is_personal(header: str, words: Vocabulary) -> bool:
    """Whether a header names a person's data (name, kana, phone, street, mail, birthday)."""
    form = header_form(header)
    return form in words.personal or any(part in form for part in words.personal_parts)


def _words(entry: Entry, key: str) -> frozenset[str]:
    return frozenset(word_form(word) for word in entry[key])


def _kind(entry: Entry) -> TableKind:
    columns = {
        name: _column(name, value)
        for name, value in entry.items()
        if isinstance(value, dict) and not name.startswith("_")
    }
    return TableKind(
        name=entry.id,
        columns=columns,
        stems=tuple(entry.get("_stems", ())),
        either=tuple(tuple(names) for names in entry.get("_either", ())),
        key=tuple(entry.get("_key", ())),
        date=entry.get("_date"),
    )


def _column(name: str, value: Mapping[str, Any]) -> Column:
    choices = {code: tuple(words) for code, words in value.get("choices", {}).items()}
    rest = {key: item for key, item in value.items() if key not in ("choices", "aliases")}
    return Column(name=name, aliases=tuple(value.get("aliases", ())), choices=choices, **rest)
