"""Collecting the faults of a profile: each with its line, none showing a secret."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from toolkit.errors import Problem
from toolkit.intake.notes import shown
from toolkit.intake.profiles.cell import Cell
from toolkit.intake.profiles.yaml_text import Entry, Node

_SECRET_KEY = re.compile(
    r"pass(word|wd|phrase)|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential"
    r"|パスワード|暗証|秘密",
    re.IGNORECASE,
)
_PASSWORD_URL = re.compile(r"[a-z][a-z0-9+.-]*://[^/\s@]*:[^/\s@]+@", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class Faults:
    """The faults found so far in one file."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def add(
        self,
        code: str,
        key: str,
        node: Node,
        params: Mapping[str, str] | None = None,
    ) -> None:
        """Note a fault; the value is shown where it is a scalar."""
        cell = node.cell
        self.problems.append(
            Problem(
                code=code,
                file=self.file,
                sheet=cell.sheet if cell else None,
                row=cell.row if cell else None,
                line=None if cell else node.line,
                column=cell.column if cell else None,
                key=key,
                value=None if node.text is None else shown(node.text),
                params=dict(params or {}),
            )
        )

    def unknown(self, key: str, at: int | Cell, known: Iterable[str]) -> None:
        """Note a key that does not exist, with the one that comes nearest; ``at`` is its place."""
        near = difflib.get_close_matches(key.rpartition(".")[2], known, n=1, cutoff=0.0)
        self.problems.append(
            Problem(
                code="key_unknown",
                file=self.file,
                sheet=at.sheet if isinstance(at, Cell) else None,
                row=at.row if isinstance(at, Cell) else None,
                line=at if isinstance(at, int) else None,
                column=at.column if isinstance(at, Cell) else None,
                key=shown(key),
                params={"near": near[0] if near else ""},
            )
        )

    def secret(self, key: str, entry: Entry) -> None:
        """Note a secret, without its value."""
        cell = next((one.cell for one in entry.node.scalars() if one.cell), None)
        self.problems.append(
            Problem(
                code="key_secret",
                file=self.file,
                sheet=cell.sheet if cell else None,
                row=cell.row if cell else None,
                line=None if cell else entry.line,
                key=shown(key),
            )
        )


def without_secrets(node: Node, faults: Faults, prefix: str = "") -> Node:
    """A map without the entries that hold a secret; each of them becomes a fault."""
    if node.entries is None:
        return node
    kept = {}
    for key, entry in node.entries.items():
        name = f"{prefix}{key}"
        if _SECRET_KEY.search(key) or _holds_password(entry.node):
            faults.secret(name, entry)
            continue
        inner = without_secrets(entry.node, faults, f"{name}.")
        kept[key] = type(entry)(line=entry.line, node=inner)
    return replace(node, entries=kept)


def _holds_password(node: Node) -> bool:
    """Whether a scalar, or one in a list, is an address with a password in it."""
    if node.entries is not None:
        return False
    return any(_PASSWORD_URL.search(scalar.text or "") for scalar in node.scalars())
