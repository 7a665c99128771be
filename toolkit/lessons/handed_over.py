"""Plain mappings a learner hands over, read with care: rows, numbers, names."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.errors import UsageError
from toolkit.frameworks.framework import Framework
from toolkit.frameworks.record import from_record
from toolkit.words import Words

Row = Mapping[str, Any]


def rows(source: Mapping[str, Any], name: str) -> tuple[Row, ...]:
    """The rows of a table; none where it was not handed over.

    Raises:
        UsageError: it is no list of mappings.
    """
    found = source.get(name)
    if found is None:
        return ()
    if not isinstance(found, Sequence) or isinstance(found, str):
        raise _refused(found)
    return tuple(part(row) for row in found)


def part(found: object) -> Row:
    """One mapping; an empty one where nothing was handed over.

    Raises:
        UsageError: it is something else.
    """
    if found is None:
        return {}
    if not isinstance(found, Mapping):
        raise _refused(found)
    return found


def amount(row: Row, name: str) -> float | None:
    """A number of a row; None where it is not there.

    Raises:
        UsageError: it is no number.
    """
    found = row.get(name)
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int | float) or not math.isfinite(found):
        raise _refused(found)
    return float(found)


def amounts(row: Row, names: Sequence[str]) -> tuple[float, ...] | None:
    """Numbers of a row in order; None where one of them is missing."""
    found = [amount(row, name) for name in names]
    known = tuple(number for number in found if number is not None)
    return known if len(known) == len(found) else None


def framework(name: str, record: Row) -> Framework:
    """A framework object from a record typed by hand.

    Raises:
        UsageError: a field of it is of another form.
        ObjectError: the object contradicts itself.
    """
    try:
        return from_record(name, record)
    except (AttributeError, KeyError, TypeError):
        raise _refused(record) from None


def labelled(tree: object, book: Words, prefix: str, fields: Sequence[str]) -> Any:
    """A record whose labels are keys of the words, with the labels themselves in place."""
    if isinstance(tree, Mapping):
        return {
            name: book.text(f"{prefix}.{value}")
            if name in fields and isinstance(value, str)
            else labelled(value, book, prefix, fields)
            for name, value in tree.items()
        }
    if isinstance(tree, list):
        return [labelled(value, book, prefix, fields) for value in tree]
    return tree


def _refused(found: object) -> UsageError:
    return UsageError("lesson_source", params={"type": type(found).__name__})
