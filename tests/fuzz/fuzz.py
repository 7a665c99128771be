"""Spoiled files by the thousand: each is read, or refused in words, within bounds.

    python tests/fuzz/fuzz.py [--n 50000] [--seed 1] [--jobs 2] [--only NUMBER]

Prints the seed, and for each fault the number of the case and where its file was put. A case
depends on seed and number alone.
"""

from __future__ import annotations

import argparse
import csv
import faulthandler
import io
import json
import os
import random
import re
import runpy
import subprocess
import sys
import tempfile
import time
import tomllib
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import category

from toolkit.errors import InputError, UsageError
from toolkit.intake.case import load_case
from toolkit.intake.mappings.columns import Column, table_kinds
from toolkit.intake.read import read_file
from toolkit.intake.report import ReadReport
from toolkit.method import load_method
from toolkit.store import to_json
from toolkit.words import words

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILD = ROOT / "build" / "fuzz"
RUN_DATE = date(2026, 11, 22)
MOST_SECONDS, MOST_MEGABYTES, HUNG_SECONDS = 5.0, 500, 60
LARGEST_SEED = 6_000
FORMS = (*["text"] * 10, *["yaml"] * 6, *["book"] * 2, *["binary"] * 2)
CHUNK = 500
BROKEN, QUARANTINED = "error-with-location", "quarantined"
SHIPPED_KINDS = {
    "アクセス": "traffic",
    "受注明細": "orders",
    "商品マスタ": "products",
    "問合せ台帳": "contacts",
    "在庫": "stock",
    "売掛金一覧": "receivables",
    "広告費": "ad_spend",
    "案件別原価": "jobs",
    "業務の流れ": "journey",
    "業務ログ": "events",
    "決算": "accounts",
    "得意先台帳": "customers",
    "見積一覧": "leads",
    "販促": "promotions",
    "費用": "costs",
    "費用一覧": "costs",
    "資金繰り表": "cash_plan",
    "顧客台帳": "customers",
}
CORPUS_KINDS = {"orders-xlsx": "orders", "client-list": "clients"}
CANARIES = {"o41": ("CANARY", "090-1234-", "canary"), "c02": ("CANARY",)}
PROFILE = "client_id: aoyama\ncompany_name: 青山商店\n"
FATES = ("accepted", "quarantined", "deduplicated", "dropped")
MUTATIONS = runpy.run_path(str(HERE / "mutations.py"))


class Seed(NamedTuple):
    """A whole file: its name, the kind of table it is, the form it has."""

    name: str
    kind: str
    form: str
    data: bytes


class Case(NamedTuple):
    """A spoiled file, what it is read as, and words that must not come out."""

    name: str
    kind: str
    data: bytes
    secret: tuple[str, ...] = ()


@cache
def seeds() -> tuple[Seed, ...]:
    """The files that are spoiled: shipped ones, exports, made ones, the corpus where it is."""
    found = (*_corpus(), *_exports(), *_shipped(), *_made())
    return tuple(
        one._replace(data=one.data[:LARGEST_SEED]) if one.form in ("text", "yaml") else one
        for one in found
    )


def _corpus() -> Iterator[Seed]:
    shared = Path(os.environ.get("TOOLKIT_TEST_DATA") or ROOT.parent / "shared") / "corpus"
    if not (shared / "MANIFEST.json").is_file():
        return
    for entry in json.loads((shared / "MANIFEST.json").read_text(encoding="utf-8"))["entries"]:
        path = shared / entry["file"]
        kind = CORPUS_KINDS.get(entry["kind"], entry["kind"])
        yield Seed(path.name, kind, _form(path.name), path.read_bytes())


def _exports() -> Iterator[Seed]:
    folder = ROOT / "tests" / "intake" / "adapters"
    for path in sorted(folder.glob("fixtures/*/*")):
        told = folder / "expected" / f"{path.parent.name}.toml"
        kind = tomllib.loads(told.read_text(encoding="utf-8")).get("table", "orders")
        yield Seed(path.name, kind, "text", path.read_bytes())


def _shipped() -> Iterator[Seed]:
    for path in sorted((ROOT / "datasets").glob("*/data/*.csv")):
        if path.stat().st_size < 100_000:
            kind = SHIPPED_KINDS.get(path.stem.split("_")[0], path.stem)
            yield Seed(path.name, kind, "text", path.read_bytes())
    for path in sorted((ROOT / "datasets").glob("*/client.yaml")):
        yield Seed(path.name, "profile", "yaml", path.read_bytes())
    for path in sorted((ROOT / "datasets").glob("*/mappings/*.toml")):
        yield Seed(path.name, "mapping", "text", path.read_bytes())


def _made() -> Iterator[Seed]:
    """A table of each kind with every column filled, as text, as a book and as Parquet."""
    for kind in table_kinds(load_method()).values():
        rows = [[_cell(column, number) for column in kind.columns.values()] for number in range(9)]
        table = [list(kind.columns), *rows]
        yield Seed(f"{kind.name}.csv", kind.name, "text", _as_text(table))
        yield Seed(f"{kind.name}.xlsx", kind.name, "book", _as_book(table))
        yield Seed(f"{kind.name}.parquet", kind.name, "binary", _as_parquet(table))


def _cell(column: Column, number: int) -> str:
    by_type = {
        "date": f"2024-0{number % 9 + 1}-1{number}",
        "month": f"2024-0{number % 9 + 1}",
        "year": f"20{number + 10}",
        "flag": ("yes", "no")[number % 2],
        "choice": (*column.choices, "")[0],
    }
    number_like = column.type in ("money", "number", "minutes")
    return by_type.get(
        column.type, str(number * 10 + 1 if number_like else f"{column.name}{number}")
    )


def _as_text(table: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(table)
    return text.getvalue().encode()


def _as_book(table: list[list[str]]) -> bytes:
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})
        day = book.add_format({"num_format": "yyyy/m/d"})
        sheet = book.add_worksheet()
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                if cell.count("-") == 2:
                    sheet.write_datetime(row, column, datetime.fromisoformat(cell), day)
                else:
                    sheet.write(row, column, float(cell) if cell.isdigit() else cell)
    return made.getvalue()


def _as_parquet(table: list[list[str]]) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    columns = {
        name: [int(cell) if cell.isdigit() else cell for cell in cells]
        for name, *cells in zip(*table, strict=True)
    }
    made = io.BytesIO()
    parquet.write_table(pa.table(columns), made)
    return made.getvalue()


def _form(name: str) -> str:
    return {".yaml": "yaml", ".xlsx": "book"}.get(Path(name).suffix, "text")


def case_of(seed: int, number: int) -> Case:
    """One case; some files are read as another kind, some only have their lines moved."""
    chance = random.Random(f"{seed}:{number}")
    form = chance.choice(FORMS)
    one = chance.choice([one for one in seeds() if one.form == form])
    if one.name[:3] in CANARIES and chance.random() < 0.8:
        data = MUTATIONS["rearranged"](one.data, chance)
        return Case(one.name, one.kind, data, CANARIES[one.name[:3]])
    data = MUTATIONS["mutated"](one.data, one.form, chance)
    kind = one.kind
    if chance.random() < 0.04 and kind != "mapping":
        kind = chance.choice([*table_kinds(load_method()), "profile", "clients"])
    return Case(one.name, kind, data)


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
