"""What the method holds, as lists: rules, and the statements of the sources with their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from toolkit.method import OWN, Entry, Method

# Sections whose entries cite statements, and what such a place is called.
CITING = {
    "objects": "object",
    "rules": "rule",
    "measures": "fact",
    "questions": "question",
    "chains": "content",
    "legal": "content",
    "thresholds": "content",
}


def list_rules(method: Method) -> list[dict[str, Any]]:
    """Every rule: code, module, applies, facts it reads, severity, sources, layer it is from."""
    return [
        {
            "rule": rule.id,
            "module": rule["module"],
            "applies": dict(rule.get("applies", {})),
            "reads": sorted(set(reads(rule["fails"])) | set(rule.get("shows", ()))),
            "severity": rule["severity"],
            "sources": list(rule.get("sources", ())),
            "origin": _origin(rule),
        }
        for rule in method.section("rules").values()
    ]


def _origin(rule: Entry) -> str:
    named = [layer for layer in rule.layers.values() if layer != OWN]
    return named[-1] if named else OWN


def reads(condition: Any) -> Iterator[str]:
    """Keys of every fact a condition names."""
    if isinstance(condition, Mapping):
        if "fact" in condition:
            yield str(condition["fact"])
        for part in condition.values():
            yield from reads(part)
    elif isinstance(condition, list):
        for part in condition:
            yield from reads(part)


def list_sources(
    method: Method, lessons: Mapping[str, tuple[str, ...]] | None = None
) -> list[dict[str, Any]]:
    """Every statement of the sources with the places that hold it; open where none does.

    Args:
        method: the content that cites the statements.
        lessons: statements each lesson teaches, by the lesson's name.

    Returns:
        rows with id, kind, need and ``where``: places of a kind (object, rule, fact, question,
        content, lesson) and a name; of content the name is ``section.entry``.
    """
    places: dict[str, list[dict[str, str]]] = {}
    for section, kind in CITING.items():
        for entry in method.section(section).values():
            name = f"{section}.{entry.id}" if kind == "content" else entry.id
            for source in _cited(entry):
                places.setdefault(source, []).append({"kind": kind, "name": name})
    for lesson, taught in (lessons or {}).items():
        for source in taught:
            places.setdefault(source, []).append({"kind": "lesson", "name": lesson})
    return [
        {
            "id": entry.id,
            "kind": entry.get("kind"),
            "need": entry.get("need"),
            "where": places.get(entry.id, []),
        }
        for entry in method.section("sources").values()
    ]


def _cited(entry: Entry) -> list[str]:
    own = [entry["source"]] if entry.get("source") else []
    return [str(one) for one in (*entry.get("sources", ()), *own)]
