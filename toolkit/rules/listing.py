"""What the method holds, as lists: rules, and the statements of the sources with their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from toolkit.method import OWN, Entry, Method


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


def list_sources(method: Method) -> list[dict[str, Any]]:
    """Every statement of the sources with the places that cite it; open where none does."""
    places: dict[str, list[dict[str, str]]] = {}
    kinds = {"objects": "object", "rules": "rule", "questions": "question", "measures": "fact"}
    for section, kind in kinds.items():
        for entry in method.section(section).values():
            for source in entry.get("sources", ()):
                places.setdefault(source, []).append({"kind": kind, "name": entry.id})
    for entry in method.section("thresholds").values():
        if entry.get("source"):
            place = {"kind": "content", "name": f"thresholds.{entry.id}"}
            places.setdefault(str(entry["source"]), []).append(place)
    return [
        {
            "id": entry.id,
            "kind": entry.get("kind"),
            "need": entry.get("need"),
            "where": places.get(entry.id, []),
        }
        for entry in method.section("sources").values()
    ]
