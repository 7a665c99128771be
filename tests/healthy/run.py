"""How often a healthy client is told that something is wrong, rule by rule.

    python tests/healthy/run.py [--seeds 100] [--first 1] [--jobs 2] [--model gen]

Seeds go round the models. Ends with 1 where the share of clients with a finding of high severity,
or of those that one rule alarms, is more than five in a hundred beyond chance.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from scipy.stats import binom

import toolkit as tk
from toolkit.synth.client import write_client
from toolkit.synth.synth import MODELS, synth

ALLOWED = 0.05
CHANCE = 0.01
"""How seldom as many alarms may come by chance where one in twenty is allowed."""


def findings(model: str, seed: int) -> dict[str, tuple[str, str]]:
    """Status and severity by rule of one healthy client."""
    with tempfile.TemporaryDirectory() as folder:
        client = Path(folder) / f"{model}{seed}"
        write_client(synth(model, seed), client)
        judged = tk.diagnose(client).judged
    return {one.id: (one.status, one.severity) for one in judged}


def main() -> int:
    """Judge the clients and tell what was found of whom."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("--seeds", 100), ("--first", 1), ("--jobs", 2)):
        parser.add_argument(name, type=int, default=default)
    parser.add_argument("--model", choices=list(MODELS))
    asked = parser.parse_args()
    models = [asked.model] if asked.model else list(MODELS)
    seeds = range(asked.first, asked.first + asked.seeds)
    whose = [(models[seed % len(models)], seed) for seed in seeds]
    with ProcessPoolExecutor(asked.jobs) as pool:
        found = dict(zip(whose, pool.map(findings, *zip(*whose, strict=True)), strict=True))
    return told(found)


def told(found: dict[tuple[str, int], dict[str, tuple[str, str]]]) -> int:
    """Print what was found; 1 where there are more alarms than are allowed."""
    high = {whose: codes for whose, one in found.items() if (codes := _failed(one, "high"))}
    red = Counter(code for one in found.values() for code in _failed(one, "high", "medium"))
    any_ = Counter(code for one in found.values() for code in _failed(one))
    asked_of = Counter(
        code
        for one in found.values()
        for code, (status, _) in one.items()
        if status in ("pass", "fail")
    )
    print(f"{len(found)} clients; a high finding in {len(high)}: {high}")
    print(f"high or medium, by rule: {dict(red.most_common())}")
    print(f"any, by rule: {dict(any_.most_common())}")
    often = [code for code, count in red.items() if count > most(asked_of[code])]
    print(f"too often: {often}")
    return int(len(high) > most(len(found)) or bool(often))


def most(clients: int) -> int:
    """The most alarms among so many clients that a rate of one in twenty still explains."""
    return int(binom.ppf(1 - CHANCE, clients, ALLOWED))


def _failed(one: dict[str, tuple[str, str]], *severities: str) -> list[str]:
    return [
        code
        for code, (status, severity) in one.items()
        if status == "fail" and (not severities or severity in severities)
    ]


if __name__ == "__main__":
    sys.exit(main())
