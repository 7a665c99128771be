"""Score and coverage of a part of the business, from its findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from toolkit.method import Method
from toolkit.rules.finding import WEIGHTS, Finding

MODULES = (
    "planning",
    "offer",
    "procurement",
    "sales",
    "fulfillment",
    "aftercare",
    "journey",
    "crm_payment",
    "tob",
)
MIN_COVERAGE = 0.6  # below this a score would speak for what nobody looked at
STATUSES = ("fail", "pass", "unknown", "not_applicable")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleScore:
    """How one module stands: score 0–100 (None under 60 % coverage), coverage 0–1, counts."""

    id: str
    score: float | None
    coverage: float | None
    counts: Mapping[str, int]


def score_modules(findings: Iterable[Finding], method: Method) -> tuple[ModuleScore, ...]:
    """One score a module, in the order of the method."""
    findings = tuple(findings)
    return tuple(score(name, (f for f in findings if f.module == name), method) for name in MODULES)


def score(name: str, findings: Iterable[Finding], method: Method) -> ModuleScore:
    """100 × Σ w·pass ÷ Σ w·(pass + fail); coverage Σ w known ÷ Σ w applicable.

    The weight is of the rule's own severity, so that a fail judged mildly for lack of data does
    not weigh less than the pass it might have been.
    """
    findings = tuple(findings)
    weight = dict.fromkeys(STATUSES, 0)
    counts = dict.fromkeys(STATUSES, 0)
    rules = method.section("rules")
    for finding in findings:
        counts[finding.status] += 1
        weight[finding.status] += WEIGHTS[str(rules[finding.id]["severity"])]
    known = weight["pass"] + weight["fail"]
    applicable = known + weight["unknown"]
    coverage = known / applicable if applicable else None
    judged = known and coverage is not None and coverage >= MIN_COVERAGE
    return ModuleScore(
        id=name,
        score=100 * weight["pass"] / known if judged else None,
        coverage=coverage,
        counts=counts,
    )


def total_coverage(findings: Iterable[Finding], method: Method) -> float:
    """Coverage over all modules; 0 where nothing applies or nothing is known."""
    return score("all", findings, method).coverage or 0.0
