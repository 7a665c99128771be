"""Answers on leaning on one supplier, and on how long a launch takes."""

from __future__ import annotations

from typing import Final

from toolkit.lessons.answer import Answer, Given
from toolkit.lessons.answers.parts import grouped
from toolkit.lessons.sourcing_firm import SourcingFirm, Step, step_name
from toolkit.words import Words, number_text

PAIRED: Final = 2
WORDS: Final = "lessons.make_or_buy"


def top_supplier(firm: SourcingFirm, book: Words) -> Answer | None:
    """The largest supplier's yen ÷ all yen bought in a year."""
    lines = [(str(row.get("supplier")), float(row["yen"])) for row in firm.purchases]
    totals: dict[str, float] = {}
    for supplier, spent in lines:
        totals[supplier] = totals.get(supplier, 0.0) + spent
    if len(totals) < PAIRED:
        return None
    ranked = sorted(totals, key=lambda name: -totals[name])
    whole, most = sum(totals.values()), totals[ranked[0]]
    return Answer(
        value=most / whole,
        wrong={
            "one_line": max(spent for _, spent in lines) / whole,
            "of_lines": sum(name == ranked[0] for name, _ in lines) / len(lines),
            "of_suppliers": 1 / len(totals),
            "top_two": (most + totals[ranked[1]]) / whole,
            "to_others": most / (whole - most),
        },
        params={
            "name": ranked[0],
            "most": grouped(most),
            "whole": grouped(whole),
            "share": f"{most / whole:.3f}",
            "percent": number_text(most / whole, "share", book.lang),
            "suppliers": str(len(totals)),
        },
    )


def launch_days(firm: SourcingFirm, book: Words) -> Answer | None:
    """Days along the longest way through the steps."""
    right = firm.launch_days
    if right is None or len(firm.steps) < PAIRED:
        return None
    ends = firm.ends()
    way = _longest(firm, ends)
    longest = max(firm.steps, key=lambda step: step.days)
    wrong: dict[str, Given] = {
        "all_added": sum(step.days for step in firm.steps),
        "longest_step": longest.days,
        "last_forgotten": right - way[-1].days,
        "until_longest": ends[longest.name],
    }
    if firm.planned_days is not None:
        wrong["the_plan"] = firm.planned_days
    return Answer(
        value=right,
        wrong=wrong,
        params={
            "worked": " + ".join(f"{step_name(step.name, book)} {step.days:g}" for step in way),
            "days": f"{right:g}",
            "late": _against_plan(firm.planned_days, right, book),
            "longest": step_name(max(way, key=lambda step: step.days).name, book),
        },
    )


def _against_plan(planned: float | None, needed: float, book: Words) -> str:
    """How many days the plan falls short, or leaves over; nothing without a plan."""
    if planned is None:
        return ""
    state = "late" if needed > planned else "early"
    params = {"planned": f"{planned:g}", "late": f"{abs(needed - planned):g}"}
    return book.text(f"{WORDS}.launch_days.{state}", **params)


def _longest(firm: SourcingFirm, ends: dict[str, float]) -> list[Step]:
    """The steps that decide the day, from the first to the last."""
    by_name = {step.name: step for step in firm.steps}
    step = max(firm.steps, key=lambda one: ends[one.name])
    way = [step]
    while before := [name for name in step.after if name in by_name]:
        step = by_name[max(before, key=lambda name: ends[name])]
        way.insert(0, step)
    return way
