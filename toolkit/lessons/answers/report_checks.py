"""Answers on the report as a whole: how much was judged, how far a figure swings, who may alarm."""

from __future__ import annotations

import math
import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from toolkit import resources
from toolkit.facts import Fact
from toolkit.lessons.answer import Answer, Table
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.client_text import fact_text, lead, name, origin, period_text, title
from toolkit.rules.finding import WEIGHTS, Finding
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    import pandas as pd

WORDS: Final = "lessons.read_a_report"
Z95, Z90 = 1.96, 1.645  # of the normal distribution
LETTERS: Final = ("a", "b", "c", "d")
REDS: Final = 3  # urgent findings beside the one that is not
WRONG: Final = ("first", "second", "third")


def checks(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """A row a rule: its weight in the coverage, how it was judged, what it rests on."""
    import pandas as pd

    found, rules = firm.diagnosis.judged, firm.diagnosis.content.section("rules")
    rows = [
        (
            one.id,
            title(one, book),
            WEIGHTS[str(rules[one.id]["severity"])],
            one.status,
            one.severity,
            one.evidence.threshold.origin if one.evidence.threshold else None,
        )
        for one in found
    ]
    columns = ["code", "title", "weight", "status", "severity", "origin"]
    return pd.DataFrame(rows, columns=columns)


def judged_share(firm: ClientFirm, book: Words) -> Answer | None:
    """Weight judged ÷ weight of what concerns the client: ``Diagnosis.coverage``."""
    frame = checks(firm, book)
    if frame is None:
        return None
    weight, count = (frame.groupby("status")[c].agg(f) for c, f in _WAYS)
    of = {status: float(weight.get(status, 0)) for status in _STATUSES}
    known, concerns = of["pass"] + of["fail"], of["pass"] + of["fail"] + of["unknown"]
    if not concerns:
        return None
    number = {status: int(count.get(status, 0)) for status in _STATUSES}
    asked = sum(number.values()) - number["not_applicable"]
    return Answer(
        value=firm.diagnosis.coverage,
        wrong={
            "all_rules": known / (concerns + of["not_applicable"]),
            "passed": of["pass"] / concerns,
            "failed": of["fail"] / concerns,
            "held": of["unknown"] / concerns,
            "not_held": 1 - of["unknown"] / (concerns + of["not_applicable"]),
            "unweighted": (number["pass"] + number["fail"]) / asked,
            "sum_only": known,
        },
        params={
            **{status: str(found) for status, found in number.items()},
            "known": f"{known:g}",
            "concerns": f"{concerns:g}",
            "held_weight": f"{of['unknown']:g}",
            "share": f"{firm.diagnosis.coverage:.3f}",
            "percent": number_text(firm.diagnosis.coverage, "share", book.lang),
        },
    )


_WAYS = (("weight", "sum"), ("weight", "size"))
_STATUSES = ("pass", "fail", "unknown", "not_applicable")


def swing(firm: ClientFirm, book: Words) -> Answer | None:
    """Half the 95 % band of a share of n by the textbook: 1.96 √(p(1−p)/n)."""
    fact = sampled(firm)
    if fact is None or fact.number is None or not fact.n:
        return None
    p, n = fact.number, fact.n
    step = math.sqrt(p * (1 - p) / n)
    return Answer(
        value=Z95 * step,
        wrong={
            "no_root": Z95 * p * (1 - p) / n,
            "no_n": Z95 * math.sqrt(p * (1 - p)),
            "no_factor": step,
            "ninety": Z90 * step,
            "whole_band": 2 * Z95 * step,
            "only_p": Z95 * math.sqrt(p / n),
            "one_over_n": 1 / math.sqrt(n),
        },
        params=_swing_params(fact, Z95 * step, firm, book),
        table=Table(
            columns=("figure", "p", "n", "period"),
            rows=((name(fact, book), f"{p:.3f}", f"{n:,}", period_text(fact, book)),),
        ),
    )


def _swing_params(fact: Fact, half: float, firm: ClientFirm, book: Words) -> dict[str, str]:
    p, n = fact.number or 0.0, fact.n or 1
    tenth = max(n // 10, 1)
    share = {
        "percent": p,
        "low": fact.low95 if fact.low95 is not None else p - half,
        "high": fact.high95 if fact.high95 is not None else p + half,
    }
    swings = {"half_points": half, "tenth_points": Z95 * math.sqrt(p * (1 - p) / tenth)}
    return {
        "figure": name(fact, book),
        "p": f"{p:.3f}",
        "rest": f"{1 - p:.3f}",
        "n": f"{n:,}",
        "n_plain": str(n),
        "tenth": f"{tenth:,}",
        "half": f"{half:.3f}",
        **{key: number_text(value, "share", book.lang) for key, value in share.items()},
        **{
            key: number_text(value, "points", book.lang).lstrip("+")
            for key, value in swings.items()
        },
    }


def sampled(firm: ClientFirm) -> Fact | None:
    """The share to swing: the first of the lesson's list that is known and lies between 0 and 1."""
    facts = firm.diagnosis.facts
    for fact in (facts.get(key) for key in _record()["sampled"]["facts"]):
        if fact is not None and fact.number is not None and 0 < fact.number < 1 and fact.n:
            return fact
    return None


@cache
def _record() -> dict[str, Any]:
    return tomllib.loads(resources.content("lessons", "read_a_report.toml").read_text("utf-8"))


def not_urgent(firm: ClientFirm, book: Words) -> Answer | None:
    """The finding among urgent ones that may not be told as urgent."""
    reds, calm = _urgent(firm), _calm(firm)
    if len(reds) < REDS or calm is None:
        return None
    place = len(calm.id + calm.module) % len(LETTERS)  # not always the same letter
    order = [*reds[:place], calm, *reds[place:]]
    said = {letter: _line(one, firm, book) for letter, one in zip(LETTERS, order, strict=True)}
    why = {code: _why(one, book) for code, one in zip(WRONG, reds, strict=True)}
    return Answer(
        value=LETTERS[place],
        wrong={code: LETTERS[order.index(one)] for code, one in zip(WRONG, reds, strict=True)},
        params={
            **said,
            **{f"{code}_why": text for code, text in why.items()},
            "calm": title(calm, book),
            "calm_why": _why(calm, book),
            "letter": LETTERS[place],
        },
        options=LETTERS,
    )


def _urgent(firm: ClientFirm) -> list[Finding]:
    """Urgent findings with a threshold and a known figure, by different origins first."""
    found = [one for one in firm.diagnosis.judged if one.red and _told(one, firm)]
    found.sort(key=lambda one: (-WEIGHTS[one.severity], one.id))
    first: dict[str, Finding] = {}
    for one in found:
        first.setdefault(one.evidence.threshold.origin if one.evidence.threshold else "", one)
    chosen = list(first.values())
    return [*chosen, *(one for one in found if one not in chosen)][:REDS]


def _calm(firm: ClientFirm) -> Finding | None:
    """A failed check that is not urgent, one that rests on what was said before others."""
    found = [one for one in firm.diagnosis.judged if one.status == "fail" and not one.red]
    told = [one for one in found if one.severity == "check" and _told(one, firm)]
    return min(told, key=lambda one: (one.confidence != "low", one.id != "PLA007"), default=None)


def _told(one: Finding, firm: ClientFirm) -> bool:
    fact = lead(one, firm.diagnosis.facts)
    return one.evidence.threshold is not None and fact is not None and fact.number is not None


def _line(one: Finding, firm: ClientFirm, book: Words) -> str:
    fact = lead(one, firm.diagnosis.facts)
    assert fact is not None  # _told has seen to it
    return book.text(
        f"{WORDS}.line",
        title=title(one, book),
        figure=name(fact, book),
        value=fact_text(fact, firm, book),
        origin=origin(one.evidence.threshold, book),
        basis=book.text(f"{WORDS}.basis.{fact.basis}"),
    )


def _why(one: Finding, book: Words) -> str:
    if not one.red and one.confidence == "low":
        return book.text(f"{WORDS}.why.said")
    threshold = one.evidence.threshold
    return book.text(f"{WORDS}.why.{threshold.origin if threshold else 'arith'}")
