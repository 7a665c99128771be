"""A flow of work in lanes of native shapes joined by connectors, continued where it is long."""

from __future__ import annotations

import math
from dataclasses import replace

from toolkit.charts.swimlane import BY_MACHINE, NO_SEAM
from toolkit.deliverables.slides.fitting import held
from toolkit.deliverables.slides.paper import (
    Box,
    Group,
    Para,
    Piece,
    Plate,
    Rule,
)
from toolkit.deliverables.slides.values import Data
from toolkit.outline.blocks import words_of

STEPS = 10
"""Steps of a flow on one slide, at most."""


def swimlane(data: Data, box: Box, place: int = 0) -> list[Piece | Group]:
    """One part of the flow: a lane an actor, steps from left to right, joints made by hand broken.

    ``place`` is which part; there are ``parts`` of them.
    """
    ends = _parts(len(data.chart.rows))
    first, last = ends[place], ends[place + 1]
    actors = _actors(data)
    lanes = [lane for lane in dict.fromkeys(actors) if lane in actors[first:last]]
    head, foot, top = 84.0, 26.0, 16.0
    high = min((box.h - foot - top) / max(len(lanes), 1), 84.0)
    wide = (box.w - head) / max(last - first, 1)
    made: list[Plate | Rule] = []
    for row, lane in enumerate(lanes):
        made += _lane(row, lane, Box(x=box.x, y=box.y + top + row * high, w=box.w, h=high), head)
    boxes = {}
    for step in range(first, last):
        x = box.x + head + (step - first) * wide
        y = box.y + top + lanes.index(actors[step]) * high
        boxes[step] = Box(x=x, y=y, w=wide, h=high).inner(5.5, max(2.0, (high - 64) / 2))
    seams = [seam.strip().lower() not in NO_SEAM for seam in data.texts("seam")]
    for step in range(first, last - 1):
        made.append(_joint(step, boxes[step], boxes[step + 1], seams[step]))
    for step in range(first, last):
        number = Box(x=boxes[step].x, y=box.y, w=boxes[step].w, h=top)
        made += _step(data, step, boxes[step], number)
    for step in range(first, last - 1):
        if seams[step]:
            made.append(_diamond(step, boxes[step]))
    key = Box(x=box.x + head, y=box.y + top + high * len(lanes) + 10, w=box.w - head, h=16)
    made += _key(data, key)
    return [Group(name=data.chart.id, box=box, pieces=tuple(made), alt=data.chart.alt)]


def parts(data: Data) -> int:
    """On how many slides a flow stands."""
    return len(_parts(len(data.chart.rows))) - 1


def _parts(count: int) -> list[int]:
    groups = max(1, math.ceil(count / STEPS))
    return [round(count * place / groups) for place in range(groups + 1)]


def _actors(data: Data) -> list[str]:
    """The lane of each step: its actor, else its side, else nobody."""
    reader = data.reader
    return [
        reader.item(actor)
        if actor
        else reader.word(f"side_{side}", "unassigned", otherwise=side or "—")
        for actor, side in zip(data.texts("actor"), data.texts("side"), strict=True)
    ]


def _lane(row: int, name: str, box: Box, head: float) -> list[Plate | Rule]:
    paras, _ = held([Para(text=words_of(name), size=12, bold=True)], head - 14, box.h - 4)
    ground = [Plate(name=f"lane-{row}", box=box, fill="mist")] if row % 2 == 0 else []
    label = Plate(
        name=f"lane-name-{row}", box=replace(box, w=head), paras=paras, anchor="ctr", inset=(7, 0)
    )
    return [*ground, label]


def _step(data: Data, step: int, box: Box, number: Box) -> list[Plate | Rule]:
    machine = data.texts("mode")[step] in BY_MACHINE
    para = Para(text=words_of(data.reader.item(data.texts("step")[step])), size=11, align="ctr")
    paras, _ = held([para], box.w - 4, box.h - 2)
    return [
        Plate(
            name=f"step-{step + 1}", box=box, paras=paras, anchor="ctr", inset=(2, 1),
            fill="accent+80" if machine else "paper", line="accent", weight=1.0,
        ),
        Plate(
            name=f"number-{step + 1}", box=number, anchor="ctr",
            paras=(Para(text=words_of(str(step + 1)), size=10, colour="soft", align="ctr"),),
        ),
    ]  # fmt: skip


def _joint(step: int, one: Box, other: Box, by_hand: bool) -> Rule:
    """From the right of a box into the next one: level, or round one corner from above or below."""
    level = abs(one.y - other.y) < 1
    side = 1 if level else 0 if other.y > one.y else 2
    ends = {
        0: (other.x + other.w / 2, other.y),
        1: (other.x, other.y + other.h / 2),
        2: (other.x + other.w / 2, other.foot),
    }
    return Rule(
        name=f"joint-{step + 1}",
        start=(one.right, one.y + one.h / 2),
        end=ends[side],
        colour="high" if by_hand else "soft",
        weight=1.75 if by_hand else 1.0,
        dash="sysDash" if by_hand else "",
        head="triangle",
        bent=not level,
        joins=((f"step-{step + 1}", 3), (f"step-{step + 2}", side)),
    )


def _diamond(step: int, box: Box) -> Plate:
    half = 4.0
    place = Box(x=box.right + 5.5 - half, y=box.y + box.h / 2 - half, w=2 * half, h=2 * half)
    return Plate(
        name=f"seam-{step + 1}", box=place, shape="diamond", fill="paper", line="high", weight=1.5
    )


def _key(data: Data, box: Box) -> list[Plate | Rule]:
    made: list[Plate | Rule] = []
    x = box.x
    for name in ("manual", "auto", "seam"):
        word = data.reader.word(name)
        if not word:
            continue
        sign = Box(x=x, y=box.y + 3, w=22, h=10)
        if name == "seam":
            made.append(
                Rule(name="key-seam-line", start=(x, box.y + 8), end=(x + 22, box.y + 8),
                     colour="high", weight=1.75, dash="sysDash")
            )  # fmt: skip
            made.append(
                Plate(name="key-seam-mark", box=Box(x=x + 7, y=box.y + 4, w=8, h=8),
                      shape="diamond", fill="paper", line="high", weight=1.5)
            )  # fmt: skip
        else:
            fill = "accent+80" if name == "auto" else "paper"
            made.append(Plate(name=f"key-{name}", box=sign, fill=fill, line="accent", weight=1.0))
        para = Para(text=words_of(word), size=10.5)
        made.append(
            Plate(name=f"key-word-{name}", box=Box(x=x + 28, y=box.y, w=150, h=16), paras=(para,),
                  anchor="ctr")
        )  # fmt: skip
        x += 190
    return made
