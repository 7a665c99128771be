"""Pictures of the lesson on the journey map: the flow in its lanes, and the load of each person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from toolkit.charts import lettering, picture
from toolkit.charts.palette import BLUE, BLUES, DASHED, INK, RUST, ink_on
from toolkit.frameworks.journey import JourneyMap
from toolkit.lessons.answers.journey_flow import by_hand
from toolkit.lessons.answers.journey_frames import glossed, journey_of
from toolkit.lessons.client_firm import ClientFirm
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WORDS = "lessons.journey_map.picture"
ROW, HEAD, LABEL = 34.0, 34.0, 150.0
WIDE = 250.0
BAR = 0.56
GAP = 8.0


def flow_picture(firm: ClientFirm, book: Words) -> Axes | None:
    """The steps from top to bottom, a lane a person; joints carried by hand are broken lines."""
    journey = journey_of(firm)
    if journey is None:
        return None
    steps = [
        replace(
            step,
            name=str(glossed(step.name, book)),
            actor=glossed(step.actor, book),
            tool=glossed(step.tool, book),
        )
        for step in journey.steps or ()
    ]
    return JourneyMap(steps=steps).plot()


def minutes_picture(firm: ClientFirm, book: Words) -> Axes | None:
    """A bar a step by hand, in the order of the flow: minutes a day, lettered minutes × times."""
    journey = journey_of(firm)
    steps = [step for step in (journey.steps if journey else None) or () if by_hand(step)]
    if not steps:
        return None
    ax = picture.sheet(None, HEAD + ROW * len(steps) + 8, (WIDE, 84, HEAD, 8))
    ax.set_xlim(0, max(step.minutes_per_day or 0.0 for step in steps))
    ax.set_ylim(len(steps) - 0.5, -0.5)
    for place, step in enumerate(steps):
        ax.barh(place, step.minutes_per_day or 0.0, height=BAR, color=BLUE)
        name = f"{step.no}  {glossed(step.name, book)}"
        lines = lettering.fit(name, WIDE - 16, lines=2)
        lettering.put_lines(ax, 0, place, lines, at="right", offset=(-10, 0))
        shown = f"{step.minutes:g} × {step.per_day:g}"
        lettering.note(ax, step.minutes_per_day or 0.0, place, shown, offset=(8, 0))
    _head(ax, book.text(f"{WORDS}.minutes"), WIDE)
    return ax


def load_picture(firm: ClientFirm, book: Words) -> Axes | None:
    """A bar a person: minutes a day by hand if they worked full time; their mean dashed."""
    journey = journey_of(firm)
    minutes = {} if journey is None else journey.minutes_by_actor
    if journey is None or not minutes or not all((journey.staff or {}).get(a) for a in minutes):
        return None
    staff = journey.staff or {}
    loads = {actor: value / staff[actor] for actor, value in minutes.items()}
    ranked = sorted(loads, key=lambda actor: -loads[actor])
    ax = picture.sheet(None, HEAD + ROW * len(ranked) + 8, (LABEL, 70, HEAD, 8))
    ax.set_xlim(0, max(loads.values()))
    ax.set_ylim(len(ranked) - 0.5, -0.5)
    mean = sum(loads.values()) / len(loads)
    for place, actor in enumerate(ranked):
        colour = BLUE if place == 0 else BLUES[3]
        ax.barh(place, loads[actor], height=BAR, color=colour)
        name = lettering.fit(str(glossed(actor, book)), LABEL - 16)
        lettering.put_lines(ax, 0, place, name, at="right", offset=(-10, 0))
        _value(ax, (loads[actor], place), number_text(loads[actor], "minutes", book.lang), colour)
    ax.axvline(mean, color=RUST, linewidth=1.2, linestyle=DASHED)
    text = book.text(f"{WORDS}.mean", mean=number_text(mean, "minutes", book.lang))
    lettering.put(ax, mean, -0.5, text, colour=RUST, at=("center", "bottom"), offset=(0, 4))
    _head(ax, book.text(f"{WORDS}.load"), LABEL)
    return ax


def _value(ax: Axes, end: tuple[float, float], text: str, colour: str) -> None:
    """Within the end of its bar, where no mean is drawn over it; a short bar has it beside."""
    room = picture.points(ax)[0] * end[0] / ax.get_xlim()[1]
    inside = lettering.width(text) + 2 * GAP < room
    at: Literal["right", "left"] = "right" if inside else "left"
    ink, way = (ink_on(colour), -GAP) if inside else (INK, GAP)
    lettering.put(ax, *end, text, colour=ink, at=(at, "center"), offset=(way, 0))


def _head(ax: Axes, text: str, left: float) -> None:
    lettering.note(ax, 0, -0.5, text, at=("left", "bottom"), offset=(-left, 6))
