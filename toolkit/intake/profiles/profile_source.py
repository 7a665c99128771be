"""One file that says something of a client: client.yaml, or a hearing sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from toolkit.errors import Problem
from toolkit.intake.files.decoding import Decoded
from toolkit.intake.notes import Note, shown
from toolkit.intake.profiles.answer import CLIENT_FILE
from toolkit.intake.profiles.answer_values import UNKNOWN
from toolkit.intake.profiles.answers import FIELDS as ASKED
from toolkit.intake.profiles.answers import Giving, read_answers
from toolkit.intake.profiles.checking import Faults, without_secrets
from toolkit.intake.profiles.hearing import read_hearing
from toolkit.intake.profiles.merging import merged
from toolkit.intake.profiles.profile_actions import read_actions
from toolkit.intake.profiles.profile_fields import FIELDS, client_id_fault, read_field
from toolkit.intake.profiles.profile_lists import read_compliance, read_suppress, read_thresholds
from toolkit.intake.profiles.yaml_text import Entry, Node, read_yaml
from toolkit.method import Method

LISTS = ("answers", "compliance", "thresholds", "suppress", "actions")
REQUIRED = ("client_id", "company_name")
SHEETS = (".xlsx", ".xlsm", ".xls")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSource:
    """What one file says: fields with the places they stand at, answers, lists, faults."""

    file: str
    fields: Mapping[str, Any]
    places: Mapping[str, Node]
    givings: tuple[Giving, ...]
    compliance: tuple[Giving, ...] = ()
    lists: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()
    encoding: str | None = None


def read_source(path: Path, method: Method, *, others: bool = False) -> ProfileSource:
    """Read one file.

    Args:
        path: client.yaml, another file of its form, or a hearing sheet.
        method: its questions say what may be answered.
        others: whether other files of the client may hold the company's name.

    Raises:
        InputError: it cannot be opened or is no such file at all.
    """
    faults = Faults(file=path.name)
    root, decoded = _opened(path, method, faults)
    fields = _fields(root, method, faults, _needed(path, others))
    nodes = _nodes(root, faults)
    givings = read_answers(nodes.get("answers"), method, faults, fields)
    law = nodes.get("compliance")
    lists, compliance = _lists(nodes, method, faults), read_compliance(law, method, faults)
    places = {key: entry.node for key, entry in (root.entries or {}).items()}
    said, answered = _said(givings, nodes.get("answers"), method)
    return ProfileSource(
        file=path.name,
        fields={**said, **fields},
        places={**answered, **places},
        givings=givings,
        compliance=compliance,
        lists=lists,
        notes=_notes(decoded),
        problems=tuple(sorted(faults.problems, key=lambda one: one.line or 0)),
        encoding=decoded.encoding if decoded else None,
    )


def _opened(path: Path, method: Method, faults: Faults) -> tuple[Node, Decoded | None]:
    """The tree of a file without the secrets in it; a sheet has no encoding."""
    if is_sheet(path):
        return without_secrets(read_hearing(path, method, faults), faults), None
    root, decoded = read_yaml(path, path.name)
    return _named_by_folder(without_secrets(root, faults), path), decoded


def _notes(decoded: Decoded | None) -> tuple[Note, ...]:
    if decoded is None or not decoded.normalised:
        return ()
    return (Note(code="encoding", params={"encoding": decoded.encoding}),)


def joined_fields(sources: Iterable[ProfileSource]) -> tuple[dict[str, Any], list[Problem]]:
    """The fields of all files; where two say different things, a problem with both places."""
    values: dict[str, Any] = {}
    first: dict[str, ProfileSource] = {}
    problems = []
    for source in sources:
        for key, value in source.fields.items():
            if value in (None, UNKNOWN):
                values.setdefault(key, value)
            elif key not in first:
                first[key], values[key] = source, value
            elif values[key] != value:
                problems.append(_differing(key, first[key], source))
    return values, problems


def _differing(key: str, first: ProfileSource, second: ProfileSource) -> Problem:
    faults = Faults(file=second.file)
    node, before = second.places[key], first.places[key]
    place = before.cell
    params = {
        "other": first.file,
        "other_sheet": place.sheet if place else "",
        "other_row": str(place.row if place else before.line),
        "other_value": shown(before.text or ""),
    }
    faults.add("field_differs", key, node, params)
    return faults.problems[0]


def _said(
    givings: Iterable[Giving], node: Node | None, method: Method
) -> tuple[dict[str, Any], dict[str, Node]]:
    """Model and stage as answered, and where."""
    used, _ = merged(givings, method)
    values: dict[str, Any] = {}
    places: dict[str, Node] = {}
    entries = node.entries or {} if node else {}
    for name in ASKED:
        answer = next((one for one in used if one.question == f"q.pla.{name}"), None)
        if answer is not None and answer.question in entries:
            values[name] = answer.value
            places[name] = next(entries[answer.question].node.scalars())
    return values, places


def is_sheet(path: Path) -> bool:
    """Whether a file is a hearing sheet by its name."""
    return path.suffix.casefold() in SHEETS


def folder_id(path: Path) -> str | None:
    """The name of the folder a file lies in, where it can be a client's id."""
    name = path.absolute().parent.name
    return None if client_id_fault(name) else name


def _needed(path: Path, others: bool) -> tuple[str, ...]:
    """Fields that this file must hold: a sheet goes by its folder and may lack the name."""
    if is_sheet(path):
        return () if others else ("company_name",)
    return REQUIRED[:1] if others else REQUIRED


def _named_by_folder(root: Node, path: Path) -> Node:
    """A profile in a client's folder that states no client_id goes by the folder's name."""
    name = folder_id(path)
    if path.name != CLIENT_FILE or "client_id" in (root.entries or {}) or name is None:
        return root
    node = Node(line=root.line, text=name)
    return replace(
        root, entries={"client_id": Entry(line=root.line, node=node), **(root.entries or {})}
    )


def _fields(root: Node, method: Method, faults: Faults, needed: tuple[str, ...]) -> dict[str, Any]:
    entries = root.entries or {}
    values: dict[str, Any] = {}
    for key, entry in entries.items():
        if key in FIELDS:
            if not (entry.node.blank and key not in needed):
                values[key] = read_field(key, entry.node, method, faults)
        elif key not in LISTS:
            faults.unknown(key, entry.line, (*FIELDS, *LISTS))
    for key in needed:
        if key not in entries:
            faults.add("key_missing", key, Node(line=root.line))
    return values


def _nodes(root: Node, faults: Faults) -> dict[str, Node]:
    """What stands under answers and the other lists; a fault where it is no map."""
    entries = root.entries or {}
    nodes = {key: entries[key].node for key in LISTS if key in entries}
    nodes = {key: node for key, node in nodes.items() if not node.blank}
    for key in [key for key, node in nodes.items() if node.entries is None]:
        faults.add("yaml_no_map_under", key, nodes.pop(key))
    return nodes


def _lists(nodes: Mapping[str, Node], method: Method, faults: Faults) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "thresholds" in nodes:
        found["thresholds"] = read_thresholds(nodes["thresholds"], method, faults)
    if "suppress" in nodes:
        found["suppress"] = read_suppress(nodes["suppress"], method, faults)
    if "actions" in nodes:
        found["actions"] = read_actions(nodes["actions"], method, faults)
    return found
