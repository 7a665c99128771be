"""Content the objects compute with: thresholds of the method and entries of objects.toml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.method import Method, load_method


def setting(name: str, method: Method | None = None) -> float:
    """Value of an entry of ``content/thresholds``; our content where no method is given."""
    return float((method or load_method()).section("thresholds")[name]["value"])


def settings(names: Iterable[str], method: Method | None = None) -> dict[str, float]:
    """Several of them by name."""
    return {name: setting(name, method) for name in names}


def object_entry(name: str, method: Method | None = None) -> Mapping[str, Any]:
    """The entry of an object in ``content/objects.toml``: what it covers, and its data."""
    return (method or load_method()).section("objects")[name]
