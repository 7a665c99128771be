"""edits.yaml: the consultant's own words by finding; every fault at once, with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from toolkit.errors import InputError, Problem
from toolkit.intake.profiles.answer_values import coded
from toolkit.intake.profiles.checking import Faults, without_secrets
from toolkit.intake.profiles.edit import DROPPED, EVERY, OWN, STATES, VERDICT, Edit
from toolkit.intake.profiles.profile_actions import Agreed
from toolkit.intake.profiles.yaml_text import Entry, Node, read_yaml
from toolkit.method import Method

FILE = "edits.yaml"
LONGEST = 2_000
LONGEST_NAME = 80
AUTHOR = ("by", "on")
NEEDED_OF_OWN = ("title", "finding", "facts")
PARTED = re.compile(r"[,、，](?![^\[]*\])")  # not the comma of a cell: contacts[kind=a,source=b]
STATE_WORDS = "report.edit_status"
CODE = re.compile(r"[A-Z][A-Z0-9_-]*")  # how rules are called; all else at the top is a slip


@dataclass(frozen=True, slots=True, kw_only=True)
class EditsReading:
    """The edits as read, in the order of the file, and what is wrong with it."""

    edits: tuple[Edit, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a value stands: its name in the file, the method, and the faults so far."""

    name: str
    method: Method
    faults: Faults


_Reader = Callable[[Node, _Place], Any]


def edits_file(folder: Path) -> tuple[Path, ...]:
    """edits.yaml of a client's folder, where there is one."""
    path = folder / FILE
    return (path,) if path.is_file() else ()


def read_edits(folder: Path, method: Method) -> tuple[Edit, ...]:
    """The edits in a client's folder.

    Raises:
        InputError: with every fault of the file, each with its line.
    """
    reading = examine_edits(folder, method)
    if reading.problems:
        raise InputError("edits_refused", reading.problems)
    return reading.edits


def examine_edits(folder: Path, method: Method) -> EditsReading:
    """Read the edits of a client's folder without raising.

    A code that the method does not have is no fault: methods change, and what was written stays.
    """
    for path in edits_file(folder):
        try:
            root, _ = read_yaml(path, FILE, may_be_blank=True)
        except InputError as error:
            return EditsReading(problems=error.problems)
        faults = Faults(file=FILE)
        edits = tuple(_edits(without_secrets(root, faults), method, faults))
        found = sorted(faults.problems, key=lambda one: one.line or 0)
        return EditsReading(edits=edits, problems=tuple(found))
    return EditsReading()


def agreed_with(actions: Mapping[str, Agreed], edits: Iterable[Edit]) -> dict[str, Agreed]:
    """What was agreed of the actions, the edits laid over client.yaml; blank takes nothing away."""
    found = dict(actions)
    for edit in edits:
        said = {
            "assignee": edit.assignee,
            "due": date.fromisoformat(edit.due) if edit.due else None,
            "status": edit.status,
        }
        given: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
        if given:
            found[edit.id] = replace(found.get(edit.id, Agreed()), **given)
    return found


def _edits(root: Node, method: Method, faults: Faults) -> Iterable[Edit]:
    entries = root.entries or {}
    top = _Place(name="", method=method, faults=faults)
    author = _values({key: entries[key] for key in AUTHOR if key in entries}, AUTHORED, top)
    for key, entry in entries.items():
        if key in AUTHOR:
            continue
        if _misspelt(key, method):
            faults.unknown(key, entry.line, (*AUTHOR, VERDICT, *method.section("rules")))
        elif entry.node.entries is None:
            if not entry.node.blank:
                faults.add("yaml_no_map_under", key, entry.node)
        else:
            place = replace(top, name=f"{key}.")
            readers = OF_VERDICT if key == VERDICT else OF_OWN if _own(key) else OF_FINDING
            given = _values(entry.node.entries, readers, place)
            _check_reason(given, entry, key, faults)
            _check_own(given, entry, key, faults)
            if given.keys() - AUTHOR:
                yield Edit(id=key, line=entry.line, **{**author, **given})


def _misspelt(key: str, method: Method) -> bool:
    return key != VERDICT and key not in method.section("rules") and not CODE.fullmatch(key)


def _own(key: str) -> bool:
    return key.startswith(OWN)


def _check_own(given: Mapping[str, Any], entry: Entry, key: str, faults: Faults) -> None:
    """A finding of the consultant's own says what it found, and on which figures."""
    for name in NEEDED_OF_OWN if _own(key) and given.keys() - AUTHOR else ():
        if name not in given:
            faults.add("own_finding_lacks", f"{key}.{name}", Node(line=entry.line))


def _check_reason(given: Mapping[str, Any], entry: Entry, key: str, faults: Faults) -> None:
    if given.get("status") == DROPPED and "reason" not in given:
        line = (entry.node.entries or {})["status"].line
        faults.add("edit_reason", f"{key}.reason", Node(line=line))


def _values(
    entries: Mapping[str, Entry], readers: Mapping[str, _Reader], place: _Place
) -> dict[str, Any]:
    """The fields that were filled in, each read by its own type."""
    values: dict[str, Any] = {}
    for key, entry in entries.items():
        reader = readers.get(key)
        here = replace(place, name=f"{place.name}{key}")
        if reader is None:
            place.faults.unknown(here.name, entry.line, readers)
        elif not entry.node.blank:
            value = reader(entry.node, here)
            if value:
                values[key] = value
    return values


def _texts(node: Node, place: _Place) -> dict[str, str]:
    """A text for every language, or a map of texts by language."""
    if node.entries is None:
        text = _text(node, place, LONGEST)
        return {EVERY: text} if text else {}
    found = {}
    for lang, entry in node.entries.items():
        here = replace(place, name=f"{place.name}.{lang}")
        if lang not in place.method.words:
            place.faults.unknown(here.name, entry.line, place.method.words)
        elif not entry.node.blank and (text := _text(entry.node, here, LONGEST)):
            found[lang] = text
    return found


def _text(node: Node, place: _Place, longest: int) -> str | None:
    """A text as written, without the blanks around it."""
    text = (node.text or "").strip()
    if node.text is None:
        place.faults.add("field_no_scalar", place.name, node)
    elif len(text) > longest:
        length = {"length": f"{len(text):,}", "longest": f"{longest:,}"}
        place.faults.add("edit_long", place.name, Node(line=node.line), length)
    else:
        return text
    return None


def _name(node: Node, place: _Place) -> str | None:
    return _text(node, place, LONGEST_NAME)


def _reason(node: Node, place: _Place) -> str | None:
    return _text(node, place, LONGEST)


def _fact_keys(node: Node, place: _Place) -> tuple[str, ...]:
    """Keys of facts: a list, or one text parted by commas; whether they exist is seen later."""
    parts = list(node.scalars()) if node.items else [node]
    found: list[str] = []
    for part in parts:
        text = _text(part, place, LONGEST) or ""
        found += [key.strip() for key in PARTED.split(text) if key.strip()]
    return tuple(found)


def _day(node: Node, place: _Place) -> str | None:
    try:
        return date.fromisoformat((node.text or "").strip()).isoformat()
    except ValueError:
        place.faults.add("field_date", place.name, node)
        return None


def _state(node: Node, place: _Place) -> str | None:
    found = coded(node.text or "", STATES, STATE_WORDS, place.method)
    if found is None:
        place.faults.add("field_choice", place.name, node, {"choices": ", ".join(STATES)})
    return found


AUTHORED: Mapping[str, _Reader] = {"by": _name, "on": _day}
OF_FINDING: Mapping[str, _Reader] = {
    "title": _texts,
    "finding": _texts,
    "action": _texts,
    "comment": _texts,
    "assignee": _name,
    "due": _day,
    "status": _state,
    "reason": _reason,
    **AUTHORED,
}
OF_OWN: Mapping[str, _Reader] = {**OF_FINDING, "facts": _fact_keys}
OF_VERDICT: Mapping[str, _Reader] = {"text": _texts, "comment": _texts, **AUTHORED}
