"""Answers on the flow: minutes by hand, seams, load by person, hours of seams and their worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median
from typing import Final

from toolkit.frameworks.journey_facts import LIMITS
from toolkit.frameworks.journey_step import Seam, Step
from toolkit.frameworks.setting import setting, settings
from toolkit.lessons.answer import Answer
from toolkit.lessons.answers.journey_frames import glossed, journey_of
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.client_text import shown
from toolkit.measures.months import MONTHS_A_YEAR
from toolkit.words import Words

MINUTES: Final = 60
CALENDAR_DAYS: Final = 30  # what some take for the working days of a month


def manual_minutes(firm: ClientFirm, book: Words) -> Answer | None:
    """Fact ``work.manual_minutes_per_day``: Σ minutes × times a day of our steps by hand."""
    journey, right = journey_of(firm), firm.number("work.manual_minutes_per_day")
    if journey is None or right is None:
        return None
    steps = [step for step in journey.steps or () if by_hand(step)]
    once, times = (sum(_all(steps, name)) for name in ("minutes", "per_day"))
    named = sum(step.minutes_per_day or 0.0 for step in steps if step.actors)
    return Answer(
        value=right,
        wrong={
            "once": once,
            "crossed": once * times,
            "hours": right / MINUTES,
            "named_only": named,
            "a_month": right * setting("working_days_per_month"),
        },
        params={
            "steps": str(len(steps)),
            "minutes": f"{right:g}",
            "hours": f"{right / MINUTES:.1f}",
            "worked": " + ".join(f"{step.minutes:g}×{step.per_day:g}" for step in steps),
        },
    )


def seams(firm: ClientFirm, book: Words) -> Answer | None:
    """Fact ``journey.manual_seam_count``: joints a person carries the work over."""
    journey, right = journey_of(firm), firm.number("journey.manual_seam_count")
    if journey is None or right is None:
        return None
    joints = journey.seams
    hand = [joint for joint in joints if joint.after.mode == "manual"]
    return Answer(
        value=right,
        wrong={
            "every_joint": len(joints),
            "every_manual": len(hand),
            "other_person": sum(j.before.actor != j.after.actor for j in hand),
            "one_less_step": len(journey.steps or ()) - 1,
        },
        params={
            "joints": str(len(joints)),
            "manual": str(len(hand)),
            "goes_on": str(len(hand) - int(right)),
            "seams": f"{right:g}",
            "steps": str(len(journey.steps or ())),
            "worked": "\n".join(
                f"- {j.key} {glossed(j.after.name, book)}" for j in joints if j.mode == "manual"
            ),
        },
    )


def load_ratio(firm: ClientFirm, book: Words) -> Answer | None:
    """Fact ``journey.load_max_ratio``: the largest load per full-time person ÷ their mean."""
    journey, right = journey_of(firm), firm.number("journey.load_max_ratio")
    if journey is None or right is None or journey.staff is None:
        return None
    minutes = journey.minutes_by_actor
    loads = {actor: value / journey.staff[actor] for actor, value in minutes.items()}
    top = max(loads, key=lambda actor: loads[actor])
    mean, raw = sum(loads.values()) / len(loads), list(minutes.values())
    people = sum(journey.staff[actor] for actor in minutes)
    return Answer(
        value=right,
        wrong={
            "as_counted": max(raw) / (sum(raw) / len(raw)),
            "share": loads[top] / sum(loads.values()),
            "to_least": loads[top] / min(loads.values()),
            "to_median": loads[top] / median(loads.values()),
            "pooled": loads[top] / (sum(raw) / people),
        },
        params={
            "people": str(len(loads)),
            "top": str(glossed(top, book)),
            "top_load": f"{loads[top]:.1f}",
            "mean": f"{mean:.1f}",
            "ratio": f"{right:.2f}",
            "limit": f"{setting('load_ratio_limit'):g}",
            "worked": "\n".join(
                f"- {glossed(actor, book)}: {minutes[actor]:g} ÷ {journey.staff[actor]:g}"
                f" = {value:.1f}"
                for actor, value in loads.items()
            ),
        },
    )


def seam_hours(firm: ClientFirm, book: Words) -> Answer | None:
    """Fact ``journey.manual_seam_hours``; None where no seam is met often enough."""
    often, right = often_met(firm), firm.number("journey.manual_seam_hours")
    if not often or not right:
        return None
    journey, limits = journey_of(firm), settings(LIMITS)
    assert journey is not None
    days, floor = limits["working_days_per_month"], limits["seam_per_day_floor"]
    daily = right * MINUTES / days
    every = [j.after.minutes_per_day or 0.0 for j in journey.seams if j.mode == "manual"]
    return Answer(
        value=right,
        wrong={
            "every_seam": sum(every) * days / MINUTES,
            "a_day": daily / MINUTES,
            "in_minutes": daily * days,
            "calendar_days": daily * CALENDAR_DAYS / MINUTES,
            "once": sum(j.after.minutes or 0.0 for j in often) * days / MINUTES,
            "longest_alone": max(j.after.minutes_per_day or 0.0 for j in often) * days / MINUTES,
        },
        params={**hours_params(firm, book), "daily": f"{daily:g}", "floor": f"{floor:g}"},
    )


def worth(firm: ClientFirm, book: Words) -> Answer | None:
    """Hours of the seams × wage × what comes on top of it: worth of the capacity, a month."""
    hours, wage = firm.number("journey.manual_seam_hours"), firm.number("q.pla.wage")
    if not hours or wage is None:
        return None
    on_cost = setting("labour_on_cost")
    right = hours * wage * on_cost
    cut = firm.diagnosis.facts.get("q.pla.overtime_cut")
    said = str(cut.value) if cut is not None and cut.known else "unknown"
    return Answer(
        value=right,
        wrong={
            "no_on_cost": hours * wage,
            "a_year": right * MONTHS_A_YEAR,
            "in_minutes": right * MINUTES,
            "on_cost_only": hours * wage * (on_cost - 1),
        },
        params={
            **hours_params(firm, book),
            "wage": shown(wage, "yen", firm, book),
            "wage_plain": f"{wage:g}",
            "on_cost": f"{on_cost:g}",
            "worth": shown(round(right), "yen", firm, book),
            "year": shown(round(right * MONTHS_A_YEAR), "yen", firm, book),
            "when": book.text(f"lessons.journey_map.when.{_when(said)}"),
        },
    )


def by_hand(step: Step) -> bool:
    """Whether the company does this step by hand, with its time known."""
    return step.mode == "manual" and step.side != "customer" and step.minutes_per_day is not None


def often_met(firm: ClientFirm) -> list[Seam]:
    """Seams by hand met so often a day that joining them pays, with their time known."""
    journey, floor = journey_of(firm), setting("seam_per_day_floor")
    return [
        joint
        for joint in (() if journey is None else journey.seams)
        if joint.mode == "manual"
        and (joint.after.per_day or 0) >= floor
        and joint.after.minutes is not None
    ]


def hours_params(firm: ClientFirm, book: Words) -> dict[str, str]:
    """What fills words about the seams met often."""
    often, days = often_met(firm), setting("working_days_per_month")
    hours = firm.number("journey.manual_seam_hours") or 0.0
    return {
        "seam_hours": f"{hours:g}",
        "often": str(len(often)),
        "days": f"{days:g}",
        "floor": f"{setting('seam_per_day_floor'):g}",
        "listed": "\n".join(
            f"- {glossed(j.after.name, book)}: {j.after.minutes:g} × {j.after.per_day:g}"
            f" × {days:g} ÷ {MINUTES} = {(j.after.minutes_per_day or 0) * days / MINUTES:g}"
            for j in often
        ),
    }


def _when(said: str) -> str:
    return said if said in ("yes", "no") else "unknown"


def _all(steps: list[Step], name: str) -> list[float]:
    return [float(getattr(step, name)) for step in steps]


FLOW: Final[Mapping[str, Callable[[ClientFirm, Words], Answer | None]]] = {
    "manual_minutes": manual_minutes,
    "seams": seams,
    "load_ratio": load_ratio,
    "seam_hours": seam_hours,
    "worth": worth,
}
