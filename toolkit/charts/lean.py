"""SVG made lean: no idle element, marks in their places, what neighbours share said once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from toolkit.charts.path_data import number_text, parsed, short

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

INHERITED = (
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "font-size",
    "font-weight",
    "text-anchor",
    "clip-path",
)
"""What may stand on a group in the place of its members."""

IDLE = {
    "stroke-linejoin": "miter",
    "stroke-linecap": "square",
    "stroke-dashoffset": "0",
    "text-anchor": "start",
    "font-size": "12px",
}
"""Declarations that say what holds without them (line ends: half a width more or less)."""

PLACES = ("x", "y", "width", "height")
ROUND = 8  # curves of a full circle
GROUP = len("<g></g>")
IDLE_PATH = re.compile(r"(M[^a-zA-Z]*)?")
SPECIAL = re.compile("[&<>\"']")
TURN = re.compile(r"rotate\((\S+) (\S+) (\S+)\)")


@dataclass(slots=True)
class Node:
    """An element as it will be written."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list[Node] = field(default_factory=list)


def lean(document: str, prefix: str, family: str) -> tuple[str, str]:
    """The view box of an SVG of matplotlib's, and what it draws.

    Args:
        document: with text as text.
        prefix: stands before every id that is referred to.
        family: font family that the caller sets for the whole picture.
    """
    from xml.etree.ElementTree import fromstring

    root = fromstring(document[document.index("<svg") :])
    marks = {
        one.get("id", ""): one for one in root.iter() if _name(one) == "path" and one.get("id")
    }
    lines = _Lines(prefix=prefix, family=family, marks=marks)
    drawn = [node for child in root for node in lines.made(child)]
    return root.get("viewBox", ""), written(drawn, list(lines.defs()))


def written(drawn: list[Node], defs: list[Node]) -> str:
    """Elements in their order as text, what neighbours share said once; then what they refer to."""
    return "".join(map(_written, [*_hoisted(_merged(drawn)), *defs]))


@dataclass(slots=True)
class _Lines:
    """Reads the elements of one picture; remembers what is referred to."""

    prefix: str
    family: str
    marks: Mapping[str, Element]
    names: dict[str, str] = field(default_factory=dict)
    kept: dict[str, Element] = field(default_factory=dict)

    def made(self, one: Element) -> Iterator[Node]:
        """An element and its children, without those that show nothing."""
        tag = _name(one)
        if tag == "defs":
            kept = [child for child in one if _name(child) in ("clipPath", "pattern")]
            self.kept |= {child.get("id", ""): child for child in kept}
        elif tag == "g":
            clip = self._attributes(one)
            for node in (node for child in one for node in self.made(child)):
                node.attributes = {**clip, **node.attributes}
                yield node
        elif tag == "use":
            yield self._mark(one)
        elif tag in ("path", "text"):
            node = self._leaf(one, tag)
            if tag == "text" or not idle(node.attributes):
                yield node

    def defs(self) -> Iterator[Node]:
        """What is referred to: clips and hatches."""
        inner = []
        for key, name in self.names.items():
            one = self.kept[key]
            node = Node(_name(one), {"id": name})
            sizes = ("patternUnits", "x", "y", "width", "height")
            node.attributes |= {k: one.attrib[k] for k in sizes if k in one.attrib}
            node.children = [self._leaf(child, _name(child)) for child in one]
            inner.append(node)
        if inner:
            yield Node("defs", children=inner)

    def _leaf(self, one: Element, tag: str) -> Node:
        node = Node(tag, self._attributes(one), one.text or "" if tag == "text" else "")
        if tag == "path":
            node.attributes["d"] = short(one.get("d", ""))
        for name in PLACES:
            if name in one.attrib:
                node.attributes[name] = number_text(float(one.attrib[name]))
        turn = TURN.fullmatch(one.get("transform", ""))
        if turn and float(turn[1]):
            node.attributes["transform"] = f"rotate({' '.join(map(number_text, _floats(turn)))})"
        return node

    def _mark(self, one: Element) -> Node:
        """A mark in its place, as a circle where it is one."""
        href = next(value for key, value in one.attrib.items() if key.endswith("href"))
        mark = self.marks[href.removeprefix("#")]
        x, y = float(one.get("x", 0)), float(one.get("y", 0))
        shown = {**self._attributes(one), **self._attributes(mark)}
        data = mark.get("d", "")
        if data.count("C") == ROUND and data.split()[1] == "0":
            (_, ((_, radius),)) = next(iter(parsed(data)))
            place = {"cx": number_text(x), "cy": number_text(y), "r": number_text(radius / 10)}
            return Node("circle", {**shown, **place})
        return Node("path", {**shown, "d": short(data, (x, y))})

    def _attributes(self, one: Element) -> dict[str, str]:
        """Style and clip of an element as attributes, without what holds anyhow."""
        said = dict(
            part.strip().split(": ", 1) for part in one.get("style", "").split(";") if part.strip()
        )
        said |= {k: one.attrib[k] for k in ("fill", "clip-path") if k in one.attrib}
        if said.get("font-family", "").strip("'") == self.family:
            del said["font-family"]
        return {name: self._value(value) for name, value in said.items() if IDLE.get(name) != value}

    def _value(self, value: str) -> str:
        found = re.fullmatch(r"url\(#(.*)\)", value)
        if found:
            name = self.names.setdefault(found[1], f"{self.prefix}-{len(self.names) + 1}")
            return f"url(#{name})"
        return re.sub(r"(\d+\.\d)\d+", r"\1", value).replace("#ffffff", "#fff").replace(", ", ",")


def idle(path: Mapping[str, str]) -> bool:
    """Whether a path shows nothing: it has neither colour nor outline, or goes nowhere."""
    bare = path.get("fill") == "none" and "stroke" not in path
    return bare or IDLE_PATH.fullmatch(path["d"]) is not None


def _name(one: Element) -> str:
    return one.tag.rpartition("}")[2]


def _floats(found: re.Match[str]) -> list[float]:
    return [float(one) for one in found.groups()]


def _merged(nodes: list[Node]) -> list[Node]:
    """Paths that follow one another and look alike as one path."""
    made: list[Node] = []
    for node in nodes:
        last = made[-1] if made else None
        if last is not None and node.tag == last.tag == "path" and _looks(node) == _looks(last):
            last.attributes["d"] += node.attributes["d"]
        else:
            made.append(node)
    return made


def _looks(node: Node) -> dict[str, str]:
    return {name: value for name, value in node.attributes.items() if name != "d"}


def _hoisted(nodes: list[Node], depth: int = 2) -> list[Node]:
    """Neighbours that share attributes in groups that carry these, where that is shorter."""
    made: list[Node] = []
    place = 0
    while place < len(nodes):
        shared, end = _run(nodes, place) if depth else ({}, place + 1)
        if not shared:
            made.append(nodes[place])
            place += 1
            continue
        inner = nodes[place:end]
        for node in inner:
            node.attributes = {k: v for k, v in node.attributes.items() if k not in shared}
        made.append(Node("g", shared, children=_hoisted(inner, depth - 1)))
        place = end
    return made


def _run(nodes: list[Node], start: int) -> tuple[dict[str, str], int]:
    """The run from a node whose shared attributes save most, and where it ends."""
    common = {k: v for k, v in nodes[start].attributes.items() if k in INHERITED}
    best: tuple[int, dict[str, str], int] = (0, {}, start + 1)
    for end in range(start + 1, len(nodes)):
        other = nodes[end].attributes
        common = {k: v for k, v in common.items() if other.get(k) == v}
        if "transform" in other or "transform" in nodes[start].attributes:
            common.pop("clip-path", None)  # a clip is turned with what it clips
        if not common:
            break
        saved = (end - start) * _size(common) - GROUP
        if saved > best[0]:
            best = (saved, common, end + 1)
    return best[1], best[2]


def _size(attributes: Mapping[str, str]) -> int:
    return sum(len(k) + len(v) + 4 for k, v in attributes.items())


def _escaped(value: str) -> str:
    return escape(value) if SPECIAL.search(value) else value


def _written(node: Node) -> str:
    given = "".join([f' {name}="{_escaped(value)}"' for name, value in node.attributes.items()])
    inner = escape(node.text, quote=False) + "".join(map(_written, node.children))
    return f"<{node.tag}{given}>{inner}</{node.tag}>" if inner else f"<{node.tag}{given}/>"
