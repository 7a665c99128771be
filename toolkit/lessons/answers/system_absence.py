"""Answers on the president's week away: tasks that stop, minutes that hang, days of stock left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.frameworks.display import code_label
from toolkit.lessons.answer import Answer, Given
from toolkit.lessons.lesson import Firm
from toolkit.lessons.system_firm import (
    by_president,
    content,
    handwork,
    is_president,
    minutes_a_day,
    module_of,
    stock_left,
    system_of,
)
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.frameworks.journey_step import Step

WORDS: Final = "lessons.business_system"
MINUTES: Final = 60


def tasks(firm: Firm, book: Words) -> pd.DataFrame | None:
    """A row a task: its name, its module, whether it stops in a week without the president."""
    import pandas as pd

    system = system_of(firm)
    if system.stops is None:
        return None
    rows = [
        (code_label("task", task, book), module_of(task), task in system.stops)
        for task in system.tasks
    ]
    return pd.DataFrame(rows, columns=["task", "module", "stops"])


def work(firm: Firm, book: Words) -> pd.DataFrame | None:
    """A row a step done by hand: who does it, minutes a time, times a day."""
    import pandas as pd

    steps = handwork(firm)
    if not steps:
        return None
    rows = [(s.name, s.actor, s.minutes, s.per_day, is_president(s.actor)) for s in steps]
    return pd.DataFrame(rows, columns=["step", "actor", "minutes", "per_day", "president"])


def stock(firm: Firm, book: Words) -> pd.DataFrame | None:
    """A row a product: what is left, and what was shipped in 90 days."""
    return stock_left(firm)


def stops_share(firm: Firm, book: Words) -> Answer | None:
    """Tasks that stop ÷ tasks listed: ``planning.stops_without_proprietor_share``."""
    system = system_of(firm)
    share = system.stops_share
    if system.stops is None or share is None:
        return None
    stopped, listed = len(system.stops), len(system.tasks)
    touched = {module_of(task) for task in system.stops} - {None}
    modules = set(content()["task_module"].values())
    wrong: dict[str, Given] = {
        "runs": 1 - share,
        "heads": float(stopped),
        "modules": len(touched) / len(modules),
        "one_each": 1 / listed,
    }
    if stopped < listed:
        wrong["odds"] = stopped / (listed - stopped)
    return Answer(value=share, wrong=wrong, params=absence_params(firm, book))


def president_share(firm: Firm, book: Words) -> Answer | None:
    """Minutes a day of the president ÷ of all: ``work.manual_minutes_by_actor`` ÷ ``…_per_day``."""
    steps = handwork(firm)
    mine = [step for step in steps if is_president(step.actor)]
    whole = sum(minutes_a_day(step) for step in steps)
    if not mine or not whole:
        return None
    own = sum(minutes_a_day(step) for step in mine)
    named = sum(minutes_a_day(step) for step in steps if step.actor)
    return Answer(
        value=own / whole,
        wrong={
            "no_times": _sum(mine, "minutes") / _sum(steps, "minutes"),
            "only_times": _sum(mine, "per_day") / _sum(steps, "per_day"),
            "steps": len(mine) / len(steps),
            "named_only": own / named,
            "heads": 1 / len({step.actor for step in steps if step.actor}),
            "others": 1 - own / whole,
            "hours": own / MINUTES,
        },
        params=absence_params(firm, book),
    )


def days_left(firm: Firm, book: Words) -> Answer | None:
    """Days until the first product runs out: what is left ÷ what is shipped a day, the least."""
    frame = stock_left(firm)
    if frame is None:
        return None
    window = content()["stock"]["window_days"]
    days = frame["left"] / (frame["sold_90d"] / window)
    seller = frame["sold_90d"].idxmax()
    return Answer(
        value=float(days.min()),
        wrong={
            "all_together": float(frame["left"].sum() / (frame["sold_90d"].sum() / window)),
            "average": float(days.mean()),
            "longest": float(days.max()),
            "best_seller": float(days[seller]),
            "fewest_left": float(days[frame["left"].idxmin()]),
            "no_window": float((frame["left"] / frame["sold_90d"]).min()),
            "month": float((frame["left"] / (frame["sold_90d"] / 30)).min()),
        },
        params=absence_params(firm, book),
    )


def absence_figures(firm: Firm) -> tuple[float, ...]:
    """The president's share of the day and the days of stock, as far as they are known."""
    steps, frame = handwork(firm), stock_left(firm)
    whole = sum(minutes_a_day(step) for step in steps)
    share = (sum(minutes_a_day(step) for step in by_president(steps)) / whole,) if whole else ()
    if frame is None:
        return share
    days = frame["left"] / (frame["sold_90d"] / content()["stock"]["window_days"])
    return (*share, round(float(days.min()), 1))


def _sum(steps: list[Step] | tuple[Step, ...], name: str) -> float:
    return float(sum(getattr(step, name) or 0 for step in steps))


def absence_params(firm: Firm, book: Words) -> dict[str, str]:
    """What fills words about the president's absence."""
    system, steps = system_of(firm), handwork(firm)
    comma = book.text(f"{WORDS}.comma")
    stops = [code_label("task", task, book) for task in system.stops or ()]
    mine = by_president(steps)
    whole = sum(minutes_a_day(step) for step in steps)
    own = sum(minutes_a_day(step) for step in mine)
    return {
        "stops": str(len(stops)),
        "listed": str(len(system.tasks)),
        "stopped_tasks": comma.join(stops) or "—",
        "stops_share": f"{system.stops_share or 0:.3f}",
        "stops_percent": number_text(system.stops_share, "share", book.lang),
        "own": f"{own:g}",
        "whole": f"{whole:g}",
        "own_hours": f"{own / MINUTES:.1f}",
        "worked": " + ".join(f"{s.minutes:g}×{s.per_day:g}" for s in mine) or "—",
        "own_share": f"{own / whole if whole else 0:.3f}",
        "own_percent": number_text(own / whole if whole else None, "share", book.lang),
        "top": str(mine[0].name) if mine else (stops[0] if stops else "—"),
        "top_times": f"{mine[0].per_day:g}" if mine else "—",
        **_stock_params(firm),
    }


def _stock_params(firm: Firm) -> dict[str, str]:
    frame = stock_left(firm)
    if frame is None:
        return {"product": "—", "left": "—", "sold": "—", "a_day": "—", "days": "—"}
    window = content()["stock"]["window_days"]
    days = frame["left"] / (frame["sold_90d"] / window)
    first = frame.loc[days.idxmin()]
    return {
        "product": str(first["product"]),
        "left": f"{first['left']:g}",
        "sold": f"{first['sold_90d']:g}",
        "a_day": f"{first['sold_90d'] / window:.2f}",
        "days": f"{days.min():.1f}",
    }
