"""The hearing of one client without its widgets: opened, changed, checked and saved."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from toolkit.errors import InputError, Problem
from toolkit.forms.client_text import node_text
from toolkit.forms.given import Given, count_answered, given_from, node_of
from toolkit.forms.question import DECIDING, Asked, asked_of
from toolkit.forms.yaml_edit import with_values
from toolkit.intake.files.decoding import decode
from toolkit.intake.profiles.answer import CLIENT_FILE
from toolkit.intake.profiles.answers import read_answers
from toolkit.intake.profiles.checking import Faults
from toolkit.intake.profiles.hearing_rows import files_of
from toolkit.intake.profiles.profile import examine_profile
from toolkit.intake.profiles.profile_fields import read_field
from toolkit.intake.profiles.profile_lists import read_compliance
from toolkit.intake.profiles.yaml_text import Entry, Node, read_yaml
from toolkit.method import Method
from toolkit.store import write_text

REQUIRED = ("company_name",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a saving did: the keys that were added, changed and taken away, or why it did not."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    stale: bool = False

    @property
    def done(self) -> bool:
        """Whether the file says now what the form says."""
        return not self.problems and not self.stale


@dataclass(slots=True, kw_only=True)
class HearingState:
    """A client's hearing: what is asked, what stood in client.yaml, what stands in the form."""

    folder: Path
    method: Method
    lang: str
    asked: Mapping[str, Asked]
    text: str = ""
    nodes: dict[str, Node] = field(default_factory=dict)
    opened: dict[str, Given] = field(default_factory=dict)
    given: dict[str, Given] = field(default_factory=dict)

    def set(self, key: str, given: Given) -> tuple[Problem, ...]:
        """Put a state in the place of the one before; what is wrong with it is given back."""
        self.given[key] = given
        return self.problems_of(key)

    def problems_of(self, key: str) -> tuple[Problem, ...]:
        """What is wrong with one answer, by the checks of client.yaml."""
        asked, given = self.asked[key], self.given[key]
        if given.fixed:
            return ()
        if given.twice:
            return (Problem(code="form_twice", key=key),)
        half = _half_line(asked, given)
        node = node_of(asked, given, self.method, self.nodes.get(key))
        if half or node is None:
            node = node or Node(line=1, text="")
            needed = key in REQUIRED and not sheets_of(self.folder)
            return half or (_checked(asked, node, self.method) if needed else ())
        return _checked(asked, node, self.method)

    def problems(self) -> dict[str, tuple[Problem, ...]]:
        """What is wrong with the form, by question."""
        found = {key: self.problems_of(key) for key in self.asked}
        return {key: problems for key, problems in found.items() if problems}

    def concerned(self) -> tuple[Asked, ...]:
        """The questions of this client's model and stage, and those that are answered."""
        model, stage = (self.given[name].value for name in DECIDING)
        return tuple(
            one
            for one in self.asked.values()
            if one.concerns(model, stage) or self.given[one.key].answered
        )

    def progress(self) -> tuple[int, int, int, int]:
        """Key questions answered and asked, then all questions answered and asked."""
        asked = [one for one in self.concerned() if one.place == "answers"]
        counts = []
        for part in ([one for one in asked if one.first], asked):
            counts += [count_answered(self.given[one.key] for one in part), len(part)]
        return counts[0], counts[1], counts[2], counts[3]

    def save(self) -> Saved:
        """Write client.yaml as a whole or not at all; what the form does not show stays.

        Nothing is written where an answer or the file that would come of it is wrong, nor where
        the file was changed since it was opened.
        """
        wrong = tuple(one for problems in self.problems().values() for one in problems)
        if wrong:
            return Saved(problems=wrong)
        path = self.folder / CLIENT_FILE
        if _text_of(path) != self.text:
            return Saved(stale=True)
        changed = [key for key in self.asked if self.given[key] != self.opened[key]]
        text = with_values(self.text, {self._path(key): self._written(key) for key in changed})
        wrong = _problems_of_file(text, self.folder, self.method)
        if wrong:
            return Saved(problems=wrong)
        if changed:
            write_text(path, text)
        before, now = self.opened, self.given
        saved = Saved(
            added=tuple(key for key in changed if not before[key].answered and now[key].answered),
            changed=tuple(key for key in changed if before[key].answered and now[key].answered),
            removed=tuple(key for key in changed if before[key].answered and not now[key].answered),
        )
        self._reopen()
        return saved

    def _path(self, key: str) -> tuple[str, ...]:
        """Where an answer is written: model and stage may stand among the answers."""
        question = f"q.pla.{key}"
        return ("answers", question) if question in self.nodes else self.asked[key].path

    def _written(self, key: str) -> str:
        before = self.nodes.get(f"q.pla.{key}", self.nodes.get(key))
        asked = self.asked[key]
        if self._path(key) != asked.path:
            asked = replace(asked, place="answers")
        node = node_of(asked, self.given[key], self.method, before)
        return "" if node is None else node_text(node)

    def _reopen(self) -> None:
        self.text = _text_of(self.folder / CLIENT_FILE)
        self.nodes = _nodes(self.folder, self.method)
        for key, asked in self.asked.items():
            node = self.nodes.get(f"q.pla.{key}" if key in DECIDING else key, self.nodes.get(key))
            self.opened[key] = given_from(asked, node, self.method)
        self.given = dict(self.opened)


def open_hearing(folder: Path, method: Method, lang: str) -> HearingState:
    """The hearing of a client's folder, with the answers of its client.yaml.

    Raises:
        InputError: client.yaml is missing or is no file of its form.
    """
    asked = {one.key: one for one in asked_of(method, lang)}
    state = HearingState(folder=folder, method=method, lang=lang, asked=asked)
    state._reopen()
    return state


def sheets_of(folder: Path) -> tuple[str, ...]:
    """The hearing sheets beside client.yaml, whose answers count too."""
    return tuple(path.name for path in files_of(folder))


def _text_of(path: Path) -> str:
    try:
        return decode(path.read_bytes(), path.name).text
    except OSError:
        raise InputError("file_refused", [Problem(code="file_missing", file=path.name)]) from None


def _nodes(folder: Path, method: Method) -> dict[str, Node]:
    """The nodes of the file by the key of what they answer."""
    root, _ = read_yaml(folder / CLIENT_FILE, CLIENT_FILE)
    found: dict[str, Node] = {}
    for key, entry in (root.entries or {}).items():
        if key in ("answers", "compliance"):
            found |= {name: one.node for name, one in (entry.node.entries or {}).items()}
        else:
            found[key] = entry.node
    return found


def _half_line(asked: Asked, given: Given) -> tuple[Problem, ...]:
    if any(not all(part.strip() for part in line) for line in given.lines):
        return (Problem(code="form_line", key=asked.key),)
    return ()


def _checked(asked: Asked, node: Node, method: Method) -> tuple[Problem, ...]:
    """A node held against the checks of client.yaml."""
    faults = Faults(file=CLIENT_FILE)
    entries = Node(line=1, entries={asked.key: Entry(line=1, node=node)})
    if asked.place == "answers":
        read_answers(entries, method, faults, {})
    elif asked.place == "compliance":
        read_compliance(entries, method, faults)
    else:
        read_field(asked.key, node, method, faults)
    return tuple(faults.problems)


def _problems_of_file(text: str, folder: Path, method: Method) -> tuple[Problem, ...]:
    """What would be wrong with the client if client.yaml were this text."""
    with tempfile.TemporaryDirectory(prefix="toolkit-form-") as made:
        home = Path(made) / folder.absolute().name
        home.mkdir()
        (home / CLIENT_FILE).write_text(text, encoding="utf-8")
        for sheet in files_of(folder):
            shutil.copyfile(sheet, home / sheet.name)
        return examine_profile(home, method).problems
