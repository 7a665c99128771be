"""Nothing of one client in anything of another, and nothing of a person in anything at all."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from leak_canaries import NAMES, Canary, make
from leak_search import files, found_in

pytestmark = pytest.mark.slow
LONG = pytest.mark.skipif(not os.environ.get("TOOLKIT_TEST_LONG"), reason="make faults")
"""More clients, engines and formats than every run needs."""
PASSWORD = "pw-P99wJ-鱸"
ALL = "html,pdf,pptx,xlsx,csv,ipynb"


@dataclass(frozen=True, slots=True)
class Made:
    """A batch that has been run: whose folder is whose, all that it wrote and told."""

    base: Path
    owners: dict[str, Canary]
    told: bytes

    @property
    def out(self) -> Path:
        return self.base / "out"


def run(base: Path, clients: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """A batch with a home, a temporary folder and a working folder of its own."""
    places = {name: base / name.lower() for name in ("HOME", "TMPDIR", "MPLCONFIGDIR", "CWD")}
    for place in places.values():
        place.mkdir(parents=True)
    command = [sys.executable, "-m", "toolkit", "batch", str(clients)]
    command += ["--out", str(base / "out"), "--as-of", "2026-10-01", *arguments]
    return subprocess.run(
        command,
        cwd=places.pop("CWD"),
        env={
            **os.environ,
            **{name: str(place) for name, place in places.items()},
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "TOOLKIT_DB_PASSWORD": PASSWORD,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


def batch(base: Path, names: list[str], *arguments: str, broken: tuple[int, ...] = ()) -> Made:
    owners = {name: Canary(n) for n, name in enumerate(names)}
    for name, canary in owners.items():
        make(base / "clients" / name, canary, broken=canary.at in broken)
    done = run(base, base / "clients", *arguments)
    assert done.returncode == (1 if broken else 0), (done.stdout + done.stderr).decode()
    return Made(base, owners, done.stdout + done.stderr)


def check(made: Made) -> None:
    """The matrix: every file of every client for the words of every other."""
    reports = [made.out / name for name in made.owners if (made.out / name).is_dir()]
    assert reports
    leaks = []
    for folder in reports:
        own = made.owners[folder.name]
        others = [text for one in made.owners.values() if one != own for text in one.public]
        for path in files(folder):
            leaks += [(folder.name, path.name, text) for text in found_in(path, others)]
    assert leaks == []
    check_lists(made)
    check_persons(made)


def check_lists(made: Made) -> None:
    """A row of a list tells of its own client only."""
    for path in made.out.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        for row in re.findall(r"<tr[^>]*data-client-id=.*?</tr>", text, re.DOTALL):
            named = re.search(r'data-client-id="([^"]+)"', row)
            assert named
            others = [one for name, one in made.owners.items() if name != named[1]]
            assert not [t for one in others for t in one.public if t in row], path.name
    for path in made.out.glob("outcomes.csv"):
        for line in path.read_text(encoding="utf-8").splitlines():
            inside = {one.at for one in made.owners.values() for t in one.public if t in line}
            assert len(inside) <= 1


def check_persons(made: Made) -> None:
    """Not in reports, lists, ledger, caches, temporary folders, nor on the screen."""
    private = [text for one in made.owners.values() for text in one.private]
    private += [PASSWORD, "P99wJ"]
    written = [path for path in files(made.base) if made.base / "clients" not in path.parents]
    assert any(path.parent.name == ".ledger" for path in written)
    leaks = [(str(path.relative_to(made.base)), found_in(path, private)) for path in written]
    assert [one for one in leaks if one[1]] == []
    assert not [text for text in private if text.encode() in made.told]
    assert not [str(path) for path in written for text in private if text in path.name]
    assert files(made.base / "tmpdir") == []


def shows(made: Made, endings: tuple[str, ...]) -> None:
    """The search finds what is there: each client's own words in each of its formats."""
    for name, own in made.owners.items():
        for ending in endings:
            held = [path for path in files(made.out / name) if path.name.endswith(ending)]
            assert any(found_in(path, own.public) for path in held), (name, ending)


def test_two_clients(tmp_path):
    """One good, one whose file breaks off; the search finds each client's own words."""
    names = NAMES["mixed"][:2]
    made = batch(tmp_path, names, "--formats", "html,xlsx,ipynb", "--jobs", "1", broken=(1,))
    check(made)
    del made.owners[names[1]]
    shows(made, (".html", ".ipynb", ".json", ".xlsx"))


@LONG
def test_every_format_of_three(tmp_path):
    made = batch(tmp_path, NAMES["falling"][:3], "--formats", ALL, "--engine", "warm")
    check(made)
    shows(made, (".html", ".ipynb", ".json", ".csv", ".xlsx", ".pptx", ".pdf"))


@LONG
@pytest.mark.parametrize("order", NAMES)
@pytest.mark.parametrize(
    ("engine", "jobs", "formats"),
    [
        ("warm", "2", ALL),
        ("spawn", "1", ALL),
        ("nbclient", "2", "html,xlsx,csv,ipynb"),
    ],
)
def test_twelve_by_twelve(tmp_path, order, engine, jobs, formats):
    """Forks of a warm parent, one warm worker for all, and a cold kernel each; one is broken."""
    made = batch(
        tmp_path,
        NAMES[order],
        *("--formats", formats, "--engine", engine, "--jobs", jobs),
        broken=(3,),
    )
    check(made)
    failed = {name for name, one in made.owners.items() if one.at == 3}
    assert {n for n in made.owners if not (made.out / n / "report.html").is_file()} == failed
    assert all((made.out / name / "failure.json").is_file() for name in failed)


@LONG
def test_the_list_of_canaries(tmp_path, test_data):
    """Of the shared list: so many reports, so many named, each canary with its own client."""
    corpus = test_data / "corpus"
    manifest = json.loads((corpus / "MANIFEST.json").read_text(encoding="utf-8"))
    (entry,) = [one for one in manifest["entries"] if one["id"] == "c02_leak_canaries"]
    expected = entry["expected"]["batch"]
    done = run(tmp_path, corpus / entry["file"], "--formats", ALL)
    assert done.returncode == expected["exit"], done.stdout.decode()
    out = tmp_path / "out"
    listed = json.loads((out / "outcomes.json").read_text(encoding="utf-8"))
    statuses = {one["client_id"]: one["status"] for one in listed}
    assert list(statuses.values()).count("done") == expected["reports"]
    assert list(statuses.values()).count("refused") == expected["failed"]
    canaries = {name: [f"CANARY-{name[1:]}", f"CANARYNOTE{name[1:]}"] for name in statuses}
    leaks = []
    for name, status in statuses.items():
        others = [text for one, texts in canaries.items() if one != name for text in texts]
        held = files(out / name)
        leaks += [(name, path.name) for path in held if found_in(path, others)]
        if status == "done":
            assert any(found_in(path, canaries[name]) for path in held), name
    assert len(leaks) == expected["leaks"], leaks
    assert files(tmp_path / "tmpdir") == []
