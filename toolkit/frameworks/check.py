"""Checks of what an object is built from: a wrong value is refused where it is written."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence

from toolkit.errors import Problem, ToolkitError
from toolkit.frameworks.framework import UNKNOWN


class ObjectError(ToolkitError, ValueError):
    """An object was given a value it cannot hold; the problem names the field."""

    def __str__(self) -> str:
        from toolkit.method import load_method
        from toolkit.words import error_text, words

        return error_text(self, words(load_method()))


def refuse(code: str, field: str, value: object, **params: str) -> ObjectError:
    """The error for one field."""
    problem = Problem(code=code, key=field, value=str(value), params=params)
    return ObjectError("object_wrong", [problem])


def code(field: str, value: str | None, allowed: Collection[str]) -> None:
    """One of a set of codes, ``unknown``, or None.

    Raises:
        ObjectError: it is none of them.
    """
    if value is not None and value != UNKNOWN and value not in allowed:
        raise refuse("object_code", field, value, allowed=", ".join(allowed))


def codes(field: str, values: Mapping[str, str] | None, allowed: Collection[str]) -> None:
    """A mapping whose values are each one of a set of codes.

    Raises:
        ObjectError: a value is none of them.
    """
    for item, value in (values or {}).items():
        code(f"{field}.{item}", value, allowed)


def within(field: str, value: float | None, low: float, high: float = math.inf) -> None:
    """A finite number between two bounds, or None.

    Raises:
        ObjectError: it lies outside, or is no number.
    """
    if value is None:
        return
    if not math.isfinite(value) or not low <= value <= high:
        bound = f"{low:g}–" + ("" if math.isinf(high) else f"{high:g}")
        raise refuse("object_range", field, f"{value:g}", range=bound)


def each_within(
    field: str, values: Mapping[str, float] | None, low: float, high: float = math.inf
) -> None:
    """A mapping whose numbers each lie between two bounds.

    Raises:
        ObjectError: one lies outside.
    """
    for item, value in (values or {}).items():
        within(f"{field}.{item}", value, low, high)


def settled(owner: object, *names: str) -> None:
    """Turn lists of a frozen object into tuples and copy its mappings, once, while it is made."""
    for name in names:
        value = getattr(owner, name)
        if isinstance(value, Mapping):
            object.__setattr__(owner, name, dict(value))
        elif isinstance(value, Iterable) and not isinstance(value, str):
            object.__setattr__(owner, name, tuple(value))


def unique(field: str, names: Sequence[str]) -> None:
    """No name twice in a list.

    Raises:
        ObjectError: with the first name that is.
    """
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise refuse("object_twice", field, name)
        seen.add(name)
