"""Minutes of a working day by person, the president's set apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.charts import lettering, picture
from toolkit.charts.palette import BLUES, INK, PAPER, RUST, SOFT
from toolkit.lessons.lesson import Firm
from toolkit.lessons.system_firm import handwork, is_president, minutes_a_day
from toolkit.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from toolkit.frameworks.journey_step import Step

WORDS: Final = "lessons.business_system.picture"
LABEL, ROW, BAR, FOOT = 92.0, 46.0, 30.0, 26.0
PART_ROOM, PART_SIZE = 12.0, 10.0  # points a label of a part keeps free, and its size


def work_picture(firm: Firm, book: Words) -> Axes | None:
    """A bar a person, a part a step, as long as its minutes a day."""
    steps = handwork(firm)
    if not steps:
        return None
    people = _people(steps, book)
    most = max(sum(minutes_a_day(step) for step in part) for part in people.values())
    ax = picture.sheet(None, ROW * len(people) + FOOT, (LABEL, 84, 4, FOOT))
    ax.set_xlim(0, most or 1)
    ax.set_ylim(len(people) - 0.5, -0.5)
    for place, (name, part) in enumerate(people.items()):
        _bar(ax, place, name, part, book)
    text = book.text(f"{WORDS}.work_foot")
    lettering.note(ax, 0, len(people) - 0.5, text, offset=(0, -FOOT / 2))
    return ax


def _people(steps: tuple[Step, ...], book: Words) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = {}
    for step in steps:
        found.setdefault(step.actor or book.text(f"{WORDS}.nobody"), []).append(step)
    order = sorted(found, key=lambda name: -sum(minutes_a_day(step) for step in found[name]))
    return {name: found[name] for name in order}


def _bar(ax: Axes, place: int, name: str, steps: list[Step], book: Words) -> None:
    mine, left = is_president(steps[0].actor), 0.0
    across = picture.points(ax)[0] / (ax.get_xlim()[1] or 1)
    ink = PAPER if mine else INK
    for step in sorted(steps, key=minutes_a_day, reverse=True):
        wide = minutes_a_day(step)
        ax.barh(
            place,
            wide,
            left=left,
            height=BAR / ROW,
            color=RUST if mine else BLUES[2],
            edgecolor=PAPER,
            linewidth=1.5,
        )
        room = wide * across - PART_ROOM
        text = lettering.fit(step.name, max(room, 0), size=PART_SIZE, lines=2)
        if not any(line.endswith("…") for line in text):  # a name cut short tells nothing
            lettering.put_lines(
                ax, left + wide / 2, place, text, size=PART_SIZE, colour=ink, at="center"
            )
        left += wide
    label = lettering.fit(name, LABEL - 12, bold=True)
    colour = RUST if mine else INK
    lettering.put_lines(ax, 0, place, label, bold=True, colour=colour, at="right", offset=(-10, 0))
    total = book.text(f"{WORDS}.minutes", minutes=f"{left:g}")
    lettering.put(ax, left, place, total, size=lettering.SMALL, colour=SOFT, offset=(8, 0))
