"""Reports per minute: what a user does today by hand in a shell, against ``toolkit batch``.

    python tests/bench/bench_batch.py [--client DIR] [--clients N] [--rounds K] [--jobs J]
    python tests/bench/bench_batch.py --unchanged 300
    python tests/bench/bench_batch.py --many 300

Run by hand on a quiet machine. Each way makes the page, the executed notebook and diagnosis.json
of the same clients, copies of one folder under ids of their own, so many at once:

- shell loop: ``papermill report.ipynb out.ipynb -p client … -p out … -p lang …``, which starts a
  kernel, runs the notebook and saves it after every cell; then ``jupyter nbconvert --to html
  --no-input``, which starts again and makes a page of it.
- product: ``toolkit batch CLIENTS --jobs J``, which imports once, forks a child a client, runs
  the same notebook in it, makes the page, checks and publishes, and writes the index.

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
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

TEMPLATE = Path(__file__).resolve().parents[2] / "notebooks" / "diagnose" / "report.ipynb"
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
ROWS, SMALL_ROWS, DAYS = 20_000, 300, 3 * 365
FIRST = date(2023, 11, 1)
COSTS = {"cogs": 0.34, "logistics": 0.13, "payment_fee": 0.035, "advertising": 0.15}
PROFILE = """client_id: {name}
company_name: 架空商店 {name}
industry: mail_order
model: general
stage: growth
currency: JPY
timezone: Asia/Tokyo
tax: included
lang: ja
as_of: 2026-10-31
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """What some reports took: seconds on the clock, CPU seconds of all processes."""

    wall: float
    cpu: float
    reports: int

    @property
    def per_minute(self) -> float:
        """Reports per minute."""
        return 60 * self.reports / self.wall


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--client", type=Path, default=Path("datasets/aoba_shop"))
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
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
                copied(given.client, work / "clients" / f"client{number:03d}")
            in_turn(work, given.rounds, given.jobs)


def in_turn(work: Path, rounds: int, jobs: int) -> None:
    """Both ways, round by round, and the ratio with its spread."""
    ratios = []
    for number in range(rounds):
        loop = measured(lambda at=work / f"loop{number}": shell_loop(work / "clients", at, jobs))
        ours = measured(lambda at=work / f"ours{number}": batch(work / "clients", at, jobs))
        ratios.append(ours.per_minute / loop.per_minute)
        print(f"round {number + 1}", told("shell loop", loop), told("batch", ours), sep="   ")
        print(f"         {ratios[-1]:.1f} times the reports per minute", flush=True)
    print(
        f"ratio: median {statistics.median(ratios):.1f}, from {min(ratios):.1f} to "
        f"{max(ratios):.1f}; at least 8, aim 20"
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


def shell_loop(clients: Path, out: Path, jobs: int) -> int:
    """papermill, then nbconvert, a client after the other in each of so many streams."""

    def one(client: Path) -> None:
        place = out / client.name
        place.mkdir(parents=True)
        given = ["-p", "client", str(client), "-p", "out", str(place), "-p", "lang", "ja"]
        note = str(place / "report.ipynb")
        run(["papermill", str(TEMPLATE), note, "-k", "python3", "--no-progress-bar", *given])
        run(["jupyter", "nbconvert", "--to", "html", "--no-input", "--log-level", "ERROR", note])

    with ThreadPoolExecutor(jobs) as streams:
        list(streams.map(one, sorted(clients.iterdir())))
    return finished(out)


def batch(clients: Path, out: Path, jobs: int) -> int:
    """The product."""
    run(["toolkit", "batch", str(clients), "--out", str(out), "--jobs", str(jobs)])
    return finished(out)


def run(command: list[str]) -> None:
    """A command of the environment this Python belongs to; what it prints is shown if it fails."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, env={**os.environ, "PATH": path}
    )
    if done.returncode:
        sys.exit(f"{' '.join(command[:2])}: {done.stdout[-2000:]}{done.stderr[-2000:]}")


def finished(out: Path) -> int:
    """Reports that are there as a whole."""
    names = ("diagnosis.json", "report.html", "report.ipynb")
    return sum(all((place / name).is_file() for name in names) for place in out.glob("*/"))


def measured(make: Callable[[], int]) -> Spent:
    """Clock and CPU of a way, its processes and theirs included."""
    before, start = cpu_of_children(), time.perf_counter()
    reports = make()
    return Spent(time.perf_counter() - start, cpu_of_children() - before, reports)


def cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def told(name: str, spent: Spent) -> str:
    return f"{name} {spent.per_minute:.1f}/min {spent.cpu / max(spent.reports, 1):.2f} CPU s each"


def copied(source: Path, folder: Path) -> None:
    """The same client under the name of the folder."""
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("expected.json", "README.md"))
    path = folder / "client.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        re.sub(r"(?m)^client_id:.*$", f"client_id: {folder.name}", text, count=1), encoding="utf-8"
    )


def made(folder: Path, rows: int, seed: int) -> None:
    """A seeded mail-order client of three years: orders of 3 customers in 10, and costs."""
    random = np.random.default_rng(seed)
    people = max(rows * 3 // 10, 1)
    customers = np.concatenate([np.arange(people), random.integers(0, people, rows - people)])
    days, items = np.sort(random.integers(0, DAYS, rows)), random.integers(0, 40, rows)
    random.shuffle(customers)
    sales: dict[str, int] = {}
    lines = ["order_id,customer_id,order_date,amount,channel,product,quantity,payment_method"]
    for number, (customer, day, item) in enumerate(zip(customers, days, items, strict=True)):
        on, amount = FIRST + timedelta(int(day)), 800 + 150 * int(item)
        sales[f"{on:%Y-%m}"] = sales.get(f"{on:%Y-%m}", 0) + amount
        lines.append(
            f"A{number:07d},C{customer:06d},{on},{amount},自社サイト,品{item:02d},1,後払い"
        )
    costs = [
        f"{month},{item},{yen * rate:.0f}"
        for month, yen in sales.items()
        for item, rate in COSTS.items()
    ]
    (folder / "data").mkdir(parents=True)
    tables = {"orders": lines, "costs": ["month,item,amount", *costs]}
    for name, text in tables.items():
        (folder / "data" / f"{name}.csv").write_text("\n".join(text) + "\n", encoding="utf-8")
    (folder / "client.yaml").write_text(PROFILE.format(name="first"), encoding="utf-8")


if __name__ == "__main__":
    main()
