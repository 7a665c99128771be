"""How often a healthy shop is told that something is wrong, rule by rule.

    python tests/healthy/run.py [--seeds 100] [--first 1] [--jobs 2]

Ends with 1 where more than five of a hundred shops get a finding of high severity, or one rule
alarms in more than five of a hundred.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from shop import make_shop

import toolkit as tk

ALLOWED = 0.05


def findings(seed: int) -> dict[str, str]:
    """Failed rules of one seed's shop with their severities."""
    with tempfile.TemporaryDirectory() as folder:
        client = make_shop(Path(folder) / f"healthy{seed}", seed)
        judged = tk.diagnose(client).judged
    return {one.id: one.severity for one in judged if one.status == "fail"}


def main() -> int:
    """Judge the shops and tell what was found of whom."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("--seeds", 100), ("--first", 1), ("--jobs", 2)):
        parser.add_argument(name, type=int, default=default)
    asked = parser.parse_args()
    seeds = range(asked.first, asked.first + asked.seeds)
    with ProcessPoolExecutor(asked.jobs) as pool:
        found = dict(zip(seeds, pool.map(findings, seeds), strict=True))
    high = {seed: codes for seed, one in found.items() if (codes := _of(one, "high"))}
    red = Counter(code for one in found.values() for code in _of(one, "high", "medium"))
    told = Counter(code for one in found.values() for code in one)
    print(f"{len(found)} shops; a high finding in {len(high)}: {high}")
    print(f"high or medium, by rule: {dict(red.most_common())}")
    print(f"any, by rule: {dict(told.most_common())}")
    most = math.floor(ALLOWED * len(found))
    return int(len(high) > most or any(count > most for count in red.values()))


def _of(one: dict[str, str], *severities: str) -> list[str]:
    return [code for code, severity in one.items() if severity in severities]


if __name__ == "__main__":
    sys.exit(main())
