"""The five modules in a ring, what they hand to each other, and the president in the middle."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from toolkit.charts import lettering, picture
from toolkit.charts.palette import BLUE, BLUES, INK, LINE, MIST, PAPER, RUST, SOFT, TEAL
from toolkit.frameworks.display import code_label
from toolkit.frameworks.system import MODULES, BusinessSystem
from toolkit.lessons.lesson import Firm
from toolkit.lessons.system_firm import module_of, system_of
from toolkit.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import FancyBboxPatch

WORDS: Final = "lessons.business_system.picture"
HEIGHT: Final = 496.0
KEY: Final = 42.0  # points kept for the key
CENTRE: Final = (picture.WIDTH / 2, 238.0)
RADII: Final = (236.0, 176.0)  # of the ring, across and down
BOX: Final = (184.0, 78.0)
CIRCLE: Final = 50.0
BEND: Final = 0.17
BENDS: Final = {"aftercare_procurement": -0.27, "sales_fulfillment": 0.03}
"""Edges that would run behind the president or onto another's arrowhead."""
NAME_SIZE: Final = 15.0
PRESIDENT_SIZES: Final = (17.0, 15.0, 13.0)
TASK_SIZES: Final = (lettering.SMALL, 10.0, 9.0)
EDGES: Final = {
    "yes": (BLUE, "-", 2.4),
    "no": (RUST, (0, (4, 2.5)), 2.2),
    "unknown": (LINE, (0, (1, 2)), 1.2),
}
ORDER: Final = ("unknown", "no", "yes")


def system_picture(firm: Firm, book: Words) -> Axes | None:
    """Modules, what is handed over (on record, not, unknown), and the tasks that stop."""
    system = system_of(firm)
    if system.records is None and system.stops is None:
        return None
    ax = picture.sheet(None, HEIGHT)
    ax.set_xlim(0, picture.WIDTH)
    ax.set_ylim(HEIGHT, 0)
    _ring(ax)
    stopping = _stopping(system)
    boxes = {name: _box(ax, name, system, stopping.get(name, []), book) for name in MODULES}
    for name in stopping:
        _spoke(ax, name)
    for state in ORDER:
        _edges(ax, system, state, boxes)
    _president(ax, len(system.stops or ()), book)
    _key(ax, {_record(system, edge.code) for edge in system.edges}, book)
    return ax


def _place(name: str) -> tuple[float, float]:
    """Where a module stands: the first on top, the others clockwise."""
    turn = 2 * math.pi * MODULES.index(name) / len(MODULES)
    return CENTRE[0] + RADII[0] * math.sin(turn), CENTRE[1] - RADII[1] * math.cos(turn)


def _record(system: BusinessSystem, code: str) -> str:
    return (system.records or {}).get(code, "unknown")


def _stopping(system: BusinessSystem) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for task in system.stops or ():
        module = module_of(task)
        if module is not None:
            found.setdefault(module, []).append(task)
    return found


def _ring(ax: Axes) -> None:
    from matplotlib.patches import Ellipse

    size = (2 * RADII[0], 2 * RADII[1])
    ax.add_patch(Ellipse(CENTRE, *size, facecolor=MIST, edgecolor="none", zorder=0))


def _box(
    ax: Axes, name: str, system: BusinessSystem, stops: list[str], book: Words
) -> FancyBboxPatch:
    from matplotlib.patches import FancyBboxPatch

    x, y = _place(name)
    wide, high = BOX
    shape = "round,pad=0,rounding_size=12"
    box = FancyBboxPatch(
        (x - wide / 2, y - high / 2),
        wide,
        high,
        boxstyle=shape,
        facecolor=PAPER,
        edgecolor=RUST if stops else BLUE,
        linewidth=2.0,
        zorder=4,
    )
    ax.add_patch(box)
    label = code_label("module_short", name, book)
    lettering.put(
        ax, x, y - 20, label, size=NAME_SIZE, bold=True, at=("center", "center")
    ).set_zorder(5)
    _lines(ax, (x, y), system, name, stops, book)
    return box


def _lines(  # noqa: PLR0913 — a box has a place, a module and what stops in it
    ax: Axes,
    at: tuple[float, float],
    system: BusinessSystem,
    name: str,
    stops: list[str],
    book: Words,
) -> None:
    """What stops in the module, and what its sheet still lacks."""
    said = (system.modules or {}).get(name)
    comma = book.text("lessons.business_system.comma")
    tasks = comma.join(code_label("task", task, book) for task in stops)
    first = book.text(f"{WORDS}.stops", tasks=tasks) if stops else book.text(f"{WORDS}.runs")
    if system.stops is None:
        first = book.text(f"{WORDS}.not_asked")
    gap = code_label("sheet", said, book) if said not in (None, "yes", "unknown") else ""
    for step, (text, colour) in enumerate(((first, RUST if stops else TEAL), (gap, SOFT))):
        size = lettering.largest(text, BOX[0] - 12, TASK_SIZES)
        line = lettering.fit(text, BOX[0] - 12, size=size)[0] if text else ""
        place = (at[0], at[1] + 3 + 18 * step)
        lettering.put(
            ax,
            *place,
            line,
            size=size,
            colour=colour,
            at=("center", "center"),
        ).set_zorder(5)


def _spoke(ax: Axes, name: str) -> None:
    x, y = _place(name)
    ax.plot([CENTRE[0], x], [CENTRE[1], y], color=RUST, linewidth=5, alpha=0.28, zorder=1)


def _edges(ax: Axes, system: BusinessSystem, state: str, boxes: dict[str, FancyBboxPatch]) -> None:
    from matplotlib.patches import FancyArrowPatch

    colour, style, width = EDGES[state]
    for edge in system.edges:
        if _record(system, edge.code) != state or not {edge.source, edge.target} <= set(boxes):
            continue
        arrow = FancyArrowPatch(
            _place(edge.source),
            _place(edge.target),
            connectionstyle=f"arc3,rad={BENDS.get(edge.code, BEND)}",
            arrowstyle="-|>",
            mutation_scale=9 if state == "unknown" else 17,
            patchA=boxes[edge.source],
            patchB=boxes[edge.target],
            shrinkA=2,
            shrinkB=3,
            color=colour,
            linewidth=width,
            linestyle=style,
            zorder=2 if state == "unknown" else 3,
        )
        ax.add_patch(arrow)


def _president(ax: Axes, stops: int, book: Words) -> None:
    from matplotlib.patches import Circle

    x, y = CENTRE
    ax.add_patch(Circle(CENTRE, CIRCLE + 5, facecolor=PAPER, edgecolor="none", zorder=5))
    ax.add_patch(Circle(CENTRE, CIRCLE, facecolor=RUST if stops else TEAL, linewidth=0, zorder=6))
    name = book.text(f"{WORDS}.president")
    large = lettering.largest(name, 2 * CIRCLE - 24, PRESIDENT_SIZES, bold=True)
    for text, size, bold, down in (
        (name, large, True, -9),
        (book.text(f"{WORDS}.count", stops=str(stops)), lettering.SMALL, False, 14),
    ):
        lettering.put(
            ax, x, y + down, text, size=size, bold=bold, colour=PAPER, at=("center", "center")
        ).set_zorder(7)


def _key(ax: Axes, states: set[str], book: Words) -> None:
    """What the lines mean, and what is left out."""
    x, y = 4.0, HEIGHT - KEY / 2 + 4
    for state in reversed(ORDER):
        if state not in states:
            continue
        colour, style, width = EDGES[state]
        ax.plot([x, x + 34], [y, y], color=colour, linestyle=style, linewidth=width)
        text = book.text(f"{WORDS}.edge.{state}")
        lettering.put(ax, x + 42, y, text, size=lettering.SMALL, colour=INK)
        x += 42 + lettering.width(text, lettering.SMALL) + 22
    ax.plot([x, x + 30], [y, y], color=RUST, linewidth=5, alpha=0.28)
    text = book.text(f"{WORDS}.spoke")
    lettering.put(ax, x + 38, y, text, size=lettering.SMALL, colour=INK)
    ax.plot([0, picture.WIDTH], [y - 18, y - 18], color=BLUES[1], linewidth=0.8)
