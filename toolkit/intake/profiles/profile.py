"""A client's profile and answers, from client.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from toolkit.errors import InputError, Problem
from toolkit.facts import Fact
from toolkit.intake.notes import Note
from toolkit.intake.profiles.answer_values import UNKNOWN
from toolkit.intake.profiles.answers import Answer, facts_of_answers, read_answers
from toolkit.intake.profiles.checking import Faults, without_secrets
from toolkit.intake.profiles.profile_fields import FIELDS, client_id_fault, read_field
from toolkit.intake.profiles.profile_lists import read_compliance, read_suppress, read_thresholds
from toolkit.intake.profiles.yaml_text import Entry, Node, read_yaml
from toolkit.method import Method

FILE = "client.yaml"
LISTS = ("answers", "compliance", "thresholds", "suppress")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Who the client is and what was answered; what was not given is None.

    ``thresholds`` are the client's own targets by name, ``suppress`` the reason by rule,
    ``compliance`` the state by item, ``staff_names`` show or hide.
    """

    client_id: str
    company_name: str
    industry: str | None = None
    model: str | None = None
    stage: str | None = None
    currency: str = "JPY"
    timezone: str = "Asia/Tokyo"
    tax: str = "unknown"
    fiscal_year_start: int | None = None
    lang: str | None = None
    as_of: date | None = None
    answers: tuple[Answer, ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=dict)
    suppress: Mapping[str, str] = field(default_factory=dict)
    compliance: Mapping[str, str] = field(default_factory=dict)
    staff_names: str = "show"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileReading:
    """A profile as read: itself where it is whole, the given values, notes and faults."""

    profile: Profile | None
    values: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()
    encoding: str | None = None


def read_profile(path: Path, method: Method) -> Profile:
    """The profile in a client's folder, or in a file.

    Raises:
        InputError: with every fault of the file, each with its line.
    """
    reading = examine_profile(path / FILE if path.is_dir() else path, method)
    if reading.profile is None:
        raise InputError("profile_refused", reading.problems)
    return reading.profile


def answer_facts(profile: Profile, method: Method) -> list[Fact]:
    """The answers as facts, one unknown fact for each question not asked."""
    return facts_of_answers(profile.answers, method)


def examine_profile(path: Path, method: Method) -> ProfileReading:
    """Read a profile without raising: what it says and what is wrong with it."""
    try:
        root, decoded = read_yaml(path, path.name)
    except InputError as error:
        return ProfileReading(profile=None, problems=error.problems)
    faults = Faults(file=path.name)
    root = without_secrets(root, faults)
    values = _values(_named_by_folder(root, path), method, faults)
    notes: tuple[Note, ...] = ()
    if decoded.normalised:
        notes = (Note(code="encoding", params={"encoding": decoded.encoding}),)
    problems = tuple(sorted(faults.problems, key=lambda item: item.line or 0))
    return ProfileReading(
        profile=None if problems else Profile(**values),
        values=_shown_values(values),
        notes=notes,
        problems=problems,
        encoding=decoded.encoding,
    )


def _named_by_folder(root: Node, path: Path) -> Node:
    """A profile in a client's folder that states no client_id goes by the folder's name."""
    name = path.absolute().parent.name
    if path.name != FILE or "client_id" in (root.entries or {}) or client_id_fault(name):
        return root
    node = Node(line=root.line, text=name)
    return replace(
        root, entries={"client_id": Entry(line=root.line, node=node), **(root.entries or {})}
    )


def _values(root: Node, method: Method, faults: Faults) -> dict[str, Any]:
    entries = root.entries or {}
    values: dict[str, Any] = {}
    for key, entry in entries.items():
        if key in FIELDS:
            if not (entry.node.blank and key not in ("client_id", "company_name")):
                values[key] = read_field(key, entry.node, method, faults)
        elif key not in LISTS:
            faults.unknown(key, entry.line, (*FIELDS, *LISTS))
    for key in ("client_id", "company_name"):
        if key not in entries:
            faults.add("key_missing", key, Node(line=root.line))
    values |= _lists(root, method, faults, values)
    return {key: value for key, value in values.items() if value not in (None, UNKNOWN)}


def _lists(root: Node, method: Method, faults: Faults, values: Mapping[str, Any]) -> dict[str, Any]:
    entries = root.entries or {}
    nodes = {key: entries[key].node for key in LISTS if key in entries}
    nodes = {key: node for key, node in nodes.items() if not node.blank}
    for key in [key for key, node in nodes.items() if node.entries is None]:
        faults.add("yaml_no_map_under", key, nodes.pop(key))
    found: dict[str, Any] = {
        "answers": read_answers(nodes.get("answers"), method, faults, values),
    }
    if "compliance" in nodes:
        found["compliance"] = read_compliance(nodes["compliance"], method, faults)
    if "thresholds" in nodes:
        found["thresholds"] = read_thresholds(nodes["thresholds"], method, faults)
    if "suppress" in nodes:
        found["suppress"] = read_suppress(nodes["suppress"], method, faults)
    return found


def _shown_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as ``read --json`` prints them."""
    plain = {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in values.items()
        if key != "answers"
    }
    if values.get("answers"):
        plain["answers"] = {
            f"{one.question}[item={one.item}]" if one.item else one.question: one.value
            for one in values["answers"]
        }
    return plain
