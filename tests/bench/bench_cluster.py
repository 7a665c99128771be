"""Reports a minute against the number of workers of a Dask cluster, drawn for the docs.

    python tests/bench/bench_cluster.py [--clients 12] [--rounds 3] [--workers 1,2,3]
        [--pictures docs/pictures]

Run by hand on a quiet machine. A scheduler and so many worker processes, one client at a time each,
are started on this machine; the same clients of 5,000 orders are made by each number of workers in
turn, round by round, so that all share what the machine does beside. Workers are started before
the clock; warming up each one's parent process is on it, as it is in every batch. Printed are
reports a minute by the clock: median, least and most. Workers beyond the number of CPU cores share
them: the line tells about this machine, not about more machines.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from made_clients import made
from matplotlib import font_manager, rc_context
from matplotlib.figure import Figure
from ways import finished, measured, run

from toolkit.charts.typeset import font_path

ORDERS = 5_000
BLUE = "#1f5fa8"
PATIENCE_SECONDS = 120
Rates = dict[int, list[float]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--clients", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", default="1,2,3")
    parser.add_argument("--pictures", type=Path)
    given = parser.parse_args()
    counts = [int(one) for one in given.workers.split(",")]
    rates: Rates = {count: [] for count in counts}
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for number in range(given.clients):
            made(work / "clients" / f"client{number:03d}", ORDERS, number)
        for number in range(given.rounds):
            for count in counts:
                rates[count].append(rate(work, count, f"{number}-{count}"))
                print(f"round {number + 1}: {count} workers {rates[count][-1]:.1f}/min", flush=True)
    for count, found in rates.items():
        print(
            f"{count} workers: median {statistics.median(found):.1f} reports a minute, "
            f"from {min(found):.1f} to {max(found):.1f}"
        )
    if given.pictures:
        drawn(rates, given.pictures)


def rate(work: Path, count: int, name: str) -> float:
    """Reports a minute by so many workers."""
    with cluster(work / f"cluster{name}", count) as address:
        out = work / f"out{name}"
        spent = measured(lambda: batch(work / "clients", out, address))
    return spent.per_minute


def batch(clients: Path, out: Path, address: str) -> int:
    """The product on a cluster."""
    run(["toolkit", "batch", str(clients), "--out", str(out), "--scheduler", address])
    return finished(out)


@contextmanager
def cluster(folder: Path, count: int) -> Iterator[str]:
    """The address of a scheduler with so many workers."""
    folder.mkdir()
    place = folder / "scheduler.json"
    local = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(place)]
    alone = ["--nthreads", "1", "--no-nanny", "--local-directory", str(folder)]
    started = [_process(folder, "scheduler", *local, "--port", "0")]
    started += [_process(folder, "worker", *local, *alone) for _ in range(count)]
    try:
        yield _ready(place, count)
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()


def _process(folder: Path, what: str, *given: str) -> subprocess.Popen[bytes]:
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{what}", *given], stdout=log, stderr=log
        )


def _ready(place: Path, count: int) -> str:
    """The scheduler's address once all workers are there."""
    from distributed import Client

    last = time.monotonic() + PATIENCE_SECONDS
    while not place.exists() and time.monotonic() < last:
        time.sleep(0.1)
    address = str(json.loads(place.read_text(encoding="utf-8"))["address"])
    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(count, timeout=PATIENCE_SECONDS)
    return address


def drawn(rates: Rates, folder: Path) -> None:
    """The picture in each language: the median as bars, every round as a point."""
    font_manager.fontManager.addfont(font_path())
    family = font_manager.FontProperties(fname=font_path()).get_name()
    words = tomllib.loads((Path(__file__).parent / "cluster_words.toml").read_text("utf-8"))
    with rc_context({"font.family": family, "font.size": 9}):
        for lang, texts in words.items():
            _figure(texts, rates).savefig(
                folder / f"cluster.{lang}.png", dpi=160, metadata={"Software": None}
            )


def _figure(words: dict[str, str], rates: Rates) -> Figure:
    figure = Figure(figsize=(6, 3.2), layout="constrained")
    axes = figure.subplots()
    medians = [statistics.median(found) for found in rates.values()]
    places = range(len(rates))
    axes.bar(places, medians, width=0.5, color=BLUE)
    for place, found, median in zip(places, rates.values(), medians, strict=True):
        axes.plot([place] * len(found), found, "o", color="white", markeredgecolor="#333", ms=5)
        axes.annotate(
            f"{median:.1f}",
            (place, max(found)),
            xytext=(0, 7),
            textcoords="offset points",
            ha="center",
        )
    axes.set_xticks(places, [f"{count}" for count in rates])
    axes.set_ylim(0, axes.get_ylim()[1] * 1.12)
    axes.set_title(words["title"], loc="left", fontsize=10)
    axes.set_xlabel(words["workers"].format(cores=os.cpu_count()))
    axes.spines[["top", "right"]].set_visible(False)
    return figure


if __name__ == "__main__":
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))
    main()
