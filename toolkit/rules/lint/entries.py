"""Keys of an entry: none missing, none unknown, and what they name is there."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from toolkit.errors import Problem
from toolkit.method import OWN, Entry, Method

NONE_NEAR = "—"
FIRMS_OWN = re.compile(r"X[A-Z0-9_]*")


def entries(method: Method) -> Iterator[Problem]:
    """Problems of single entries, section by section (``content/shapes.toml`` says what fits)."""
    for shape in method.section("shapes").values():
        for entry in method.section(shape.id).values():
            yield from _keys(entry, shape)
            yield from _choices(entry, shape)
            yield from _named(entry, shape, method)
    for rule in method.section("rules").values():
        if OWN not in rule.layers.values() and not FIRMS_OWN.fullmatch(rule.id):
            yield at(rule, "lint_code_not_x", value=rule.id)


def at(entry: Entry, code: str, key: str | None = None, **params: str) -> Problem:
    """A problem of an entry, with its file and line."""
    value = params.pop("value", None)
    return Problem(
        code=code,
        file=entry.file,
        line=entry.line,
        key=f"{entry.id}.{key}" if key else entry.id,
        value=value,
        params=params,
    )


def near(word: str, known: Iterable[str]) -> str:
    """The nearest of the known words, a dash where none is near."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1)), NONE_NEAR)


def texts(value: Any) -> list[str]:
    """A text or a list of texts, as a list."""
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _keys(entry: Entry, shape: Entry) -> Iterator[Problem]:
    known = [*shape["required"], *shape["optional"]]
    for key in shape["required"]:
        if key not in entry:
            yield at(entry, "lint_key_missing", key)
    for key in entry:
        if key not in known:
            yield at(entry, "lint_key_unknown", key, near=near(key, known))


def _choices(entry: Entry, shape: Entry) -> Iterator[Problem]:
    for key, allowed in shape.get("choices", {}).items():
        if key in entry and entry[key] not in allowed:
            yield at(
                entry,
                "lint_choice_unknown",
                key,
                value=str(entry[key]),
                allowed=", ".join(allowed),
            )


def _named(entry: Entry, shape: Entry, method: Method) -> Iterator[Problem]:
    for key, section in shape.get("refers", {}).items():
        known = method.section(section)
        for name in texts(entry[key]) if key in entry else ():
            gone = method.removed.get("rules", ()) if section == "rules" else ()
            if name.split("[")[0] not in known and name not in gone:
                found = near(name.split("[")[0], known)
                yield at(entry, "lint_name_unknown", key, value=name, near=found, section=section)
