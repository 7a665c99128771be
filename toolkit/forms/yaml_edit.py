"""Values set in the text of a YAML file: the rest of it stays, its comments and order too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

Path = tuple[str, ...]
"""Where a value stands: ("company_name",), or ("answers", "q.pla.model")."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A stretch of the text, from one index to another, and what takes its place."""

    start: int
    end: int
    text: str


def with_values(text: str, values: Mapping[Path, str]) -> str:
    r"""A text with some values set, each written as YAML on one line; blank takes a value away.

    Args:
        text: a file of one map, as ``read_yaml`` takes it.
        values: what to write, by the path of one or two keys.

    >>> with_values("a: 1  # one\nlist:\n  b: 2\n", {("a",): "5", ("list", "c"): "x"})
    'a: 5  # one\nlist:\n  b: 2\n  c: x\n'
    """
    top: dict[Path, str] = {path: value for path, value in values.items() if len(path) == 1}
    for place, value in top.items():
        text = _with_value(text, place, value)
    inner: dict[Path, str] = {path: value for path, value in values.items() if len(path) > 1}
    for name in dict.fromkeys(path[0] for path in inner):
        text = _opened(text, name)
    for place, value in inner.items():
        text = _with_value(text, place, value)
    return text


def _with_value(text: str, path: Path, value: str) -> str:
    root = _root(text)
    home = root if len(path) == 1 else _value_of(root, path[0])
    found = None if home is None else _value_of(home, path[-1])
    if found is not None:
        return _spliced(text, _Change(found.start_mark.index, _end(found), _spaced(found, value)))
    if not value:
        return text
    if isinstance(home, yaml.MappingNode) and home.value:
        last = home.value[-1] if len(path) > 1 else _last_plain(home)
        return _below(text, _end(last[1]), home.value[0][0].start_mark.column, (path[-1], value))
    if len(path) == 1:
        return f"{text.rstrip()}\n{path[0]}: {value}\n".lstrip()
    key = next(key for key, _ in root.value if key.value == path[0]) if root is not None else None
    at = len(text) if key is None else key.end_mark.index
    return _below(text, at, 2, (path[-1], value))


def _opened(text: str, name: str) -> str:
    """The text with a map in block form, or a blank key, under a name."""
    root = _root(text)
    node = _value_of(root, name)
    if node is None:
        return f"{text.rstrip()}\n{name}:\n".lstrip()
    if isinstance(node, yaml.MappingNode) and node.flow_style:
        lines = [
            f"\n  {text[key.start_mark.index : key.end_mark.index]}: "
            f"{text[value.start_mark.index : _end(value)]}"
            for key, value in node.value
        ]
        return _spliced(text, _Change(node.start_mark.index, _end(node), "".join(lines)))
    return text


def _root(text: str) -> yaml.MappingNode | None:
    loader = yaml.SafeLoader(text)
    try:
        root = loader.get_single_node()
    finally:
        loader.dispose()
    return root if isinstance(root, yaml.MappingNode) else None


def _value_of(node: yaml.Node | None, name: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    found: yaml.Node | None = next((value for key, value in node.value if key.value == name), None)
    return found


def _last_plain(root: yaml.MappingNode) -> tuple[yaml.Node, yaml.Node]:
    """The last field before the lists, so that a new field stands with its like."""
    plain: list[tuple[yaml.Node, yaml.Node]] = []
    pairs: list[tuple[yaml.Node, yaml.Node]] = list(root.value)
    for pair in pairs:
        if not isinstance(pair[1], yaml.ScalarNode) or not pair[1].value:
            break
        plain.append(pair)
    return (plain or pairs)[-1]


def _end(node: yaml.Node) -> int:
    """Where a node truly ends: a block's own mark lies past the comments that follow it."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    if isinstance(last, tuple):
        key, value = last
        return max(_end(value), int(key.end_mark.index) + 1)
    return _end(last)


def _spaced(node: yaml.Node, value: str) -> str:
    """A value with the blank that parts it from its key, and the break that a block took along."""
    blank = isinstance(node, yaml.ScalarNode) and not node.value and not node.style
    lead = " " if value and blank else ""
    block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    return f"{lead}{value}" + ("\n" if block else "")


def _below(text: str, at: int, indent: int, pair: tuple[str, str]) -> str:
    """A new line for a key below the one that ends at a place."""
    line = f"{' ' * indent}{pair[0]}: {pair[1]}\n"
    start = text.find("\n", max(at - 1, 0)) + 1
    if not start:
        return f"{text}\n{line}"
    return _spliced(text, _Change(start, start, line))


def _spliced(text: str, change: _Change) -> str:
    return text[: change.start] + change.text + text[change.end :]
