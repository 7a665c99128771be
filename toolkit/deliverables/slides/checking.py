"""Reading a deck back: every text and value on its slides against the pages it should show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from toolkit.deliverables.difference import Difference, Verification
from toolkit.deliverables.slides.chart_xml import serial
from toolkit.deliverables.slides.ooxml import clean
from toolkit.deliverables.slides.paper import Cell, Grid, Group, Page, Para, Plate, Plot
from toolkit.outline.blocks import Span, Text

OWN = "theme-"
"""Names of shapes that are the firm's and not the document's begin so."""

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CLOSE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What one shape should show: its text, or the values of its chart, and their facts."""

    text: Text = ()
    values: tuple[float | str, ...] = ()
    facts: tuple[str, ...] = ()


def compared(path: Path, pages: Iterable[Page], name: str) -> Verification:
    """What a file shows against the pages it was made from.

    Slides are known by their names and shapes by theirs, so that a slide moved in PowerPoint is
    still found; shapes that were added by hand are nobody's.
    """
    from pptx import Presentation

    shown = {slide.name: slide for slide in Presentation(str(path)).slides}
    checked = 0
    found: list[Difference] = []
    for page in pages:
        there = _shown(shown[page.id]) if page.id in shown else {}
        for shape, printed in _expected(page):
            checked += _count(printed)
            found += _differences((name, f"{page.id}/{shape}"), printed, there.get(shape))
    return Verification(checked=checked, differing=tuple(found))


def _expected(page: Page) -> Iterator[tuple[str, Printed]]:
    """What each shape of a page should print, by the shape's name."""
    yield "title", Printed(text=page.title.text)
    for piece in page.pieces:
        if piece.name.startswith(OWN):
            continue
        for one in piece.pieces if isinstance(piece, Group) else (piece,):
            if isinstance(one, Plate) and one.paras:
                yield one.name, Printed(text=_lines(one.paras))
            elif isinstance(one, Grid):
                yield one.name, Printed(text=_cells(one.cells))
            elif isinstance(one, Plot):
                yield one.name, Printed(values=tuple(_plotted(one)), facts=one.facts)
    if page.notes:
        yield "notes", Printed(text=(Span(text="\n".join(page.notes)),))


def _lines(paras: Iterable[Para]) -> Text:
    made: list[Span] = []
    for place, para in enumerate(paras):
        made += [Span(text="\n"), *para.text] if place else para.text
    return tuple(made)


def _cells(rows: Iterable[tuple[Cell, ...]]) -> Text:
    made: list[Span] = []
    for row in rows:
        for cell in row:
            made += [*_lines(cell.paras), Span(text="\t")]
    return tuple(made)


def _plotted(plot: Plot) -> Iterator[float | str]:
    """The names and values of a chart, series by series."""
    for series in plot.series:
        yield clean(series.name)
        if plot.form == "scatter":
            yield from (value for value in series.across if value is not None)
        elif plot.dates:
            yield from (float(serial(name)) for name in plot.names)
        else:
            yield from (clean(name) for name in plot.names)
        yield from (value for value in series.values if value is not None)


def _shown(slide: Any) -> dict[str, Printed]:
    """What each shape of a slide prints, by the shape's name."""
    found = dict(_shapes(slide.shapes))
    if slide.has_notes_slide:
        text = slide.notes_slide.notes_text_frame
        found["notes"] = Printed(text=(Span(text=text.text if text else ""),))
    return found


def _shapes(shapes: Iterable[Any]) -> Iterator[tuple[str, Printed]]:
    for shape in shapes:
        if shape.shape_type is not None and hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        elif getattr(shape, "has_chart", False):
            yield shape.name, Printed(values=tuple(_read(shape.chart._chartSpace)))
        elif getattr(shape, "has_table", False):
            cells = "".join(
                f"{cell.text_frame.text}\t" for row in shape.table.rows for cell in row.cells
            )
            yield shape.name, Printed(text=(Span(text=cells),))
        elif shape.has_text_frame:
            yield shape.name, Printed(text=(Span(text=shape.text_frame.text),))


def _read(chart: Any) -> Iterator[float | str]:
    for series in chart.iter(f"{CHART}ser"):
        for part in ("tx", "xVal", "cat", "yVal", "val"):
            for block in series.findall(f"{CHART}{part}"):
                numbers = block.find(f".//{CHART}numCache") is not None
                for value in block.iter(f"{CHART}v"):
                    yield float(value.text or "nan") if numbers else value.text or ""


def _count(printed: Printed) -> int:
    """How many numbers a shape prints."""
    values = sum(isinstance(value, float | int) for value in printed.values)
    return values + sum(span.fact is not None for span in printed.text)


def _differences(
    where: tuple[str, str], printed: Printed, there: Printed | None
) -> Iterator[Difference]:
    name, shape = where
    if there is None:
        for fact in _facts(printed) or (shape,):
            yield Difference(format=name, fact=fact, printed=None, recomputed=_joined(printed.text))
    elif printed.values:
        yield from _values(where, printed, there)
    else:
        yield from _texts(where, printed.text, _joined(there.text))


def _facts(printed: Printed) -> tuple[str, ...]:
    own = tuple(span.fact for span in printed.text if span.fact is not None)
    return own or printed.facts


def _values(where: tuple[str, str], printed: Printed, there: Printed) -> Iterator[Difference]:
    fact = printed.facts[0] if printed.facts else where[1]
    if len(printed.values) != len(there.values):
        yield Difference(
            format=where[0],
            fact=fact,
            printed=str(len(there.values)),
            recomputed=str(len(printed.values)),
        )
    for right, seen in zip(printed.values, there.values, strict=False):
        if not _same(right, seen):
            yield Difference(format=where[0], fact=fact, printed=str(seen), recomputed=str(right))


def _same(right: float | str, seen: float | str) -> bool:
    if isinstance(right, str) or isinstance(seen, str):
        return _squeezed(str(right)) == _squeezed(str(seen))
    return abs(right - seen) <= CLOSE * max(1.0, abs(right))


def _texts(where: tuple[str, str], text: Text, seen: str) -> Iterator[Difference]:
    """Each stretch of a text that is not as it should be, under the fact it belongs to."""
    right = _joined(text)
    seen = _squeezed(seen)
    if right == seen:
        return
    stretches = list(_stretches(text))
    printed = [""] * len(stretches)
    wrong = set()
    moves = SequenceMatcher(None, right, seen, autojunk=False).get_opcodes()
    for kind, first, last, start, end in moves:
        owners = _owners(stretches, first, last)
        for owner in owners:
            begin, finish, _ = stretches[owner]
            if kind == "equal":
                shift = start - first
                printed[owner] += seen[max(begin, first) + shift : min(finish, last) + shift]
            else:
                printed[owner] += seen[start:end] if owner == owners[0] else ""
                wrong.add(owner)
    for owner in sorted(wrong):
        begin, finish, fact = stretches[owner]
        yield Difference(
            format=where[0], fact=fact or where[1], printed=printed[owner] or None,
            recomputed=right[begin:finish],
        )  # fmt: skip


def _owners(stretches: list[tuple[int, int, str | None]], first: int, last: int) -> list[int]:
    """The stretches that a part of the text lies in; what was put in belongs to one number."""
    if first < last:
        return [place for place, one in enumerate(stretches) if one[0] < last and one[1] > first]
    ends = [place for place, one in enumerate(stretches) if one[1] == first and one[2]]
    begins = [place for place, one in enumerate(stretches) if one[0] <= first <= one[1]]
    return (ends or begins)[:1]


def _stretches(text: Text) -> Iterator[tuple[int, int, str | None]]:
    place = 0
    for span in text:
        long = len(_squeezed(clean(span.text)))
        if long:
            yield place, place + long, span.fact
        place += long


def _joined(text: Text) -> str:
    return _squeezed("".join(clean(span.text) for span in text))


def _squeezed(text: str) -> str:
    return "".join(text.split())
