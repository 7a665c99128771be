"""One trial: an invented client with a fault planted, diagnosed from its files like any other."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import toolkit as tk
from toolkit.synth.client import write_client
from toolkit.synth.synth import synth

LEADING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What is planted in whom; without a code the client is healthy. ``size`` 1 is the usual."""

    model: str
    seed: int
    code: str | None = None
    strength: float = 1.0
    size: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the diagnosis said: the planted rule's status, severity and rank, and every failure.

    ``failed`` has the severity by code; ``yen`` gap, low, high by code; ``samples`` by code the
    smallest sample it rests on, for those that rest on one (books against plan do not).
    """

    trial: Trial
    status: str | None
    severity: str | None
    rank: int | None
    reason: str | None
    failed: dict[str, str]
    yen: dict[str, tuple[float, float | None, float | None]] = field(default_factory=dict)
    samples: dict[str, int] = field(default_factory=dict)
    customers: float | None = None

    @property
    def found(self) -> bool:
        """Whether the planted fault was found."""
        return self.status == "fail"

    @property
    def high(self) -> list[str]:
        """Findings of high severity."""
        return [code for code, severity in self.failed.items() if severity == "high"]

    def high_of_few(self, few: int) -> list[str]:
        """Findings of high severity that rest on a sample of at most ``few``."""
        return [code for code in self.high if self.samples.get(code, few + 1) <= few]


def run(trial: Trial) -> Outcome:
    """Make the client's folder, diagnose it, and look what was found."""
    planted = [trial.code] if trial.code else []
    made = synth(trial.model, trial.seed, planted, trial.strength, size=trial.size)
    with tempfile.TemporaryDirectory() as folder:
        client = Path(folder) / made.client_id
        write_client(made, client)
        diagnosis = tk.diagnose(client)
    judged = {one.id: one for one in diagnosis.judged}
    ranks = {one.findings[0]: one.rank for one in diagnosis.actions}
    planted_one = judged.get(trial.code or "")
    return Outcome(
        trial=trial,
        status=planted_one.status if planted_one else None,
        severity=planted_one.severity if planted_one else None,
        rank=ranks.get(trial.code or ""),
        reason=planted_one.reason if planted_one else None,
        failed={code: one.severity for code, one in judged.items() if one.status == "fail"},
        yen={
            code: (one.yen.gap, one.yen.low, one.yen.high)
            for code, one in judged.items()
            if one.yen is not None and one.yen.gap is not None
        },
        samples={code: min(counts) for code, counts in _samples(diagnosis).items() if counts},
        customers=diagnosis.facts.number("customers.count"),
    )


def _samples(diagnosis: tk.Diagnosis) -> dict[str, list[int]]:
    """Sizes of the samples behind each judged rule."""
    facts = diagnosis.facts
    return {
        one.id: [
            fact.n or 0
            for fact in map(facts.find, one.evidence.facts)
            if fact.known and fact.sampled
        ]
        for one in diagnosis.judged
    }
