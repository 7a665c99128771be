"""What a report costs against the number of clients and of their rows, drawn for the docs.

    python tests/bench/bench_cost.py [--most 48] [--jobs 2] [--pictures docs/pictures]

Run by hand on a quiet machine; prints a table and writes ``batch_cost.en.png`` and
``batch_cost.ja.png``. The left panel has the seconds a report takes on the clock when 1, 4, 12 …
clients of 5,000 orders are made at once, by the shell loop and by the batch: the batch starts once,
and that is shared by all. The right panel has the CPU seconds of one more report of so many orders
in a batch that has begun (the cost of nine less that of one, an eighth; the median of three turns).
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import tomllib
from pathlib import Path

from made_clients import made
from matplotlib import font_manager, rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from ways import batch, measured, shell_loop

from toolkit.charts.typeset import font_path

ORDERS = 5_000
ROWS = (1_000, 5_000, 20_000, 100_000)
MORE, TURNS = 9, 3
LOOPS = 12
"""The shell loop costs the same a client however many there are: it is measured so far."""
Line = list[tuple[int, float]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--most", type=int, default=48)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--pictures", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        loop, ours = by_clients(Path(folder) / "clients", given.most, given.jobs)
        rows = by_rows(Path(folder) / "rows")
    for name, line in (("shell loop", loop), ("batch", ours), ("rows", rows)):
        print(name, ", ".join(f"{at:,}: {seconds:.2f} s" for at, seconds in line))
    if given.pictures:
        font_manager.fontManager.addfont(font_path())
        family = font_manager.FontProperties(fname=font_path()).get_name()
        words = tomllib.loads((Path(__file__).parent / "cost_words.toml").read_text("utf-8"))
        with rc_context({"font.family": family, "font.size": 9}):
            for lang, texts in words.items():
                drawn(texts, loop, ours, rows).savefig(
                    given.pictures / f"batch_cost.{lang}.png", dpi=160, metadata={"Software": None}
                )


def by_clients(work: Path, most: int, jobs: int) -> tuple[Line, Line]:
    """Seconds a report by the number of clients: of the shell loop, of the batch."""
    loop, ours = [], []
    for count in (one for one in (1, 4, 12, 48, 192) if one <= most):
        clients = work / str(count) / "clients"
        for number in range(count):
            made(clients / f"client{number:03d}", ORDERS, number)
        if count <= LOOPS:
            spent = measured(
                lambda at=clients: shell_loop(sorted(at.iterdir()), at.parent / "loop", jobs)
            )
            loop.append((count, spent.wall / spent.reports))
        spent = measured(lambda at=clients: batch(at, at.parent / "out", jobs))
        ours.append((count, spent.wall / spent.reports))
    return loop, ours


def by_rows(work: Path) -> Line:
    """CPU seconds of one more report by the number of its orders."""
    for rows in ROWS:
        for count in (1, MORE):
            for number in range(count):
                made(work / f"{rows}-{count}" / f"client{number:03d}", rows, number)
    turns = [{rows: _one_more(work, rows, turn) for rows in ROWS} for turn in range(TURNS)]
    return [(rows, statistics.median(turn[rows] for turn in turns)) for rows in ROWS]


def _one_more(work: Path, rows: int, turn: int) -> float:
    def spent(count: int) -> float:
        clients = work / f"{rows}-{count}"
        return measured(lambda: batch(clients, work / f"out{turn}" / clients.name, 1)).cpu

    return (spent(MORE) - spent(1)) / (MORE - 1)


def drawn(words: dict[str, str], loop: Line, ours: Line, rows: Line) -> Figure:
    """The picture: both panels with their figures written at the points."""
    figure = Figure(figsize=(9, 3.2), layout="constrained")
    left, right = figure.subplots(1, 2)
    _line(left, loop, "#8a94a3", words["loop"])
    _line(left, ours, "#1f5fa8", words["batch"])
    _line(right, rows, "#1f5fa8", "")
    _around(left, [at for at, _ in ours], (words["clients_title"], words["clients"]))
    _around(right, [at for at, _ in rows], (words["rows_title"], words["rows"]))
    return figure


def _line(axes: Axes, line: Line, colour: str, name: str) -> None:
    axes.plot(*zip(*line, strict=True), marker="o", color=colour)
    for at, seconds in line:
        axes.annotate(
            f"{seconds:.2f}",
            (at, seconds),
            xytext=(4, 6),
            textcoords="offset points",
            color=colour,
        )
    axes.annotate(
        name, line[-1], xytext=(14, 0), textcoords="offset points", va="center", color=colour
    )


def _around(axes: Axes, ticks: list[int], words: tuple[str, str]) -> None:
    axes.set_xscale("log")
    axes.minorticks_off()
    axes.set_xticks(ticks, [f"{at:,}" for at in ticks])
    axes.set_xlim(ticks[0] / 1.5, ticks[-1] * (4 if ticks[0] == 1 else 1.5))
    axes.set_ylim(0, axes.get_ylim()[1] * 1.12)
    axes.set_title(words[0], loc="left", fontsize=10)
    axes.set_xlabel(words[1])
    axes.spines[["top", "right"]].set_visible(False)


if __name__ == "__main__":
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))
    main()
