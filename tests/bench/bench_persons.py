"""Which customer keys are one person, among a hundred thousand rows of four exports.

    python tests/bench/bench_persons.py [--people N] [--times K]

Ours (rules, what contradicts them, who is held back for review) beside what one would do by hand:
the normal forms grouped by mail and by telephone in pandas, joined by either. Both work on the
same rows in turn; each is the best of K times. Prints CPU seconds and the ratio.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from toolkit.intake.persons.normal_forms import load_forms
from toolkit.intake.persons.personal_roles import personal_roles
from toolkit.intake.persons.persons import match_persons
from toolkit.intake.persons.rows import person_rows
from toolkit.method import load_method

sys.path.insert(0, str(Path(__file__).parents[1] / "intake" / "persons"))

from invented.shops import Export, desk, mall, members, orders
from invented.world import World


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=40_000)
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    world = World(3, given.people)
    first = members(world, now := {})
    rows = pd.concat(
        [rows_of(one) for one in (first, orders(world, now), mall(world), desk(world))],
        ignore_index=True,
    )
    method = load_method()
    ours = best(lambda: match_persons(rows, method), given.times)
    by_hand = best(lambda: joined_by_hand(rows), given.times)
    print(f"{len(rows):,} rows: ours {ours:.2f} s, by hand {by_hand:.2f} s, ", end="")
    print(f"ratio {ours / by_hand:.1f}")


def rows_of(export: Export) -> pd.DataFrame:
    """The rows of an export as normal forms."""
    method = load_method()
    columns = [list(column) for column in zip(*export.rows, strict=True)]
    roles = personal_roles(export.header, method)
    frame = person_rows(roles, columns.__getitem__, load_forms(method))
    place = {"key": export.keys, "file": export.name, "member": export.members}
    return frame.assign(**place, row=range(2, len(frame) + 2))


def joined_by_hand(rows: pd.DataFrame) -> pd.Series:
    """The smallest row number that a key reaches by mail or telephone, until nothing changes."""
    group = pd.Series(range(len(rows)), index=rows.index)
    while True:
        before = group
        for name in ("key", "mail", "phone"):
            known = rows[name].notna()
            group = group.where(~known, group[known].groupby(rows[name][known]).transform("min"))
        if group.equals(before):
            return group


def best(work: Callable[[], object], times: int) -> float:
    """CPU seconds of the quickest of some times."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


if __name__ == "__main__":
    main()
