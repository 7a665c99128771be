"""Objects as plain records for diagnosis.json, and back again."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from toolkit.frameworks.framework import Framework


def to_record(thing: Framework) -> dict[str, Any]:
    """An object as JSON-plain values: its fields only, nested parts as records.

    >>> from toolkit.frameworks.offer import Offer
    >>> to_record(Offer(core="soap", price_yen=900))["price_yen"]
    900
    """
    return typing.cast("dict[str, Any]", _plain(thing))


def from_record(name: str, record: Mapping[str, Any]) -> Framework:
    """The object of a name from its record.

    >>> from toolkit.frameworks.offer import AddOn, Offer
    >>> offer = Offer(core="soap", add_ons=[AddOn("net", make=False)])
    >>> from_record("offer", to_record(offer)) == offer
    True
    """
    from toolkit.frameworks import OBJECTS

    return typing.cast("Framework", _made(OBJECTS[name], record))


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return value


def _made(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _made(next(arg for arg in args if arg is not type(None)), value)
    if is_dataclass(hint) and isinstance(hint, type):
        return _made_part(hint, value)
    if origin is Mapping:
        return {key: _made(args[1], item) for key, item in value.items()}
    if origin is Sequence:
        return tuple(_made(args[0], item) for item in value)
    return value


def _made_part(kind: type, value: Mapping[str, Any]) -> Any:
    hints = typing.get_type_hints(kind)
    return kind(**{name: _made(hints[name], item) for name, item in value.items()})
