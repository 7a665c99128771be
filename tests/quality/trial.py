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

    ``failed`` has the severity by code; ``yen`` gap, low, high by code; ``exact`` the codes that
    rest on no sample (books against plan).
    """

    trial: Trial
    status: str | None
    severity: str | None
    rank: int | None
    reason: str | None
    failed: dict[str, str]
    yen: dict[str, tuple[float, float | None, float | None]] = field(default_factory=dict)
    exact: frozenset[str] = frozenset()
    customers: float | None = None

    @property
    def found(self) -> bool:
        """Whether the planted fault was found."""
        return self.status == "fail"

    @property
    def high(self) -> list[str]:
        """Findings of high severity."""
        return [code for code, severity in self.failed.items() if severity == "high"]

    @property
    def high_of_samples(self) -> list[str]:
        """Findings of high severity that rest on a sample."""
        return [code for code in self.high if code not in self.exact]


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
        exact=frozenset(
            code
            for code, one in judged.items()
            if not any(diagnosis.facts.find(key).sampled for key in one.evidence.facts)
        ),
        customers=diagnosis.facts.number("customers.count"),
    )
