"""The sheet on which a consultant reviews who was taken for one person: no value of a person."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from toolkit.intake.persons.persons import Matches
from toolkit.intake.quarantine import guarded
from toolkit.method import Method
from toolkit.words import Words, words

if TYPE_CHECKING:
    from pandas import DataFrame

COLUMNS = (
    "kind",
    "key_a",
    "seen_a",
    "key_b",
    "seen_b",
    "rule",
    "agreed",
    "contradicting",
    "reason",
    "decision",
)
REASONS = ("chain", "contradiction", "mixed", "weak")


def person_review(matches: Matches, method: Method, lang: str) -> bytes:
    """Every pair that was held back, then every pair that was joined, with room for a decision.

    UTF-8 with a BOM, so that Excel shows it; no cell is a live formula. Keys, files, rows and
    names of fields only. Held pairs come first, in the order of ``REASONS``.
    """
    book = words(method, lang)
    seen = _seen(matches.places, book)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(guarded(_word(book, "column", name)) for name in COLUMNS)
    for pair in _pairs(matches):
        writer.writerow(guarded(cell) for cell in _cells(pair, seen, book))
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def _pairs(matches: Matches) -> Iterator[Mapping[Any, Any]]:
    held = list(matches.held.to_dict("records"))
    yield from sorted(held, key=lambda pair: REASONS.index(pair["reason"]))
    yield from matches.links.to_dict("records")


def _cells(pair: Mapping[Any, Any], seen: Mapping[str, str], book: Words) -> list[str]:
    reason = pair.get("reason")
    return [
        _word(book, "kind", "held" if reason else "link"),
        pair["key_a"],
        seen[pair["key_a"]],
        pair["key_b"],
        seen[pair["key_b"]],
        _word(book, "rule", pair["rule"]),
        _listed(book, "field", pair["agreed"]),
        _listed(book, "contradiction", pair["contradicting"]),
        _word(book, "reason", reason) if reason else "",
        "",
    ]


def _seen(places: DataFrame, book: Words) -> dict[str, str]:
    """The first row of each key in each file, as words."""
    seen: dict[str, str] = {}
    between = book.text("errors.persons.place.separator")
    for key, file, row in zip(places["key"], places["file"], places["row"], strict=True):
        place = book.text("errors.persons.place.text", file=file, row=row)
        seen[key] = f"{seen[key]}{between}{place}" if key in seen else place
    return seen


def _listed(book: Words, kind: str, names: Iterable[str]) -> str:
    between = book.text("errors.persons.place.separator")
    return between.join(_word(book, kind, name) for name in names)


def _word(book: Words, kind: str, name: str) -> str:
    """The word for a code; a firm's own rule without a word is shown by its id."""
    key = f"errors.persons.{kind}.{name}"
    return book.text(key) if book.has(key) else name
