"""Which statements of the sources each lesson teaches."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from toolkit import resources


def taught() -> Mapping[str, tuple[str, ...]]:
    """Statements by the name of the lesson, in the order of the lessons."""
    made = {}
    for path in resources.content("lessons").glob("*.toml"):
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
        made[path.stem] = (tree.get("order", 0), tuple(map(str, tree.get("sources", ()))))
    return {name: sources for name, (_, sources) in sorted(made.items(), key=lambda one: one[1])}
