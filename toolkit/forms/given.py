"""What was entered for one question, to and from the node it is in client.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from toolkit.forms.question import Asked
from toolkit.intake.profiles.answer_values import COVER, coded
from toolkit.intake.profiles.yaml_text import Entry, Node
from toolkit.method import Method

DETAILS = ("by", "on", "basis", "evidence")
Line = tuple[str, str, str]
"""A line of the canvas: its name, its importance, how far it is covered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The state of one question, texts as they were typed; blank where nothing was.

    ``value`` answers the question itself, or as a whole where it has items; ``items`` are the
    values by item (of a selection "yes" for each that was chosen), ``lines`` those of the canvas,
    ``details`` who said it, when, whether it was seen, and what was shown. ``fixed`` marks the
    answers of several persons, which a form shows and leaves as they are.
    """

    value: str = ""
    items: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    fixed: bool = False

    @property
    def answered(self) -> bool:
        """Whether anything was given but details."""
        chosen = (self.value, *self.items.values(), *(part for line in self.lines for part in line))
        return self.fixed or any(one.strip() for one in chosen)

    @property
    def twice(self) -> bool:
        """Whether the question is answered as a whole and by item: one would hide the other."""
        return bool(self.value.strip()) and (any(self.items.values()) or bool(self.lines))

    def with_item(self, item: str, value: str) -> Given:
        """With the value of an item."""
        kept = {name: text for name, text in self.items.items() if name != item or value}
        return replace(self, items={**kept, item: value} if value else kept)

    def with_detail(self, name: str, value: str) -> Given:
        """With a detail."""
        kept = {key: text for key, text in self.details.items() if key != name}
        return replace(self, details={**kept, name: value} if value else kept)


def given_from(asked: Asked, node: Node | None, method: Method) -> Given:
    """The state of a question as its node says it."""
    if node is None or node.blank:
        return Given()
    if _of_several(asked, node):
        return Given(fixed=True)
    inner, details = _unwrapped(node)
    if inner.text is not None:
        return Given(value=_code(asked, inner.text, method), details=details)
    if asked.kind == "canvas":
        return Given(lines=tuple(_line(asked, part) for part in inner.items or ()), details=details)
    if asked.kind == "multi":
        parts = [_unwrapped(part)[0].text or "" for part in inner.items or ()]
        chosen = {_item(asked, text, method): "yes" for text in parts}
        return Given(items=chosen, details=details)
    values = {
        _item(asked, key, method): _code(asked, _unwrapped(entry.node)[0].text or "", method)
        for key, entry in (inner.entries or {}).items()
    }
    return Given(items={key: value for key, value in values.items() if value}, details=details)


def node_of(asked: Asked, given: Given, method: Method, before: Node | None = None) -> Node | None:
    """The node that says a state; None where nothing was given.

    Args:
        asked: the question.
        given: its state.
        method: its words tell which code a typed label means.
        before: the node as it stood; what it says of single items is kept.
    """
    if given.fixed:
        return before
    if not given.answered:
        return None
    value = _value_node(asked, given, method, before)
    if not asked.detailed or not given.details:
        return value
    said = {name: _scalar(given.details[name].strip()) for name in DETAILS if name in given.details}
    return _map({"value": value, **said})


def _value_node(asked: Asked, given: Given, method: Method, before: Node | None) -> Node:
    if given.value.strip():
        return _scalar(_code(asked, given.value.strip(), method))
    if asked.kind == "canvas":
        return Node(line=1, items=tuple(_line_node(asked, line) for line in given.lines))
    old = _parts(asked, before, method)
    if asked.kind == "multi":
        chosen = [_kept(old.get(item), item) for item in given.items]
        return Node(line=1, items=tuple(chosen))
    return _map(
        {
            item: _kept(old.get(item), _code(asked, text.strip(), method))
            for item, text in given.items.items()
        }
    )


def _parts(asked: Asked, before: Node | None, method: Method) -> dict[str, Node]:
    """The nodes of the items as they stood."""
    if before is None:
        return {}
    inner, _ = _unwrapped(before)
    if asked.kind == "multi":
        nodes = inner.items or ()
        return {_item(asked, _unwrapped(one)[0].text or "", method): one for one in nodes}
    return {_item(asked, k, method): e.node for k, e in (inner.entries or {}).items()}


def _kept(old: Node | None, text: str) -> Node:
    """A value in the place of the one that stood there, with who said that one and when."""
    if old is None or old.entries is None or "value" not in old.entries:
        return _scalar(text)
    entries = {key: entry.node for key, entry in old.entries.items()}
    return _map({**entries, "value": _scalar(text)})


def _of_several(asked: Asked, node: Node) -> bool:
    """Whether a node is a list of persons, each with an answer of their own."""
    if node.items is None:
        return False
    if asked.kind not in ("multi", "canvas"):
        return True
    maps = [part.entries for part in node.items if part.entries is not None]
    inner = [entries["value"].node for entries in maps if "value" in entries]
    whole = {"unknown", *asked.whole}
    return any(one.items is not None or (one.text or "") in whole for one in inner)


def _unwrapped(node: Node) -> tuple[Node, dict[str, str]]:
    if node.entries is None or "value" not in node.entries:
        return node, {}
    details = {
        name: entry.node.text.strip()
        for name, entry in node.entries.items()
        if name in DETAILS and entry.node.text and entry.node.text.strip()
    }
    return node.entries["value"].node, details


def _code(asked: Asked, text: str, method: Method) -> str:
    """The code that a text means, or the text."""
    at = f"questions.{asked.key}.choices"
    codes = (*asked.choices, *asked.whole)
    if asked.place == "compliance":
        at = "hearing.states"
    elif not asked.place:
        at = f"errors.field.{asked.key}"
    return coded(text, codes, at, method) or text


def _item(asked: Asked, text: str, method: Method) -> str:
    found = coded(text, tuple(asked.items), f"questions.{asked.key}.items", method)
    return found or text.strip()


def _line(asked: Asked, part: Node) -> Line:
    inner, _ = _unwrapped(part)
    entries = inner.entries or {}
    texts = [
        (entries[key].node.text or "").strip() if key in entries else "" for key in asked.items
    ]
    return texts[0], texts[1], COVER.get(texts[2], texts[2])


def _line_node(asked: Asked, line: Line) -> Node:
    return _map({key: _scalar(text.strip()) for key, text in zip(asked.items, line, strict=True)})


def _scalar(text: str) -> Node:
    return Node(line=1, text=text)


def _map(nodes: Mapping[str, Node]) -> Node:
    return Node(line=1, entries={key: Entry(line=1, node=node) for key, node in nodes.items()})


def count_answered(states: Iterable[Given]) -> int:
    """How many questions are answered."""
    return sum(one.answered for one in states)
