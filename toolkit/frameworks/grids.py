"""Pictures of the first modules as grids: the canvas, values by targets, stages by KPI."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.frameworks.display import code_label
from toolkit.frameworks.framework import UNKNOWN
from toolkit.frameworks.grid import grid
from toolkit.method import load_method
from toolkit.words import number_text, words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.frameworks.mail_order import MailOrderDesign, Stage
    from toolkit.frameworks.planning import Planning
    from toolkit.frameworks.value import Value

CELLS = ("measure", "kpi")
COVER_TONES = {"yes": "good", "partly": "middle", "no": "bad"}


def canvas(value: Value, ax: Axes | None = None) -> Axes:
    """Needs by importance and cover, the heaviest uncovered one first."""
    book = words(load_method())
    needs = value.by_gap
    cells = []
    for place, need in enumerate(needs):
        importance = "—" if need.importance is None else f"{need.importance:g}"
        cover = need.covered or UNKNOWN
        cells += [
            (f"need_{place}", "importance", importance, ""),
            (f"need_{place}", "covered", cover, COVER_TONES.get(cover, "")),
        ]
    labels = {f"item.need_{place}": need.name for place, need in enumerate(needs)}
    labels |= {
        f"item.{column}": code_label("picture_value", column, book)
        for column in ("importance", "covered")
    }
    labels |= {f"mark.{code}": code_label("covered", code, book) for code in COVER_TONES}
    labels[f"mark.{UNKNOWN}"] = code_label("edge_state", UNKNOWN, book)
    return grid(_cells(cells), labels=labels, ax=ax, lang=book.lang)


def fits(planning: Planning, ax: Axes | None = None) -> Axes:
    """Values in rows, targets in columns, the fit of each pair; the best row is brought forward."""
    book = words(load_method())
    ranked = planning.ranked
    best = ranked[0] if ranked else None
    values = list(dict.fromkeys(cell.value for cell in planning.fit or ()))
    targets = list(dict.fromkeys(cell.target for cell in planning.fit or ()))
    rows = [
        (
            f"value_{values.index(cell.value)}",
            f"target_{targets.index(cell.target)}",
            number_text(cell.score, "index", book.lang),
            "good" if cell is best else "",
        )
        for cell in planning.fit or ()
    ]
    labels = {f"item.value_{place}": name for place, name in enumerate(values)}
    labels |= {f"item.target_{place}": name for place, name in enumerate(targets)}
    forward = {f"value_{values.index(best.value)}": 1.0} if best else {}
    return grid(_cells(rows), labels=labels, ax=ax, marks=forward, lang=book.lang)


def stages(design: MailOrderDesign, ax: Axes | None = None) -> Axes:
    """Stages by measure and KPI; where only the answer is known, both cells carry it."""
    book = words(load_method())
    rows = [
        (one.code, column, mark, COVER_TONES.get(mark, ""))
        for one in design.drawn
        for column, mark in _marks(one, (design.stages or {}).get(one.code))
    ]
    labels = {f"item.{row[0]}": code_label("stage_cell", row[0], book) for row in rows}
    labels |= {f"item.{name}": code_label("grid_cell", name, book) for name in CELLS}
    labels |= {f"mark.{code}": code_label("grid_mark", code, book) for code in (*COVER_TONES,)}
    labels[f"mark.{UNKNOWN}"] = code_label("edge_state", UNKNOWN, book)
    return grid(_cells(rows), labels=labels, ax=ax, lang=book.lang)


def _marks(stage: Stage, state: str | None) -> list[tuple[str, str]]:
    """Each cell as yes or no; ``partly`` in both where it is not known which of them is there."""
    if stage.measure is None and stage.kpi is None:
        return [(column, state or UNKNOWN) for column in CELLS]
    given = {"measure": stage.measure, "kpi": stage.kpi}
    return [(column, "no" if text is None else "yes") for column, text in given.items()]


def _cells(rows: list[tuple[str, str, str, str]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=["row", "column", "mark", "tone"])
