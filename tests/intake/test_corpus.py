"""Every entry of the shared corpus, and everything it expects: one test for each of its keys."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from toolkit.deliverables.request_workbook import request_workbook
from toolkit.diagnosis.request import RequestList
from toolkit.intake.case import load_case
from toolkit.intake.quarantine import quarantine_csv
from toolkit.intake.read import read_file
from toolkit.intake.report import ReadReport
from toolkit.intake.setting import make_setting
from toolkit.intake.table import SourceFile, Table, read_table
from toolkit.method import load_method
from toolkit.outline.request import request_page
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
BROKEN = ("error-with-location", "quarantined")

# The command in a process of its own; its peak memory is told by the system, after it is done.
COMMAND = """
import sys
place = sys.argv.pop(1)
from toolkit.cli import main
try:
    main()
finally:
    import resource
    usage = resource.getrusage(resource.RUSAGE_SELF)
    with open("/proc/self/status") as status, open(place, "w") as peak:
        kilobytes = next(line.split()[1] for line in status if line.startswith("VmHWM"))
        peak.write(f"{usage.ru_utime + usage.ru_stime} {int(kilobytes) / 1024}")
"""

# Every entry read by one process that hears of each file written and each program started.
WATCHED = """
import json, sys
from pathlib import Path
from toolkit.intake.read import read_file
from toolkit.method import load_method

heard, listening = [], False
TOLD = ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.mkdir", "os.link",
        "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.truncate", "shutil.", "socket.",
        "urllib.", "ctypes.dlopen", "webbrowser.", "pickle.find_class")

def hear(event, given):
    if not listening:
        return
    if event == "open":
        path, mode, flags = given
        if isinstance(flags, int) and flags & 0b11 and "__pycache__" not in str(path):
            heard.append(f"open {path}")
    elif event.startswith(TOLD):
        heard.append(event)

sys.addaudithook(hear)
method, told = load_method(), {}
for name, path, kind in json.load(sys.stdin):
    read_file(Path(path), kind, method=method)  # what is imported late is imported now
    heard, listening = [], True
    read_file(Path(path), kind, method=method)
    listening = False
    told[name] = heard
print(json.dumps(told))
"""


@lru_cache(maxsize=1)
def entries() -> tuple[dict[str, Any], ...]:
    manifest = CORPUS / "MANIFEST.json"
    if not manifest.is_file():
        return ()
    return tuple(json.loads(manifest.read_text(encoding="utf-8"))["entries"])


def named(identity: str) -> dict[str, Any]:
    return next(entry for entry in entries() if entry["id"] == identity)


def path_of(entry: Mapping[str, Any]) -> Path:
    return CORPUS / entry["file"]


@cache
def report_of(identity: str) -> ReadReport:
    entry = named(identity)
    return read_file(path_of(entry), KINDS[entry["kind"]], method=load_method(), as_of=RUN_DATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a command did in an empty folder: its seconds of CPU, peak memory, files made."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: float
    made: tuple[str, ...]


def run(folder: Path, *arguments: str) -> Run:
    """Run the command where both the folder and the home folder are empty."""
    keep = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    peak = folder.with_suffix(".peak")
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, str(peak), *arguments],
        cwd=folder,
        env={**keep, "HOME": str(folder), "TMPDIR": str(folder)},
        capture_output=True,
        timeout=600,
        check=False,
    )
    seconds, megabytes = map(float, peak.read_text().split())
    return Run(
        code=done.returncode,
        out=done.stdout.decode("utf-8"),
        err=done.stderr.decode("utf-8"),
        seconds=seconds,
        megabytes=megabytes,
        made=tuple(sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """An entry as this process reads it, and further ways to read it."""

    entry: Mapping[str, Any]
    run: Callable[[], Run]
    watched: Callable[[], list[str]]
    folder: Path

    @property
    def path(self) -> Path:
        return path_of(self.entry)

    @property
    def report(self) -> ReadReport:
        return report_of(self.entry["id"])

    @property
    def problems(self) -> list[dict[str, Any]]:
        return self.document("en")["problems"]

    def document(self, lang: str) -> dict[str, Any]:
        return self.report.to_dict(words(load_method(), lang))

    def table(self) -> Table:
        setting = make_setting(load_method(), self.path.parent, RUN_DATE)
        source = SourceFile(path=self.path, name=self.path.name)
        return read_table([source], setting.kinds[self.report.kind], setting)

    def cells(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.path.read_text(encoding="utf-8"))))

    def written(self) -> dict[str, Any]:
        """A profile as it was written, by the plainest reader of YAML."""
        return yaml.load(self.path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Run]:
    @cache
    def running(identity: str) -> Run:
        entry, folder = named(identity), tmp_path_factory.mktemp(identity)
        kind = KINDS[entry["kind"]]
        return run(folder, "read", str(path_of(entry)), "--kind", kind, "--json")

    return running


@pytest.fixture(scope="session")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], dict[str, list[str]]]:
    """What reading did besides reading, for every entry."""

    @cache
    def hearing() -> dict[str, list[str]]:
        folder = tmp_path_factory.mktemp("watched")
        asked = [(one["id"], str(path_of(one)), KINDS[one["kind"]]) for one in entries()]
        done = subprocess.run(
            [sys.executable, "-c", WATCHED],
            cwd=folder,
            env={**os.environ, "HOME": str(folder), "TMPDIR": str(folder)},
            input=json.dumps(asked).encode(),
            stdout=subprocess.PIPE,
            check=True,
        )
        assert not list(folder.iterdir())
        return dict(json.loads(done.stdout))

    return hearing


@pytest.fixture
def read(runs: Any, heard: Any, tmp_path: Path) -> Callable[[str], Read]:
    def reading(identity: str) -> Read:
        return Read(
            entry=named(identity),
            run=lambda: runs(identity),
            watched=lambda: heard()[identity],
            folder=tmp_path,
        )

    return reading


def outcome(one: Read, expected: str) -> None:
    report = one.report
    also = one.entry["expected"].get("accept_also", [])
    assert report.outcome in (expected, *([also] if isinstance(also, str) else also))
    assert bool(report.problems) == (report.outcome in BROKEN)
    assert bool(report.notes) or report.outcome != "accepted-after-normalisation"
    assert not report.notes or report.outcome != "accepted"


def count(name: str) -> Callable[[Read, int], None]:
    def check(one: Read, expected: int) -> None:
        assert getattr(one.report, name) == expected
        report = one.report
        fates = (report.rows_accepted, report.rows_quarantined)
        away = (report.rows_deduplicated, report.rows_dropped)
        assert sum(map(int, (*fates, *away))) == report.rows_total

    return check


def figure(name: str) -> Callable[[Read, float], None]:
    def check(one: Read, expected: float) -> None:
        assert one.document("ja")["figures"][name] == expected

    return check


def dates(one: Read, expected: list[str]) -> None:
    assert list(one.report.dates or ()) == expected


def accepted_rows(one: Read, expected: list[int]) -> None:
    assert list(one.report.accepted_rows or ()) == expected


def values(one: Read, expected: dict[str, str]) -> None:
    given = one.report.values or {}
    assert {key: given[key] for key in expected} == expected


def location(one: Read, expected: dict[str, Any]) -> None:
    assert set(expected) <= {"row", "column", "line", "line_any", "also_line"}
    place = {key: expected[key] for key in ("row", "column", "line") if key in expected}
    lines = expected.get("line_any", [problem["line"] for problem in one.problems])
    found = [p for p in one.problems if place.items() <= p.items() and p["line"] in lines]
    assert found
    for lang in LANGS:
        book = words(load_method(), lang)
        shown = [f"{place_text(p, book)} {problem_text(p, book)}" for p in one.report.problems]
        assert any(
            all(str(part) in text for part in (one.path.name, *place.values())) for text in shown
        )
    also = str(expected.get("also_line", ""))
    assert all(also in problem["message"] for problem in found)


def locations(one: Read, expected: list[list[Any]]) -> None:
    assert [[problem["row"], problem["column"]] for problem in one.problems] == expected


def warnings(one: Read, expected: list[str]) -> None:
    shown = one.document("ja")["warnings"]
    told = [
        f"{item['code']}:{item[key]}"
        for item in shown
        for key in ("count", "detail")
        if key in item
    ]
    assert set(expected) <= {item["code"] for item in shown} | set(told)


def code(one: Read, expected: str) -> None:
    assert expected in [problem["code"] for problem in one.problems]


def suggests(one: Read, expected: str) -> None:
    for lang in LANGS:
        problems = one.document(lang)["problems"]
        assert any(expected in problem["message"] + problem["fix"] for problem in problems)


def must_not_contain(one: Read, expected: list[str]) -> None:
    done = one.run()
    texts = [
        done.out,
        done.err,
        *(json.dumps(one.document(lang), ensure_ascii=False) for lang in LANGS),
    ]
    if one.report.kind not in ("profile", "clients") and not one.report.refused:
        texts.append(one.table().frame.drop(columns=["_file"]).to_csv())
    for text in texts:
        assert [word for word in expected if word in text] == []


def no_traceback(one: Read, expected: bool) -> None:
    done = one.run()
    assert "Traceback" not in done.out + done.err
    assert done.code == (1 if one.report.refused else 0)
    assert json.loads(done.out)["outcome"] == one.report.outcome


def max_seconds(one: Read, expected: float) -> None:
    assert one.run().seconds < expected


def max_rss_mb(one: Read, expected: float) -> None:
    assert one.run().megabytes < expected


def must_not_execute(one: Read, expected: bool) -> None:
    assert one.watched() == []


def must_not_create(one: Read, expected: list[str]) -> None:
    assert one.run().made == ()
    assert one.watched() == []
    assert not [name for name in expected if (one.path.parent / name).exists()]


def must_not_write_outside(one: Read, expected: bool) -> None:
    must_not_create(one, [])


def text_shown_verbatim(one: Read, expected: bool) -> None:
    if one.report.kind == "profile":
        roundtrip(one, expected)
        return
    frame, texts = one.table().frame, 0
    for name, column in (
        make_setting(load_method(), one.folder, RUN_DATE).kinds[one.report.kind].columns.items()
    ):
        if column.type == "text" and name in frame:
            shown = ["" if text != text else text for text in frame[name]]
            assert shown == [row[name] for row in one.cells()]
            texts += 1
    assert texts


def roundtrip(one: Read, expected: bool) -> None:
    document = json.loads(one.run().out)["values"]
    written = one.written()
    assert document["company_name"] == written["company_name"]
    assert document["client_id"] == written["client_id"]


def no_formula_cell(one: Read, expected: bool) -> None:
    """No cell is live in the side file, when the texts stand in rows that are refused, nor in
    the sheet that is sent to the client."""
    hostile = list(live_texts(one))
    assert hostile
    client = one.folder / "client"
    (client / "data").mkdir(parents=True)
    (client / "client.yaml").write_text("client_id: aoyama\ncompany_name: 青山\n", encoding="utf-8")
    rows = [["order_id", "customer_id", "order_date", "amount"], ["1", "c", "2026-01-01", "5"]]
    rows += [[text, text, text, text] for text in hostile]
    with (client / "data" / "orders.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    case = load_case(client, method=load_method(), as_of=RUN_DATE)
    assert len(case.quarantined) >= len(hostile)
    for text, lang in product(hostile, LANGS):
        frame = case.quarantined.assign(file=text, column=text)
        side = quarantine_csv(frame, load_method(), lang).decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(side)) for cell in row]
        assert text in "".join(cells)
        assert not [cell for cell in cells if cell.startswith(LIVE)]
    for text in hostile:
        request = RequestList(client=text, date="2026-10-31", items=(), refused=False)
        made = request_workbook(request_page(request, load_method(), "ja"))
        sheet = openpyxl.load_workbook(io.BytesIO(made)).active
        shown = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert any(text.strip() in str(cell.value) for cell in shown)
        assert {cell.data_type for cell in shown} <= {"s", "n", "d", "b"}


def live_texts(one: Read) -> set[str]:
    """The texts of an entry that a spreadsheet would take for formulas."""
    if one.report.kind == "profile":
        return {one.written()["company_name"]}
    return {cell for row in one.cells() for cell in row.values() if cell.startswith(LIVE)}


def batch(one: Read, expected: dict[str, int]) -> None:
    """A run over the list: who is done, who failed, and nobody's words with anybody else."""
    assert set(expected) == {"reports", "failed", "leaks", "exit"}
    one.folder.mkdir(exist_ok=True)
    home = one.folder / "home"
    home.mkdir()
    done = run(home, "batch", str(one.path), "--out", str(one.folder / "out"), "--formats", "html")
    assert done.code == expected["exit"]
    folders = [path for path in (one.folder / "out").iterdir() if path.is_dir()]
    reports = [path.name for path in folders if (path / "report.html").is_file()]
    failed = [path.name for path in folders if (path / "failure.json").is_file()]
    assert (len(reports), len(failed)) == (expected["reports"], expected["failed"])
    assert all(name in done.out + done.err for name in failed)
    leaks = [
        (folder.name, row["client_id"])
        for folder in folders
        for row in one.cells()
        for file in folder.rglob("*")
        if file.is_file() and row["client_id"] != folder.name
        if any(row[key].encode() in file.read_bytes() for key in ("company_name", "notes"))
    ]
    assert len(leaks) == expected["leaks"]
    own = {row["client_id"]: row["company_name"] for row in one.cells()}
    assert all(own[n] in (one.folder / "out" / n / "report.html").read_text() for n in reports)


CHECKS: dict[str, Callable[[Read, Any], None]] = {
    "outcome": outcome,
    **{name: count(name) for name in ("rows_total", "rows_accepted", "rows_quarantined")},
    "rows_deduplicated": count("rows_deduplicated"),
    **{name: figure(name) for name in ("amount_sum", "minutes_sum", "distinct_customers")},
    "dates": dates,
    "values": values,
    "location": location,
    "locations": locations,
    "accepted_rows": accepted_rows,
    "warnings": warnings,
    "code": code,
    "suggests": suggests,
    "must_not_contain": must_not_contain,
    "no_traceback": no_traceback,
    "max_seconds": max_seconds,
    "max_rss_mb": max_rss_mb,
    "must_not_execute": must_not_execute,
    "must_not_create": must_not_create,
    "must_not_write_outside": must_not_write_outside,
    "text_shown_verbatim": text_shown_verbatim,
    "roundtrip": roundtrip,
    "no_formula_cell": no_formula_cell,
    "batch": batch,
}
APART = ("accept_also",)  # widens what the outcome may be
SLOW = ("batch",)
EXPECTED = [
    pytest.param(
        entry["id"],
        key,
        id=f"{entry['id']}-{key}",
        marks=[pytest.mark.slow] if key in SLOW else [],
    )
    for entry in entries()
    for key in entry["expected"]
    if key not in APART
]


@pytest.mark.parametrize(("identity", "key"), EXPECTED)
def test_what_the_manifest_expects(read: Callable[[str], Read], identity: str, key: str) -> None:
    one = read(identity)
    assert key in CHECKS, "a key of the manifest that no test looks at"
    CHECKS[key](one, one.entry["expected"][key])


def test_the_corpus_is_whole_and_every_check_is_used(shared: Path) -> None:
    given = json.loads((shared / "corpus" / "MANIFEST.json").read_text(encoding="utf-8"))
    for entry in given["entries"]:
        data = (shared / "corpus" / entry["file"]).read_bytes()
        assert len(data) == entry["bytes"]
        assert hashlib.sha256(data).hexdigest().startswith(entry["sha256"])
        assert entry["kind"] in KINDS
    asked = {key for entry in given["entries"] for key in entry["expected"]} - set(APART)
    assert asked == set(CHECKS)
    assert {entry["expected"]["outcome"] for entry in given["entries"]} <= set(given["outcomes"])


@pytest.mark.parametrize("identity", [entry["id"] for entry in entries()])
def test_reading_does_nothing_but_read(read: Callable[[str], Read], identity: str) -> None:
    assert read(identity).watched() == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("identity", [entry["id"] for entry in entries()])
def test_every_message_is_a_sentence(read: Callable[[str], Read], identity: str, lang: str) -> None:
    document = read(identity).document(lang)
    told = [problem["message"] for problem in document["problems"]]
    told += [problem["fix"] for problem in document["problems"]]
    told += [note["message"] for note in (*document["notes"], *document["warnings"])]
    for text in told:
        assert text.endswith("。" if lang == "ja" else (".", ")")), text
        assert "{" not in text.replace("{client.__class__}", ""), text
        assert not text.startswith("errors."), text
    assert document["kind"]
    assert document["outcome"]
