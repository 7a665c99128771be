"""Drawings of native shapes: the parts of a firm with what goes between them, and paths."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from toolkit.deliverables.slides.fitting import fit, held
from toolkit.deliverables.slides.paper import (
    LEADING,
    Box,
    Group,
    Para,
    Piece,
    Plate,
    Rule,
)
from toolkit.deliverables.slides.values import Data
from toolkit.outline.blocks import Text, words_of

STATUS = {"live": ("accent", 1.75, ""), "stopped": ("high", 1.75, "dash")}

UNKNOWN = ("line", 1.0, "sysDot")


def modules(data: Data, box: Box) -> list[Piece | Group]:
    """Parts of a business in a ring; each line a handover, its state by colour and dash."""
    edges = list(zip(data.texts("from"), data.texts("to"), data.texts("status"), strict=True))
    names = list(dict.fromkeys(name for edge in edges for name in edge[:2]))
    room = replace(box, h=box.h - 26)
    wide, high = min(136.0, box.w / 4), 46.0
    centre = (room.x + room.w / 2, room.y + room.h / 2)
    reach = ((room.w - wide) / 2, (room.h - high) / 2)
    places = {
        name: _around(centre, reach, place / max(len(names), 1)) for place, name in enumerate(names)
    }
    made: list[Plate | Rule] = []
    order = {"unknown": 0, "live": 1, "stopped": 2}
    for number, (one, other, status) in enumerate(
        sorted(edges, key=lambda edge: order.get(edge[2], 0)), start=1
    ):
        made += _edge(number, (places[one], places[other]), (wide, high), status)
    texts = {name: words_of(data.reader.item(name)) for name in places}
    size = min((_one_line(text, wide - 8) for text in texts.values()), default=14.0)
    for name, (x, y) in places.items():
        para = Para(text=texts[name], size=size, bold=True, align="ctr")
        paras, _ = held([para], wide - 8, high - 2)
        at = Box(x=x - wide / 2, y=y - high / 2, w=wide, h=high)
        made.append(
            Plate(name=f"part-{name}", box=at, paras=paras, anchor="ctr", inset=(4, 2),
                  fill="accent+88", line="accent", weight=1.0)
        )  # fmt: skip
    made += _key(data, {edge[2] for edge in edges}, replace(box, y=box.foot - 18, h=16))
    return [Group(name=data.chart.id, box=box, pieces=tuple(made), alt=data.chart.alt)]


def _one_line(text: Text, wide: float) -> float:
    """The size in which the name of a part takes one line, down to the least."""
    return fit([Para(text=text, size=14, bold=True)], wide, 14 * LEADING + 1)[0][0].size


def _around(
    centre: tuple[float, float], reach: tuple[float, float], share: float
) -> tuple[float, float]:
    turn = 2 * math.pi * share - math.pi / 2
    return centre[0] + reach[0] * math.cos(turn), centre[1] + reach[1] * math.sin(turn)


def _edge(
    number: int,
    ends: tuple[tuple[float, float], tuple[float, float]],
    size: tuple[float, float],
    status: str,
) -> list[Plate | Rule]:
    """A line from the edge of one box to that of another, a little to its own side."""
    (x0, y0), (x1, y1) = ends
    long = math.hypot(x1 - x0, y1 - y0) or 1.0
    dx, dy = (x1 - x0) / long, (y1 - y0) / long
    side = 5.0
    x0, y0, x1, y1 = x0 - dy * side, y0 + dx * side, x1 - dy * side, y1 + dx * side
    half = (size[0] / 2 + 3, size[1] / 2 + 3)
    off = min(
        (half[0] + abs(dy) * side) / abs(dx) if dx else math.inf,
        (half[1] - abs(dx) * side) / abs(dy) if abs(dy) > 1e-9 else math.inf,
    )
    colour, weight, dash = STATUS.get(status, UNKNOWN)
    start, end = (x0 + dx * off, y0 + dy * off), (x1 - dx * off, y1 - dy * off)
    made: list[Plate | Rule] = [
        Rule(name=f"edge-{number}", start=start, end=end, colour=colour, weight=weight, dash=dash,
             head="triangle")
    ]  # fmt: skip
    if status == "stopped":
        x, y = (start[0] * 0.6 + end[0] * 0.4), (start[1] * 0.6 + end[1] * 0.4)
        made.append(
            Plate(name=f"stop-{number}", box=Box(x=x - 6, y=y - 6, w=12, h=12),
                  shape="mathMultiply", fill="high")
        )  # fmt: skip
    return made


def _key(data: Data, used: set[str], box: Box) -> list[Plate | Rule]:
    made: list[Plate | Rule] = []
    x = box.x
    for status in ("live", "stopped", "unknown"):
        if status not in used:
            continue
        colour, weight, dash = STATUS.get(status, UNKNOWN)
        y = box.y + box.h / 2
        made.append(
            Rule(name=f"key-{status}", start=(x, y), end=(x + 28, y), colour=colour, weight=weight,
                 dash=dash, head="triangle")
        )  # fmt: skip
        para = Para(text=words_of(data.reader.item(status)), size=10.5)
        made.append(
            Plate(name=f"key-word-{status}", box=Box(x=x + 34, y=box.y, w=92, h=16), paras=(para,),
                  anchor="ctr")
        )  # fmt: skip
        x += 130
    return made


def path(name: str, labels: Sequence[tuple[Para, Para, str]], box: Box, alt: str) -> Group:
    """Boxes joined by arrows: a mark above the words, the edge in the colour of the tone."""
    count = max(len(labels), 1)
    gap = 34.0
    wide = min((box.w - gap * (count - 1)) / count, 320.0)
    made: list[Plate | Rule] = []
    for place, (mark, label, tone) in enumerate(labels):
        at = Box(x=box.x + place * (wide + gap), y=box.y, w=wide, h=box.h)
        paras, _ = held([mark, label], wide - 20, box.h - 12)
        dashed = "dash" if tone == "unknown" else ""
        made.append(
            Plate(name=f"{name}-{place + 1}", box=at, paras=paras, anchor="ctr", inset=(10, 4),
                  fill="paper", line=tone, weight=1.5, dash=dashed)
        )  # fmt: skip
        if place:
            middle = at.y + at.h / 2
            made.append(
                Rule(name=f"{name}-arrow-{place}", start=(at.x - gap, middle), end=(at.x, middle),
                     colour="soft", weight=1.75, head="triangle",
                     joins=((f"{name}-{place}", 3), (f"{name}-{place + 1}", 1)))
            )  # fmt: skip
    return Group(name=name, box=box, pieces=tuple(made), alt=alt)
