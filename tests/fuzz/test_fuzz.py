"""Eight hundred spoiled files; ``make fuzz`` reads many more."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from toolkit.errors import Problem
from toolkit.intake.report import ReadReport

SEED, PART = 20_261_122, 100
SEEN: Counter[str] = Counter()


@pytest.mark.parametrize("first", range(0, 800, PART))
def test_a_spoiled_file_is_read_or_refused_in_words(fuzz, tmp_path, first) -> None:
    for number in range(first, first + PART):
        case = fuzz.case_of(SEED, number)
        found = fuzz.faults(case, tmp_path, SEEN)
        assert not found, f"python tests/fuzz/fuzz.py --seed {SEED} --only {number}"


def test_the_cases_are_neither_all_whole_nor_all_broken(fuzz, tmp_path) -> None:
    seen: Counter[str] = Counter()
    for number in range(2_000, 2_100):
        fuzz.faults(fuzz.case_of(SEED, number), tmp_path, seen)
    assert set(seen) == {
        "accepted",
        "accepted-after-normalisation",
        "quarantined",
        "error-with-location",
    }
    assert max(seen.values()) < 75


def test_a_case_depends_on_seed_and_number_alone(fuzz) -> None:
    code = (
        "import runpy, sys; fuzz = runpy.run_path(sys.argv[1]); "
        "print([hash_of(fuzz['case_of'](7, n)) for n in range(60)], flush=True); "
        "import os; os._exit(0)"
    )
    hashing = "import zlib; hash_of = lambda case: zlib.crc32(repr(case).encode()); "
    path = Path(__file__).with_name("fuzz.py")
    command = [sys.executable, "-c", hashing + code, str(path)]
    told = {subprocess.run(command, capture_output=True, check=True).stdout for _ in range(2)}
    assert len(told) == 1
    assert len({fuzz.case_of(7, number) for number in range(60)}) == 60


WHOLE = ReadReport(kind="orders", rows_total=3, rows_accepted=3, dates=("2024-01-01",) * 3)
PROBLEM = Problem(code="no_rows", file="f", row=1)


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (WHOLE, ""),
        (replace(WHOLE, rows_total=4), "fates"),
        (replace(WHOLE, rows_accepted=4, rows_dropped=-1), "fates"),
        (replace(WHOLE, refused=True), "0 problems"),
        (replace(WHOLE, dates=()), "dates"),
        (replace(WHOLE, rows_cancelled=4), "cancelled"),
        (replace(WHOLE, rows_accepted=2, rows_quarantined=1), "0 rows with problems"),
        (replace(WHOLE, problems=(PROBLEM,)), "1 rows with problems"),
        (replace(WHOLE, figures={"amount_sum": float("nan")}), "ValueError"),
        (replace(WHOLE, encoding="\udc80"), "UnicodeEncodeError"),
        (replace(WHOLE, encoding="CANARY"), "CANARY"),
        (replace(WHOLE, problems=(replace(PROBLEM, code="x"),)), "sentence"),
        (replace(WHOLE, problems=(replace(PROBLEM, params={"found": "\x1b"}),)), "1 rows"),
    ],
)
def test_what_is_wrong_is_found(fuzz, tmp_path, monkeypatch, report, told) -> None:
    monkeypatch.setattr(fuzz, "read_file", lambda *_, **__: report)
    found = fuzz.faults(fuzz.Case("f.csv", "orders", b"123", ("CANARY",)), tmp_path)
    assert told in " ".join(found) if told else not found


def test_errors_slowness_and_memory_are_found(fuzz, tmp_path, monkeypatch) -> None:
    case = fuzz.Case("f.csv", "orders", b"123")

    def slow(*_, **__) -> ReadReport:
        end = time.process_time() + 0.2
        while time.process_time() < end:
            pass
        return WHOLE

    def large(*_, **__) -> ReadReport:
        assert len(bytearray(60 * 1024**2)) > 0
        return WHOLE

    def wrong(*_, **__) -> ReadReport:
        raise ZeroDivisionError("wrong")

    monkeypatch.setattr(fuzz, "MOST_SECONDS", 0.1)
    monkeypatch.setattr(fuzz, "MOST_MEGABYTES", 50)
    for reader, told in ((slow, " s"), (large, " MB"), (wrong, "ZeroDivisionError: wrong")):
        monkeypatch.setattr(fuzz, "read_file", reader)
        assert any(told in one for one in fuzz.faults(case, tmp_path))
