"""A consultant's words for single findings, opened from edits.yaml and saved into it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import InputError, Problem
from toolkit.forms.client_text import node_text, scalar_text
from toolkit.forms.yaml_edit import with_values
from toolkit.intake.files.decoding import decode
from toolkit.intake.profiles.edit import EVERY
from toolkit.intake.profiles.edits import FILE, examine_edits
from toolkit.intake.profiles.edits_text import quoted
from toolkit.intake.profiles.yaml_text import Entry, Node, read_yaml
from toolkit.method import Method
from toolkit.store import write_text

FIELDS = ("comment", "assignee", "due", "status", "reason")


@dataclass(slots=True, kw_only=True)
class EditsState:
    """edits.yaml of a client's folder; ``lang`` is the language its comments are read in."""

    folder: Path
    method: Method
    lang: str

    def fields(self, code: str) -> dict[str, str]:
        """What stands there for a finding, blank where nothing does.

        Raises:
            InputError: edits.yaml cannot be used as it is.
        """
        reading = examine_edits(self.folder, self.method)
        if reading.problems:
            raise InputError("edits_refused", reading.problems)
        edit = next((one for one in reading.edits if one.id == code), None)
        if edit is None:
            return dict.fromkeys(FIELDS, "")
        plain = {name: getattr(edit, name) or "" for name in FIELDS if name != "comment"}
        return {"comment": edit.words("comment", self.lang) or "", **plain}

    def problems(self, code: str, fields: Mapping[str, str]) -> tuple[Problem, ...]:
        """What would be wrong with edits.yaml if these were saved."""
        return self._problems_of(self._with(code, fields))

    def save(self, code: str, fields: Mapping[str, str]) -> tuple[Problem, ...]:
        """Write the fields of a finding, the rest of the file as it is.

        Returns:
            What is wrong; the file is then as it was.
        """
        text = self._with(code, fields)
        problems = self._problems_of(text)
        if not problems and text != self._text():
            write_text(self.folder / FILE, text)
        return problems

    def _with(self, code: str, fields: Mapping[str, str]) -> str:
        text = self._text()
        before = self.fields(code)
        changed = {name: fields[name].strip() for name in FIELDS if fields[name] != before[name]}
        values: dict[tuple[str, ...], str] = {
            (code, name): self._written(code, name, one) for name, one in changed.items()
        }
        return with_values(text, values)

    def _written(self, code: str, name: str, value: str) -> str:
        if name != "comment":
            return scalar_text(value) if value else ""
        node = self._comment(code)
        if node is None or node.entries is None:
            return quoted(value) if value else ""
        kept = {lang: entry for lang, entry in node.entries.items() if lang != self._tongue(node)}
        if value:
            kept[self._tongue(node)] = Entry(line=1, node=Node(line=1, text=value))
        return node_text(Node(line=1, entries=kept)) if kept else ""

    def _tongue(self, node: Node) -> str:
        """The language of a map of comments that the form shows."""
        entries = node.entries or {}
        return EVERY if self.lang not in entries and EVERY in entries else self.lang

    def _comment(self, code: str) -> Node | None:
        path = self.folder / FILE
        if not path.is_file():
            return None
        root, _ = read_yaml(path, FILE, may_be_blank=True)
        found = (root.entries or {}).get(code)
        inner = (found.node.entries or {}).get("comment") if found else None
        return inner.node if inner else None

    def _text(self) -> str:
        path = self.folder / FILE
        return decode(path.read_bytes(), FILE).text if path.is_file() else ""

    def _problems_of(self, text: str) -> tuple[Problem, ...]:
        with tempfile.TemporaryDirectory(prefix="toolkit-form-") as made:
            (Path(made) / FILE).write_text(text, encoding="utf-8")
            return examine_edits(Path(made), self.method).problems
