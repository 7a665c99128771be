"""Every entry of the shared corpus, and everything it expects: one test for each of its keys."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from toolkit.deliverables.count_workbook import About, count_workbook
from toolkit.intake.case import load_case
from toolkit.intake.quarantine import quarantine_csv
from toolkit.intake.read import read_file
from toolkit.intake.report import ReadReport
from toolkit.intake.setting import make_setting
from toolkit.intake.table import SourceFile, Table, read_table
from toolkit.measures.customer_count import customer_count, delivered
from toolkit.measures.summaries import summarise
from toolkit.method import load_method
from toolkit.words import place_text, problem_text, words

SHARED = Path(os.environ.get("TOOLKIT_TEST_DATA") or Path(__file__).parents[2].parent / "shared")
CORPUS = SHARED / "corpus"
KINDS = {
    "orders": "orders",
    "orders-xlsx": "orders",
    "journey": "journey",
    "profile": "profile",
    "client-list": "clients",
}
RUN_DATE = date(2026, 11, 22)
LANGS = ("ja", "en")
LIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
MEGABYTE = 1024 * (1 if sys.platform == "linux" else 1024)  # of ru_maxrss
RUN = [sys.executable, "-c", "from toolkit.cli import main; main()"]
COUNTS = ("rows_total", "rows_accepted", "rows_quarantined", "rows_deduplicated")
FIGURES = ("amount_sum", "minutes_sum", "distinct_customers")


@lru_cache(maxsize=1)
def entries() -> tuple[dict[str, Any], ...]:
    manifest = CORPUS / "MANIFEST.json"
    if not manifest.is_file():
        return ()
    return tuple(json.loads(manifest.read_text(encoding="utf-8"))["entries"])


def path_of(entry: Mapping[str, Any]) -> Path:
    return CORPUS / entry["file"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a fresh process did that read an entry."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: float
    made: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """An entry as read in this process, and ways to read it otherwise."""

    entry: Mapping[str, Any]
    report: ReadReport
    documents: Mapping[str, dict[str, Any]]
    run: Callable[[], Run]
    folder: Path

    @property
    def expected(self) -> Mapping[str, Any]:
        return self.entry["expected"]

    @property
    def path(self) -> Path:
        return path_of(self.entry)

    @property
    def problems(self) -> list[dict[str, Any]]:
        return self.documents["en"]["problems"]

    def table(self) -> Table:
        method = load_method()
        setting = make_setting(method, self.path.parent, RUN_DATE)
        source = SourceFile(path=self.path, name=self.path.name)
        return read_table([source], setting.kinds[self.report.kind], setting)


@lru_cache(maxsize=None)
def report_of(identity: str) -> ReadReport:
    entry = next(one for one in entries() if one["id"] == identity)
    return read_file(path_of(entry), KINDS[entry["kind"]], method=load_method(), as_of=RUN_DATE)


@pytest.fixture(scope="session")
def run_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Run]:
    """Read an entry with the command, in an empty folder that is the home folder as well."""

    @lru_cache(maxsize=None)
    def run(identity: str) -> Run:
        entry = next(one for one in entries() if one["id"] == identity)
        folder = tmp_path_factory.mktemp(identity)
        command = [*RUN, "read", str(path_of(entry)), "--kind", KINDS[entry["kind"]], "--json"]
        return started(command, folder)

    return run


def started(command: list[str], folder: Path, timeout: float = 120) -> Run:
    """Run a command whose folder and home are empty; CPU seconds and memory are its own."""
    keep = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "TZ") if name in os.environ}
    out, err = folder.with_suffix(".out"), folder.with_suffix(".err")
    with out.open("wb") as stdout, err.open("wb") as stderr:
        child = subprocess.Popen(
            command,
            cwd=folder,
            env={**keep, "HOME": str(folder), "TMPDIR": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
        )
        usage = waited(child, timeout)
    return Run(
        code=child.returncode,
        out=out.read_text(encoding="utf-8"),
        err=err.read_text(encoding="utf-8"),
        seconds=usage.ru_utime + usage.ru_stime,
        megabytes=usage.ru_maxrss / 1024 / MEGABYTE * 1024 / 1024 * 1024
        if MEGABYTE != 1024
        else usage.ru_maxrss / 1024,
        made=tuple(sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))),
    )


def waited(child: subprocess.Popen[bytes], timeout: float) -> resource.struct_rusage:
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        if pid:
            child.returncode = os.waitstatus_to_exitcode(status)
            return usage
        time.sleep(0.02)
    child.kill()
    child.wait()
    raise AssertionError(f"still running after {timeout} s")


@pytest.fixture
def read(run_of: Callable[[str], Run], tmp_path: Path) -> Callable[[Mapping[str, Any]], Read]:
    method = load_method()

    def reading(entry: Mapping[str, Any]) -> Read:
        report = report_of(entry["id"])
        return Read(
            entry=entry,
            report=report,
            documents={lang: report.to_dict(words(method, lang)) for lang in LANGS},
            run=lambda: run_of(entry["id"]),
            folder=tmp_path,
        )

    return reading
