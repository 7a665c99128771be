"""Trials summed up: recall, rank, false alarms, coverage of the yen, and what small firms get."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trial import LEADING, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """One rule in one model at one strength: how often found, and how often in the first three."""

    code: str
    model: str
    strength: float
    trials: int
    found: int
    leading: int
    severities: tuple[str, ...]
    reasons: tuple[str, ...]


def recalls(outcomes: Iterable[Outcome]) -> list[Recall]:
    """Recall by rule, model and strength."""
    groups: dict[tuple[str, str, float], list[Outcome]] = defaultdict(list)
    for one in outcomes:
        if one.trial.code:
            groups[one.trial.code, one.trial.model, one.trial.strength].append(one)
    return [
        Recall(
            code=code,
            model=model,
            strength=strength,
            trials=len(group),
            found=sum(one.found for one in group),
            leading=sum(one.found and (one.rank or 99) <= LEADING for one in group),
            severities=tuple(sorted({str(one.severity) for one in group if one.found})),
            reasons=tuple(
                sorted({one.reason or str(one.status) for one in group if not one.found})
            ),
        )
        for (code, model, strength), group in sorted(groups.items())
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarms:
    """Healthy clients of one model: how many, how many with a high finding, alarms by rule."""

    model: str
    clients: int
    with_high: int
    high: Mapping[str, int]
    red: Mapping[str, int]


def alarms(outcomes: Iterable[Outcome]) -> list[Alarms]:
    """False alarms on healthy clients, by model."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        if one.trial.code is None:
            groups[one.trial.model].append(one)
    return [
        Alarms(
            model=model,
            clients=len(group),
            with_high=sum(bool(one.high) for one in group),
            high=dict(Counter(code for one in group for code in one.high).most_common()),
            red=dict(
                Counter(
                    code
                    for one in group
                    for code, severity in one.failed.items()
                    if severity in ("high", "medium")
                ).most_common()
            ),
        )
        for model, group in sorted(groups.items())
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How often the 80 % interval of one finding's yen holds its true value."""

    code: str
    model: str
    truth: float
    mean: float
    trials: int
    held: int


def coverages(
    outcomes: Iterable[Outcome], truth: Mapping[tuple[str, str], float]
) -> list[Coverage]:
    """Coverage by rule and model, where the yen has an interval and the truth is known."""
    groups: dict[tuple[str, str], list[tuple[float, float, float]]] = defaultdict(list)
    for one in outcomes:
        code, model = one.trial.code, one.trial.model
        if code is None or (code, model) not in truth or code not in one.yen:
            continue
        gap, low, high = one.yen[code]
        if low is not None and high is not None:
            groups[code, model].append((gap, low, high))
    return [
        Coverage(
            code=code,
            model=model,
            truth=truth[code, model],
            mean=statistics.mean(gap for gap, _, _ in group),
            trials=len(group),
            held=sum(low <= truth[code, model] <= high for _, low, high in group),
        )
        for (code, model), group in sorted(groups.items())
    ]
