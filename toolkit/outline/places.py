"""Where a figure stands in the document: its definition, and the places that print it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from toolkit.diagnosis.changes.figures import figure_of
from toolkit.outline.blocks import Chart, Definitions, Section, Span, Table, Text
from toolkit.outline.writer import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A fact printed, or drawn in a chart, in a section."""

    section: str
    key: str
    chart: str = ""


def anchor_of(fact_key: str) -> str:
    """Where the definition of a fact stands in the document, or the row that explains a yen.

    >>> anchor_of("customers.f2_conversion[window_days=180]"), anchor_of("yen.AFT006.gap")
    ('def-customers-f2_conversion', 'def-yen-AFT006')
    >>> anchor_of("changes.then.customers.aov"), anchor_of("changes.AFT006.promised")
    ('def-customers-aov', 'def-changes-AFT006')
    """
    parts = (figure_of(fact_key) or fact_key).split("[")[0].split(".")
    return "-".join(["def", *(parts[:2] if parts[0] in ("yen", "changes") else parts)])


def place_of(anchor: str) -> str:
    """Where a figure with a definition is printed first.

    >>> place_of("def-customers-aov")
    'at-customers-aov'
    """
    return "at-" + anchor.removeprefix("def-")


def uses(section: str, parts: Iterable[object], chart: str = "") -> Iterator[Use]:
    """Every use of a fact in some blocks of a section, in reading order."""
    for part in parts:
        if isinstance(part, Span):
            if part.fact is not None:
                yield Use(section=section, key=part.fact)
        elif isinstance(part, tuple):
            yield from uses(section, part)
        elif is_dataclass(part):
            yield from uses(section, (getattr(part, one.name) for one in fields(part)))
            if isinstance(part, Chart):
                yield from (Use(section=section, key=key, chart=part.id) for key in part.facts)


def back_text(pen: Writer, own: Sequence[Use]) -> Text:
    """Links back from the uses of a figure: its first place, then the further sections."""
    targets = {one.section: f"sec-{one.section}" for one in own} | {own[0].section: _target(own[0])}
    separator = Span(text=pen.line("report.list_separator"))
    links = [
        Span(text=pen.line(f"report.section.{section}.title"), link=target)
        for section, target in targets.items()
    ]
    joined = [span for link in links for span in (separator, link)][1:]
    return pen.text("report.cards.back", places=tuple(joined))


def with_places(pen: Writer, sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections with each figure's first place marked, and a way back where a row defines it.

    The place of a figure that a chart draws first is the chart.
    """
    sections = tuple(sections)
    blocks = [block for one in sections for block in one.blocks]
    defined = {anchor for block in blocks for anchor in _anchors(block)}
    first: dict[str, Use] = {}
    for one in sections:
        printed = (block for block in one.blocks if not isinstance(block, Definitions))
        for use in uses(one.id, printed):
            first.setdefault(anchor_of(use.key), use)
    targets = {anchor: _target(use) for anchor, use in first.items() if anchor in defined}
    spoken = {anchor for anchor in targets if not first[anchor].chart}
    marks = _Marks(wanted=spoken, targets=targets, back=pen.line("report.cards.up"))
    return tuple(replace(one, blocks=marks.marked(one.blocks)) for one in sections)


@dataclass(slots=True, kw_only=True)
class _Marks:
    """Marks the first place of each figure that is still ``wanted``."""

    wanted: set[str]
    targets: Mapping[str, str]
    back: str

    def marked(self, part: Any) -> Any:
        """A part of the document with its places; the cards themselves are none."""
        if isinstance(part, Span):
            return self._span(part)
        if isinstance(part, tuple):
            return tuple(self.marked(one) for one in part)
        if isinstance(part, Table):
            return self._table(part)
        if is_dataclass(part) and not isinstance(part, type | Definitions):
            own = {one.name: getattr(part, one.name) for one in fields(part)}
            held = {name: value for name, value in own.items() if isinstance(value, tuple)}
            return replace(part, **{name: self.marked(value) for name, value in held.items()})
        return part

    def _span(self, span: Span) -> Span:
        anchor = anchor_of(span.fact) if span.fact is not None else ""
        if anchor not in self.wanted:
            return span
        self.wanted.discard(anchor)
        return replace(span, place=place_of(anchor))

    def _table(self, table: Table) -> Table:
        """A table; a row that defines a figure printed before leads back to it."""
        rows = []
        for place, row in enumerate(table.rows):
            anchor = table.anchors[place] if place < len(table.anchors) else ""
            printed_before = anchor in self.targets and anchor not in self.wanted
            self.wanted.discard(anchor)
            cells = self.marked(row)
            if printed_before:
                way = Span(text=self.back, link=self.targets[anchor])
                cells = ((*cells[0], way), *cells[1:])
            rows.append(cells)
        return replace(table, rows=tuple(rows), caption=self.marked(table.caption))


def _target(use: Use) -> str:
    return f"fig-{use.chart}" if use.chart else place_of(anchor_of(use.key))


def _anchors(block: object) -> Iterator[str]:
    """Anchors of the figures that a block defines."""
    if isinstance(block, Definitions):
        yield from (card.anchor for card in block.cards)
    if isinstance(block, Table):
        yield from (anchor for anchor in block.anchors if anchor.startswith("def-"))
