"""Sizes and names from content that figures are made with, a firm's own where it set them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit.method import load_method

if TYPE_CHECKING:
    from toolkit.measures.summaries import Summaries


def size(s: Summaries, name: str) -> float:
    """Value of an entry of ``content/thresholds``, the client's own before the method's."""
    if name in s.own_sizes:
        return float(s.own_sizes[name])
    return float((s.method or load_method()).section("thresholds")[name]["value"])


def words(s: Summaries, name: str) -> tuple[str, ...]:
    """Words of the vocabulary that tell what a label in the data means."""
    found = entries(s, "columns")["vocabulary"][name]
    return tuple(str(word).casefold() for word in found)


def entries(s: Summaries, section: str) -> Mapping[str, Mapping[str, Any]]:
    """Entries of a section of content by id."""
    return (s.method or load_method()).section(section)
