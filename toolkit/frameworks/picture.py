"""The pictures of the objects: frames and labels in ``tk.language`` for the charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from toolkit.frameworks.display import code_label
from toolkit.frameworks.edge import Edge
from toolkit.frameworks.framework import UNKNOWN
from toolkit.frameworks.fulfillment import MEANS, PATTERNS, suitability
from toolkit.frameworks.tob_facts import LIFECYCLE
from toolkit.method import load_method
from toolkit.words import Words, number_text, words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.frameworks.fulfillment import Fulfillment
    from toolkit.frameworks.journey import JourneyMap
    from toolkit.frameworks.payment import PaymentSystem
    from toolkit.frameworks.planning import Planning
    from toolkit.frameworks.sales import Sales
    from toolkit.frameworks.system import BusinessSystem
    from toolkit.frameworks.tob import ToBLifecycle

ORDER = ("planning", "procurement", "sales", "fulfillment", "aftercare")
CONDITIONS = ("reach", "affordable")
TONES = {"yes": "good", "no": "bad", "high": "good", "low": "bad", "partly": "middle"}


def swimlane(journey: JourneyMap, ax: Axes | None = None) -> Axes:
    """Steps in the lanes of their actors; what has no actor stands in the lane of its side."""
    from toolkit.charts.swimlane import swimlane as draw

    book = words(load_method())
    frame = journey.to_frame()
    lanes = [
        step.actor or _lane(step.side, book)
        for step in sorted(journey.steps or (), key=lambda step: step.no or 0)
    ]
    frame = frame.sort_values("step_no", ignore_index=True).assign(actor=lanes)
    manual = frame["seam"].eq("manual").tolist()
    labels = {
        "axis.minutes": _word(book, "minutes"),
        "mark.seam": _word(book, "manual_seam"),
        "item.machine": code_label("link", "auto", book),
        "item.hand": code_label("link", "manual", book),
    }
    return draw(frame.assign(seam=manual), labels=labels, ax=ax, lang=book.lang)


def _lane(side: str | None, book: Words) -> str:
    """Lane of a step without actor: the customer's, else that of steps nobody is named for."""
    if side == "customer":
        return code_label("side", side, book)
    return _word(book, "unassigned") if side else ""


def channels(sales: Sales, ax: Axes | None = None) -> Axes:
    """Each channel by the two conditions; those not in use are left out."""
    import pandas as pd

    from toolkit.frameworks.grid import grid

    book = words(load_method())
    cells = [
        (channel.code, condition, _said(getattr(channel, condition)))
        for channel in sales.channels or ()
        if channel.used is not False
        for condition in CONDITIONS
    ]
    labels = _items(book, "channel", [cell[0] for cell in cells])
    labels |= _items(book, "picture", CONDITIONS) | _marks(book, "picture", ("yes", "no", UNKNOWN))
    frame = pd.DataFrame(
        [(*cell, TONES.get(cell[2], "")) for cell in cells],
        columns=["row", "column", "mark", "tone"],
    )
    return grid(frame, labels=labels, ax=ax, lang=book.lang)


def funnel(counts: Mapping[str, float], ax: Axes | None = None) -> Axes:
    """Counts of the funnel from step to step."""
    import pandas as pd

    from toolkit.charts.funnel import funnel as draw

    book = words(load_method())
    frame = pd.DataFrame({"step": list(counts), "count": list(counts.values())})
    return draw(frame, labels=_items(book, "funnel", list(counts)), ax=ax, lang=book.lang)


def means_grid(fulfillment: Fulfillment, ax: Axes | None = None) -> Axes:
    """Patterns by means with their suitability; the client's pattern is brought forward."""
    import pandas as pd

    from toolkit.frameworks.grid import grid

    book = words(load_method())
    cells = [(p, m, suitability(p, m)) for p in PATTERNS for m in MEANS]
    frame = pd.DataFrame(
        [(*cell, TONES[cell[2]]) for cell in cells], columns=["row", "column", "mark", "tone"]
    )
    labels = _items(book, "pattern", PATTERNS) | _items(book, "means", MEANS)
    labels |= _marks(book, "suitability", ("high", "partly", "low"))
    own = {fulfillment.pattern: 1.0} if fulfillment.pattern in PATTERNS else {}
    return grid(frame, labels=labels, ax=ax, marks=own, lang=book.lang)


def modules(system: BusinessSystem, ax: Axes | None = None) -> Axes:
    """Modules and the feedback between them: live, stopped or not known."""
    from toolkit.charts.modules import modules as draw

    book = words(load_method())
    frame = module_frame(system)
    return draw(frame, labels=module_labels(frame, book), ax=ax, lang=book.lang)


def module_frame(system: BusinessSystem) -> pd.DataFrame:
    """Feedback between modules as rows from, to, status (live, stopped, unknown)."""
    import pandas as pd

    states = {"yes": "live", "no": "stopped"}
    records = system.records or {}
    shown = [edge for edge in system.edges if _shown(edge, records)]
    return pd.DataFrame(
        [
            (edge.source, edge.target, states.get(records.get(edge.code, ""), UNKNOWN))
            for edge in _in_order(shown)
        ],
        columns=["from", "to", "status"],
    )


def module_labels(frame: pd.DataFrame, book: Words) -> dict[str, str]:
    """Names of the modules and states of a ``module_frame``."""
    labels = _items(book, "module_short", [*frame["from"], *frame["to"]])
    return labels | _items(book, "edge_state", ("live", "stopped", UNKNOWN))


def cost_waterfall(payment: PaymentSystem, ax: Axes | None = None) -> Axes:
    """Shares of cost taken from sales; the system stands against the guide."""
    from toolkit.charts.waterfall import waterfall

    book = words(load_method())
    frame = payment.to_frame().dropna(subset=["share"])
    frame = frame[frame["item"] != "profit"]
    labels = _items(book, "cost_item", [*frame["item"], "sales", "rest"])
    guide = {"system": payment.guide_share} if payment.guide_share is not None else {}
    share = number_text(payment.guide_share, "share", book.lang)
    labels["mark.system"] = book.text("frameworks.codes.picture.guide", share=share)
    return waterfall(frame, labels=labels, ax=ax, marks=guide, lang=book.lang)


def plan_waterfall(planning: Planning, ax: Axes | None = None) -> Axes:
    """Planned shares of cost taken from sales, down to the profit the plan leaves."""
    import pandas as pd

    from toolkit.charts.waterfall import waterfall

    book = words(load_method())
    plan = {item: share for item, share in (planning.cost_plan or {}).items() if item != "profit"}
    frame = pd.DataFrame({"item": list(plan), "share": list(plan.values())})
    labels = _items(book, "cost_item", [*plan, "sales", "rest"])
    return waterfall(frame, labels=labels, ax=ax, lang=book.lang)


def survival(curve: Sequence[Sequence[float]] | None, ax: Axes | None = None) -> Axes:
    """Share of contracts still running by month."""
    import pandas as pd

    from toolkit.charts.survival import survival as draw

    book = words(load_method())
    frame = pd.DataFrame(
        [list(row) for row in curve or ()], columns=["month", "survival", "at_risk"]
    )
    labels = {
        "axis.x": _word(book, "month"),
        "axis.y": _word(book, "survival"),
        "at_risk": _word(book, "at_risk"),
    }
    return draw(frame, labels=labels, ax=ax, lang=book.lang)


def lifecycle(tob: ToBLifecycle, ax: Axes | None = None) -> Axes:
    """The stages from reach to renewal with their assignees."""
    import pandas as pd

    from toolkit.frameworks.grid import grid

    book = words(load_method())
    said = {stage: (tob.assignees or {}).get(stage) or UNKNOWN for stage in LIFECYCLE}
    frame = pd.DataFrame(
        [(stage, "assignee", mark, TONES.get(mark, "")) for stage, mark in said.items()],
        columns=["row", "column", "mark", "tone"],
    )
    labels = _items(book, "lifecycle", LIFECYCLE) | _items(book, "picture", ("assignee",))
    labels |= _marks(book, "have", ("yes", "partly", "no"))
    labels |= _marks(book, "edge_state", (UNKNOWN,))
    return grid(frame, labels=labels, ax=ax, lang=book.lang)


def _shown(edge: Edge, records: Mapping[str, str]) -> bool:
    """What planning hands down, what the article names, and what was answered."""
    return edge.source == ORDER[0] or edge.status != "house" or edge.code in records


def _in_order(edges: Sequence[Edge]) -> list[Edge]:
    """Edges by the place of their modules, so that the boxes stand in the order of the method."""
    place = {name: index for index, name in enumerate((*ORDER, "operations", "product"))}
    return sorted(edges, key=lambda e: (place[e.source], place[e.target]))


def _said(value: bool | None) -> str:
    return UNKNOWN if value is None else ("yes" if value else "no")


def _word(book: Words, name: str) -> str:
    return book.text(f"frameworks.codes.picture.{name}")


def _items(book: Words, codes: str, names: Sequence[str]) -> dict[str, str]:
    return {f"item.{name}": code_label(codes, name, book) for name in names}


def _marks(book: Words, codes: str, names: Sequence[str]) -> dict[str, str]:
    return {f"mark.{name}": code_label(codes, name, book) for name in names}
