"""YAML without its dangers: text, lists and maps only; every scalar stays text with its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    NodeEvent,
    ScalarEvent,
)

from toolkit.errors import InputError, Problem
from toolkit.intake.files.decoding import Decoded, decode
from toolkit.intake.notes import shown
from toolkit.intake.profiles.cell import Cell

LARGEST_BYTES = 256 * 1024
DEEPEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A scalar, a list or a map of a YAML file, and the line it begins on.

    Of ``text``, ``items`` and ``entries`` one is set; ``entries`` keep the line of each key.
    ``cell`` is set where it comes from a hearing sheet; the line is then the row.
    """

    line: int
    text: str | None = None
    items: tuple[Node, ...] | None = None
    entries: dict[str, Entry] | None = None
    cell: Cell | None = None

    @property
    def blank(self) -> bool:
        """Whether nothing is written there."""
        return not (self.text or "").strip() and not self.items and not self.entries

    def scalars(self) -> Iterator[Node]:
        """Every scalar in it."""
        if self.text is not None:
            yield self
        for item in self.items or ():
            yield from item.scalars()
        for entry in (self.entries or {}).values():
            yield from entry.node.scalars()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One key of a map: its line and what stands under it."""

    line: int
    node: Node


def read_yaml(path: Path, name: str, *, may_be_blank: bool = False) -> tuple[Node, Decoded]:
    """Read a YAML file of one map.

    Args:
        path: the file.
        name: what it is called where a fault is told.
        may_be_blank: whether nothing, or comments alone, are a map without entries.

    Raises:
        InputError: too large or deep, a tag, anchor, alias or key given twice, or no YAML at all.
    """
    data = _bytes(path, name, may_be_blank)
    decoded = decode(data, name)
    if decoded.mixed:
        raise InputError("file_refused", [Problem(code="undecodable", file=name)])
    try:
        root = _composed(decoded.text, name)
    except yaml.YAMLError as error:
        raise InputError("file_refused", [_syntax(error, name)]) from None
    problems: list[Problem] = []
    node = Node(line=1, text="") if root is None else _node(root, name, problems)
    if may_be_blank and node.blank:
        node = Node(line=1, entries={})
    if not problems and node.entries is None:
        problems.append(Problem(code="yaml_no_map", file=name, line=node.line))
    if problems:
        raise InputError("file_refused", problems)
    return node, decoded


@lru_cache(maxsize=4)
def _composed(text: str, name: str) -> yaml.Node | None:
    """The nodes of a text; kept, as a report reads a profile before its notebook does again."""
    _check_events(text, name)
    loader = yaml.SafeLoader(text)
    try:
        root: yaml.Node | None = loader.get_single_node()
    finally:
        loader.dispose()
    return root


def _bytes(path: Path, name: str, may_be_blank: bool) -> bytes:
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST_BYTES else None
    except OSError:
        raise InputError("file_refused", [Problem(code="file_missing", file=name)]) from None
    if data is None:
        raise InputError("file_refused", [Problem(code="yaml_too_large", file=name)])
    if not data.strip() and not may_be_blank:
        raise InputError("file_refused", [Problem(code="yaml_empty", file=name, line=1)])
    return data


def _check_events(text: str, name: str) -> None:
    """Look for what is not allowed before anything is built of it."""
    problems: list[Problem] = []
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, CollectionStartEvent)
        code = "yaml_too_deep" if depth > DEEPEST else _forbidden(event)
        if code is not None:
            line = event.start_mark.line + 1 if event.start_mark else None
            problems.append(Problem(code=code, file=name, line=line))
        if depth > DEEPEST:
            break
        depth -= isinstance(event, CollectionEndEvent)
    if problems:
        raise InputError("file_refused", problems)


def _forbidden(event: Event) -> str | None:
    if isinstance(event, AliasEvent):
        return "yaml_alias"
    if isinstance(event, NodeEvent) and event.anchor is not None:
        return "yaml_anchor"
    if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag not in (None, "!"):
        return "yaml_tag"
    return None


def _syntax(error: yaml.YAMLError, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return Problem(code="yaml_syntax", file=name, line=mark.line + 1 if mark else None)


def _node(root: yaml.Node, name: str, problems: list[Problem]) -> Node:
    line = root.start_mark.line + 1
    if isinstance(root, yaml.ScalarNode):
        if _half(str(root.value)):
            problems.append(Problem(code="yaml_syntax", file=name, line=line))
            return Node(line=line, text="")
        return Node(line=line, text=str(root.value))
    if isinstance(root, yaml.SequenceNode):
        return Node(line=line, items=tuple(_node(item, name, problems) for item in root.value))
    entries: dict[str, Entry] = {}
    for key, value in root.value:
        at = key.start_mark.line + 1
        text = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        fault = _key_fault(text, key, entries)
        if fault is not None:
            first = entries[text].line if text in entries else at
            params = {"first": str(first), "key": shown(text)}
            problems.append(Problem(code=fault, file=name, line=at, key=shown(text), params=params))
            continue
        entries[text] = Entry(line=at, node=_node(value, name, problems))
    return Node(line=line, entries=entries)


def _key_fault(text: str, key: yaml.Node, entries: dict[str, Entry]) -> str | None:
    if not isinstance(key, yaml.ScalarNode) or not text.strip():
        return "yaml_key_no_text"
    if _half(text):
        return "yaml_syntax"
    return "yaml_key_twice" if text in entries else None


def _half(text: str) -> bool:
    """Whether a text holds half of a character, as an escape can make it."""
    return any("\ud800" <= letter <= "\udfff" for letter in text)
