"""Reports per minute: what a user does today by hand in a shell, against ``toolkit batch``.

    python tests/bench/bench_batch.py [--rows N | --client DIR] [--clients N] [--rounds K]
    python tests/bench/bench_batch.py --engines
    python tests/bench/bench_batch.py --unchanged 300
    python tests/bench/bench_batch.py --many 300

Run by hand on a quiet machine. Each way makes the page, the executed notebook and diagnosis.json
of the same clients, so many at once (``--jobs``, 2): invented ones of so many orders, each another
(``--rows``, 20,000), or copies of one folder under ids of their own (``--client``):

- shell loop: ``papermill report.ipynb out.ipynb -p client … -p out … -p lang …``, which starts a
  kernel, runs the notebook and saves it after every cell; then ``jupyter nbconvert --to html
  --no-input``, which starts again and makes a page of it.
- product: ``toolkit batch CLIENTS --jobs J``, which imports once, forks a child a client
  (``--engine spawn``: keeps workers, as on Windows), runs the same notebook in it, makes the page,
  checks and publishes, and writes the index. Its own start counts, shared by all its clients.

The loop costs the same for each client however many there are, so it makes the first few
(``--looped``, 6); the batch makes all (``--clients``, 96; a night has hundreds).

The ways are measured in turn, round by round, so that both share what the machine does beside;
printed are reports per minute (wall), CPU seconds a report with all children, and the ratio of
each round with its spread. The aim is 20 times, at least 8.

``--unchanged`` makes so many small clients once and times the batch that finds nothing to do
(aim: under 1 second). ``--many`` makes clients of 20,000 orders and times them all (aim: 300 in
under 2 minutes on two cores).
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from pathlib import Path

from made_clients import copied, made
from ways import batch, measured, shell_loop, told

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
ROWS, SMALL_ROWS = 20_000, 300


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--client", type=Path)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--clients", type=int, default=96)
    parser.add_argument("--looped", type=int, default=6, help="clients of the shell loop")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--engine", choices=("warm", "spawn", "nbclient"), default="warm")
    parser.add_argument("--engines", action="store_true")
    parser.add_argument("--unchanged", type=int, metavar="N")
    parser.add_argument("--many", type=int, metavar="N")
    given = parser.parse_args()
    os.environ.update(ONE_THREAD)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        if given.unchanged:
            unchanged(work, given.unchanged, given.jobs)
        elif given.many:
            many(work, given.many, given.jobs)
        else:
            for number in range(given.clients):
                place = work / "clients" / f"client{number:03d}"
                if given.client:
                    copied(given.client, place)
                else:
                    made(place, given.rows, number)
            if given.engines:
                engines(work, given.rounds, given.jobs)
            else:
                in_turn(work, given.rounds, given.looped, (given.jobs, given.engine))


def engines(work: Path, rounds: int, jobs: int) -> None:
    """Forks and workers in turn: what Windows, which has no fork, pays for the same bytes."""
    spent: dict[str, list[float]] = {"warm": [], "spawn": []}
    for number in range(rounds):
        for engine, costs in spent.items():
            at = work / f"{engine}{number}"
            ours = measured(lambda at=at, by=engine: batch(work / "clients", at, jobs, by))
            costs.append(ours.each)
            print(told(engine, ours), flush=True)
    forks, workers = (statistics.median(spent[engine]) for engine in ("warm", "spawn"))
    print(f"CPU s a report: forks {forks:.2f}, workers {workers:.2f}, {workers / forks:.2f} times")


def in_turn(work: Path, rounds: int, looped: int, how: tuple[int, str]) -> None:
    """Both ways, round by round, and the ratio with its spread."""
    ratios, costs = [], []
    clients = sorted((work / "clients").iterdir())
    for number in range(rounds):
        loop = measured(lambda at=work / f"loop{number}": shell_loop(clients[:looped], at, how[0]))
        ours = measured(lambda at=work / f"ours{number}": batch(work / "clients", at, *how))
        ratios.append(ours.per_minute / loop.per_minute)
        print(f"round {number + 1}", told("shell loop", loop), told("batch", ours), sep="   ")
        costs.append(loop.each / ours.each)
        print(
            f"         {ratios[-1]:.1f} times the reports, {costs[-1]:.1f} times less CPU",
            flush=True,
        )
    print(
        f"ratio: median {statistics.median(ratios):.1f}, from {min(ratios):.1f} to "
        f"{max(ratios):.1f}; at least 8, aim 20; CPU: median {statistics.median(costs):.1f}"
    )


def unchanged(work: Path, count: int, jobs: int) -> None:
    """The time of a batch that finds all its reports made."""
    made(work / "first", SMALL_ROWS, seed=1)
    for number in range(count):
        copied(work / "first", work / "clients" / f"client{number:03d}")
    print(told("made", measured(lambda: batch(work / "clients", work / "out", jobs))), flush=True)
    for _ in range(3):
        again = measured(lambda: batch(work / "clients", work / "out", jobs))
        print(f"{again.reports} unchanged: {again.wall:.2f} s, {again.cpu:.2f} CPU s; aim 1 s")


def many(work: Path, count: int, jobs: int) -> None:
    """Clients of 20,000 orders: four different ones, the others copies of them."""
    for seed in range(min(4, count)):
        made(work / "first" / str(seed), ROWS, seed)
    for number in range(count):
        copied(work / "first" / str(number % 4), work / "clients" / f"client{number:03d}")
    spent = measured(lambda: batch(work / "clients", work / "out", jobs))
    print(told(f"{count} clients of {ROWS:,} orders", spent))
    print(f"{spent.wall:.0f} s, {300 * spent.wall / count:.0f} s for 300; aim 120 s")


if __name__ == "__main__":
    main()
