"""Is the diagnosis right? Faults planted in invented clients, and healthy ones, published.

    python tests/quality/run.py [--seeds 20] [--healthy 40] [--jobs 2] [--out docs]
        [--models gen,saas] [--rules AFT006,SAL006] [--strengths 1.0,0.5,0.25] [--graded gen]
        [--small gen,mto,saas] [--truth 2] [--again AFT006.gen --again-seeds 20]

Writes quality.json and quality.md. Ends with 1 where a target is missed: every fault at full
strength found in 95 % and among the first three in 90 %, a high finding in at most 5 % of healthy
clients, the 80 % intervals of the yen holding the truth in 75–85 %, and nothing red at 30
customers.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from page import page
from tables import alarms, coverages, recalls
from trial import Outcome, Trial, run

from toolkit.synth.fault import faults_of
from toolkit.synth.synth import MODELS

TRUTH_SIZE = 10.0
"""The true yen of a fault is a tenth of what a client ten times as large shows."""
TRUTH_SEED = 9001
SMALL_CUSTOMERS = 30
FEW = 30
"""A finding of no more observations is never red."""
FIRST = 101
"""Seeds below were looked at while the worlds were made."""


def main() -> int:
    """Run the trials asked for, publish, and tell whether the targets are met."""
    asked = _arguments()
    pairs = _pairs(asked)
    with ProcessPoolExecutor(asked.jobs) as pool:
        outcomes = _all(pool, [*_faulty(pairs, asked), *_healthy(asked)])
        truth = _truth(pool, outcomes, asked)
        few = [(model, code) for model, code in pairs if model in asked.small]
        small = _all(pool, _small(few, outcomes))
    found = {
        "recall": recalls(outcomes),
        "alarms": alarms(outcomes),
        "coverage": coverages([o for o in outcomes if o.trial.strength == 1], truth),
        "small": _small_summary(small),
    }
    return _publish(found, asked.out)


def _all(pool: ProcessPoolExecutor, trials: list[Trial]) -> list[Outcome]:
    """Outcomes in the order of the trials, telling now and then how far it is."""
    outcomes = []
    for number, one in enumerate(pool.map(run, trials), start=1):
        outcomes.append(one)
        if number % 20 == 0 or number == len(trials):
            sys.stderr.write(f"{number} of {len(trials)}\n")
    return outcomes


def _faulty(pairs: list[tuple[str, str]], asked: argparse.Namespace) -> list[Trial]:
    """Each fault at full strength with several seeds, weaker ones with half as many."""
    trials = []
    for model, code in pairs:
        for strength in asked.strengths if model in asked.graded else asked.strengths[:1]:
            seeds = asked.again_seeds if f"{code}.{model}" in asked.again else asked.seeds
            seeds = seeds if strength == 1 else max(1, asked.seeds // 2)
            trials += [
                Trial(model=model, seed=seed, code=code, strength=strength)
                for seed in range(FIRST, FIRST + seeds)
            ]
    return trials


def _healthy(asked: argparse.Namespace) -> list[Trial]:
    return [
        Trial(model=model, seed=10_000 + seed)
        for model in asked.models
        for seed in range(asked.healthy)
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    for name, default in (("--seeds", 20), ("--healthy", 40), ("--jobs", 2)):
        parser.add_argument(name, type=int, default=default)
    parser.add_argument("--out", type=Path, default=Path("docs"))
    parser.add_argument("--models", default=",".join(MODELS))
    parser.add_argument("--rules", default="")
    parser.add_argument("--strengths", default="1.0,0.5,0.25")
    parser.add_argument("--graded", default=",".join(MODELS))
    parser.add_argument("--small", default=",".join(MODELS))
    parser.add_argument("--again", default="", help="CODE.model, … with more seeds than the rest")
    parser.add_argument("--again-seeds", type=int, default=20)
    parser.add_argument("--truth", type=int, default=2, help="large clients a truth is read from")
    asked = parser.parse_args()
    asked.models, asked.strengths = (
        asked.models.split(","),
        [float(text) for text in asked.strengths.split(",")],
    )
    asked.again = {pair for pair in asked.again.split(",") if pair}
    asked.rules = {code for code in asked.rules.split(",") if code}
    return asked


def _pairs(asked: argparse.Namespace) -> list[tuple[str, str]]:
    return [
        (model, code)
        for model in asked.models
        for code in faults_of(model)
        if not asked.rules or code in asked.rules
    ]


def _truth(
    pool: ProcessPoolExecutor, outcomes: list[Outcome], asked: argparse.Namespace
) -> dict[tuple[str, str], float]:
    """True yen by rule and model, where some trial gave its yen an interval."""
    wanted = {
        (str(one.trial.code), one.trial.model)
        for one in outcomes
        if one.trial.strength == 1
        and one.trial.code in one.yen
        and one.yen[one.trial.code][1] is not None
    }
    large = [
        Trial(model=model, seed=seed, code=code, size=TRUTH_SIZE)
        for code, model in sorted(wanted)
        if not asked.again or f"{code}.{model}" in asked.again
        for seed in range(TRUTH_SEED, TRUTH_SEED + asked.truth)
    ]
    gaps: dict[tuple[str, str], list[float]] = {}
    for one in _all(pool, large):
        code = str(one.trial.code)
        if code in one.yen:
            gaps.setdefault((code, one.trial.model), []).append(one.yen[code][0] / TRUTH_SIZE)
    return {key: statistics.mean(values) for key, values in gaps.items()}


def _small(pairs: list[tuple[str, str]], outcomes: list[Outcome]) -> list[Trial]:
    """The same faults in firms of some thirty customers."""
    usual: dict[str, list[float]] = {}
    for one in outcomes:
        if one.customers:
            usual.setdefault(one.trial.model, []).append(one.customers)
    return [
        Trial(
            model=model,
            seed=seed,
            code=code,
            size=SMALL_CUSTOMERS / statistics.median(usual[model]),
        )
        for model, code in pairs
        if model in usual
        for seed in (1,)
    ]


def _small_summary(small: list[Outcome]) -> dict[str, object]:
    """High findings of small firms: those of few observations, and what the others rest on."""
    least: dict[str, int] = {}
    for one in small:
        for code in one.high:
            name = f"{code} ({one.trial.model})"
            if code in one.samples:
                least[name] = min(least.get(name, one.samples[code]), one.samples[code])
    return {
        "clients": len(small),
        "customers": statistics.median(one.customers or 0 for one in small) if small else 0,
        "few": FEW,
        "of_few": sum(bool(one.high_of_few(FEW)) for one in small),
        "least": dict(sorted(least.items())),
    }


def _publish(found: dict[str, object], out: Path) -> int:
    out.mkdir(parents=True, exist_ok=True)
    document = {
        name: [asdict(one) for one in value] if isinstance(value, list) else value
        for name, value in found.items()
    }
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
    (out / "quality.json").write_text(text + "\n", encoding="utf-8")
    markdown, met = page(found)
    (out / "quality.md").write_text(markdown, encoding="utf-8")
    sys.stdout.write(markdown)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
