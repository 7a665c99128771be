"""Spoiled files by the thousand: each is read, or refused in words, within bounds.

    python tests/fuzz/fuzz.py [--n 50000] [--seed 1] [--jobs 2] [--only NUMBER]

Prints the seed, and for each fault the number of the case and where its file was put. A case
depends on seed and number alone.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import category

from toolkit.errors import InputError, UsageError
from toolkit.intake.case import load_case
from toolkit.intake.read import read_file
from toolkit.intake.report import ReadReport
from toolkit.method import load_method
from toolkit.store import to_json
from toolkit.words import words

sys.path.insert(0, str(Path(__file__).resolve().parent))

from fuzzed.cases import ROOT, Case, case_of, seeds

BUILD = ROOT / "build" / "fuzz"
RUN_DATE = date(2026, 11, 22)
MOST_SECONDS, MOST_MEGABYTES, HUNG_SECONDS = 5.0, 500, 60
CHUNK = 500
BROKEN, QUARANTINED = "error-with-location", "quarantined"
PROFILE = "client_id: aoyama\ncompany_name: 青山商店\n"
FATES = ("accepted", "quarantined", "deduplicated", "dropped")


def faults(case: Case, folder: Path, seen: Counter[str] | None = None) -> list[str]:
    """What is wrong with how a case is read; empty where all is well. Outcomes are counted."""
    path = folder / case.name
    path.write_bytes(case.data)
    before, start = _reset_peak(), time.process_time()
    try:
        found = list(_judged(path, case, folder, Counter() if seen is None else seen))
    except Exception as error:  # any error but the two kinds a user can mend is the finding
        found = [f"{type(error).__name__}: {error} {_where(error)}"]
    finally:
        path.unlink()
    seconds, megabytes = time.process_time() - start, _peak() - before
    if seconds > MOST_SECONDS:
        found.append(f"{seconds:.1f} s")
    if megabytes > MOST_MEGABYTES:
        found.append(f"{megabytes:.0f} MB")
    return found


def _where(error: BaseException) -> str:
    """The last lines of our own that an error came through."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames]
    return " < ".join(reversed(own[-6:]))


def _judged(path: Path, case: Case, folder: Path, seen: Counter[str]) -> Iterator[str]:
    method = load_method()
    try:
        report = _report(path, case, folder)
        seen[report.outcome] += 1
    except UsageError as error:
        if case.kind != "mapping":
            yield f"wrong usage: {error.code}"
        return
    for lang in ("ja", "en"):
        document = report.to_dict(words(method, lang))
        json.dumps(document, allow_nan=False)
        text = to_json(document).encode("utf-8").decode()
        yield from (f"told: {word}" for word in case.secret if word in text)
        yield from _unworded(document)
    yield from _inconsistent(report)
    if case.kind not in ("profile", "clients", "mapping"):
        yield from _in_a_folder(path, case, folder)


def _report(path: Path, case: Case, folder: Path) -> ReadReport:
    if case.kind != "mapping":
        return read_file(path, case.kind, method=load_method(), as_of=RUN_DATE)
    orders = next(seed for seed in seeds() if seed.name == "orders.csv")
    (folder / "a.csv").write_bytes(orders.data)
    kind = "costs" if "cost" in case.name else "orders"
    return read_file(folder / "a.csv", kind, method=load_method(), mapping=path, as_of=RUN_DATE)


def _unworded(document: Mapping[str, Any]) -> Iterator[str]:
    """Sentences that are missing, or that would do something to a screen."""
    texts = [problem[key] for problem in document["problems"] for key in ("message", "fix")]
    texts += [note["message"] for note in (*document["notes"], *document["warnings"])]
    for text in texts:
        odd = {category(char) for char in text} & {"Cc", "Cs", "Cf", "Zl", "Zp"}
        if not text or text.startswith("errors.") or odd:
            yield f"sentence: {text[:200]!r}"


def _inconsistent(report: ReadReport) -> Iterator[str]:
    """Where outcome, fates, problems and dates contradict each other."""
    if report.refused != (report.outcome == BROKEN) or (report.refused and not report.problems):
        yield f"{report.outcome} with {len(report.problems)} problems"
    if report.rows_total is None:
        return
    fates = {name: int(getattr(report, f"rows_{name}") or 0) for name in FATES}
    if sum(fates.values()) != report.rows_total or min(fates.values()) < 0:
        yield f"fates {fates} of {report.rows_total}"
    rows = {(problem.file, problem.row) for problem in report.problems}
    if not report.refused and len(rows) != fates["quarantined"]:
        yield f"{len(rows)} rows with problems, {fates['quarantined']} quarantined"
    if (report.outcome == QUARANTINED) != bool(fates["quarantined"]) and not report.refused:
        yield f"{report.outcome} with {fates}"
    if int(report.rows_cancelled or 0) > fates["accepted"]:
        yield f"{report.rows_cancelled} cancelled of {fates}"
    if report.dates is not None and _off(len(report.dates), report):
        yield f"{len(report.dates)} dates of {fates}"


def _off(rows: int, report: ReadReport) -> bool:
    """Whether as many rows are not those accepted; a journal makes one invoice of several."""
    accepted = int(report.rows_accepted or 0)
    return rows > accepted if report.kind == "receivables" else rows != accepted


def _in_a_folder(path: Path, case: Case, folder: Path) -> Iterator[str]:
    """Some of the cases once more, as a file in a client's folder."""
    if len(case.data) % 16:
        return
    client = folder / "client"
    (client / "data").mkdir(parents=True, exist_ok=True)
    (client / "client.yaml").write_text(PROFILE, encoding="utf-8")
    placed = client / "data" / path.name
    placed.write_bytes(case.data)
    try:
        made = load_case(client, method=load_method(), as_of=RUN_DATE)
        told = made.quarantined.to_csv()
        yield from (f"side file: {word}" for word in case.secret if word in told)
        for table in made.tables.values():
            yield from _inconsistent(table.report)
            if _off(len(table.frame), table.report):
                yield f"frame of {len(table.frame)}, {table.report.rows_accepted} accepted"
    except (InputError, UsageError):
        pass
    finally:
        placed.unlink()


def _reset_peak() -> float:
    """Forget the peak of memory so far; returns megabytes in use."""
    Path("/proc/self/clear_refs").write_text("5")
    return _peak()


def _peak() -> float:
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def work(seed: int, first: int, last: int) -> Iterator[str]:
    """Judge some cases; gives a line for each fault."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, last):
            case = case_of(seed, number)
            for fault in dict.fromkeys(faults(case, Path(folder))):
                yield f"{_kept(seed, number, case)}: {fault}"


def _kept(seed: int, number: int, case: Case) -> str:
    """Put the file of a case where it can be looked at."""
    BUILD.mkdir(parents=True, exist_ok=True)
    file = BUILD / f"{seed}-{number}-{case.name}"
    file.write_bytes(case.data)
    return f"{number} as {case.kind} {file.relative_to(ROOT)}"


def _worker(seed: int, first: int, last: int) -> None:
    """Judge a part of the cases in this process; one that hangs ends it."""
    for number in range(first, last):
        faulthandler.dump_traceback_later(HUNG_SECONDS, exit=True)
        sys.stderr.write(f"\r{number}")
        for line in work(seed, number, number + 1):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    faulthandler.cancel_dump_traceback_later()


def _run(seed: int, first: int, last: int) -> list[str]:
    """Judge a part of the cases in a process of its own, so that none can harm the others."""
    command = [sys.executable, __file__, "--seed", str(seed), "--part", str(first), str(last)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    if done.returncode:
        number = max(map(int, re.findall("\r([0-9]+)", done.stderr)), default=first)
        lines.append(f"{number}: the process ended: {done.stderr[-300:]!r}")
    return lines


def main() -> int:
    parser = argparse.ArgumentParser()
    for name, default in (
        ("--n", 50_000),
        ("--seed", 1),
        ("--jobs", os.cpu_count()),
        ("--only", -1),
    ):
        parser.add_argument(name, type=int, default=default)
    parser.add_argument("--part", type=int, nargs=2)
    given = parser.parse_args()
    if given.part:
        _worker(given.seed, *given.part)
        return 0
    only = given.only >= 0
    parts = [(given.only, given.only + 1)] if only else _parts(given.n)
    with ThreadPoolExecutor(given.jobs) as pool:
        bad = 0
        for done, lines in enumerate(pool.map(lambda part: _run(given.seed, *part), parts), 1):
            bad += len(lines)
            sys.stdout.write("".join(line + "\n" for line in lines))
            sys.stderr.write(f"\r{parts[done - 1][1]:,} cases of seed {given.seed}, {bad} faults ")
    sys.stderr.write("\n")
    return 1 if bad else 0


def _parts(n: int) -> list[tuple[int, int]]:
    return [(first, min(first + CHUNK, n)) for first in range(0, n, CHUNK)]


if __name__ == "__main__":
    sys.exit(main())
