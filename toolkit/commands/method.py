"""rules, facts, sources and questions: what the method holds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from toolkit.commands.speech import Speech
from toolkit.method import Method, load_method
from toolkit.words import words


def _loaded(method: Path | None) -> Method:
    return load_method(*((method,) if method else ()))


def rules(method: Path | None, speech: Speech, as_json: bool) -> None:
    """Every rule: code, module, where it applies, what it reads, severity, sources, origin."""
    from toolkit.rules.listing import list_rules

    loaded = _loaded(method)
    book = words(loaded, speech.lang)
    listed = list_rules(loaded)
    if as_json:
        speech.show(listed)
        return
    _table(
        ("rule", "module", "severity", "title", "origin"),
        ({**one, "title": book.text(f"rules.{one['rule']}.title")} for one in listed),
    )


def facts(method: Path | None, speech: Speech, as_json: bool) -> None:
    """Every fact with its unit, table and definition."""
    loaded = _loaded(method)
    book = words(loaded, speech.lang)
    listed = [
        {
            "fact": one.id,
            "name": book.text(f"{one.get('words', 'definitions')}.{one.id}.name"),
            "unit": one.get("unit"),
            "by": list(one.get("by", ())),
            "needs": list(one.get("needs", ())),
            "measured": one.get("part", 1) != 0,
            "definition": book.text(f"{one.get('words', 'definitions')}.{one.id}.text"),
        }
        for one in loaded.section("measures").values()
    ]
    if as_json:
        speech.show(listed)
    else:
        _table(("fact", "unit", "name", "definition"), listed)


def sources(method: Path | None, speech: Speech, as_json: bool) -> None:
    """Every statement of the sources, and the places of the product that hold it."""
    from toolkit.rules.listing import list_sources

    loaded = _loaded(method)
    book = words(loaded, speech.lang)
    listed = [
        {**one, "meaning": book.text(f"sources.{one['id']}.meaning")}
        for one in list_sources(loaded)
    ]
    if as_json:
        speech.show(listed)
        return
    covered = [one for one in listed if one["where"]]
    speech.line(speech.text("cli.sources.covered", covered=len(covered), total=len(listed)))
    rows = (
        {**one, "where": " ".join(place["name"] for place in one["where"]) or "—"} for one in listed
    )
    _table(("id", "need", "meaning", "where"), rows)


def questions(method: Path | None, speech: Speech, as_json: bool) -> None:
    """Every question of the hearing, key questions first."""
    loaded = _loaded(method)
    book = words(loaded, speech.lang)
    listed = [
        {
            "id": one.id,
            "module": one["module"],
            "key": bool(one.get("key")),
            "kind": one["kind"],
            "text": book.text(f"questions.{one.id}.text"),
            "choices": list(one.get("choices", ())),
            "items": list(one.get("items", ())),
            "order": one.get("order", 0),
        }
        for one in loaded.section("questions").values()
    ]
    listed.sort(key=lambda one: (not one["key"], one["order"]))
    if as_json:
        speech.show(listed)
    else:
        _table(("id", "key", "kind", "text"), listed)


def _table(columns: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(*columns)
    for row in rows:
        table.add_row(*(str(row[name]) for name in columns))
    Console(width=None if Console().is_terminal else 160).print(table)
