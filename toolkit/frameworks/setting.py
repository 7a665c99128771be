"""Content the objects compute with: thresholds of the method and entries of objects.toml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit.method import load_method


def setting(name: str) -> float:
    """Value of an entry of ``content/thresholds``."""
    return float(load_method().section("thresholds")[name]["value"])


def object_entry(name: str) -> Mapping[str, Any]:
    """The entry of an object in ``content/objects.toml``: what it covers and its data."""
    return load_method().section("objects")[name]
