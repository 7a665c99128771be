"""The two ways of making many reports, and what each takes: clock and CPU, children included."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

TEMPLATE = Path(__file__).resolve().parents[2] / "notebooks" / "diagnose" / "report.ipynb"


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

    @property
    def each(self) -> float:
        """CPU seconds a report."""
        return self.cpu / max(self.reports, 1)


def shell_loop(clients: Sequence[Path], out: Path, jobs: int) -> int:
    """papermill, then nbconvert, a client after the other in each of so many streams."""

    def one(client: Path) -> None:
        place = out / client.name
        place.mkdir(parents=True)
        given = ["-p", "client", str(client), "-p", "out", str(place), "-p", "lang", "ja"]
        note = str(place / "report.ipynb")
        run(["papermill", str(TEMPLATE), note, "-k", "python3", "--no-progress-bar", *given])
        run(["jupyter", "nbconvert", "--to", "html", "--no-input", "--log-level", "ERROR", note])

    with ThreadPoolExecutor(jobs) as streams:
        list(streams.map(one, clients))
    return finished(out)


def batch(clients: Path, out: Path, jobs: int, engine: str = "warm") -> int:
    """The product."""
    given = ["--jobs", str(jobs), "--engine", engine]
    run(["toolkit", "batch", str(clients), "--out", str(out), *given])
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
    return f"{name} {spent.per_minute:.1f}/min {spent.each:.2f} CPU s each"
