"""Batches of twelve small clients that are disturbed, and what must hold after each."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
NAMES = tuple(f"c{number:02}" for number in range(12))
AS_OF = "2026-10-01"
WELL = ("done", "unchanged")
CELL = """
import json, os
from pathlib import Path

folder = Path(client)
fault = Path(os.environ["FAULTS_HOME"], f"{folder.name}.py")
if fault.exists():
    exec(compile(fault.read_text(encoding="utf-8"), fault.name, "exec"))
orders = (folder / "data" / "orders.csv").read_text(encoding="utf-8")
late = Path(os.environ["FAULTS_HOME"], f"{folder.name}.late.py")
if late.exists():
    exec(compile(late.read_text(encoding="utf-8"), late.name, "exec"))
document = json.loads(Path(os.environ["FAULTS_HOME"], "diagnosis.json").read_text("utf-8"))
document["client"].update(client_id=folder.name, company_name=f"商店{folder.name}")
made = Path(out)
(made / "diagnosis.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
(made / "evidence").mkdir()
(made / "evidence" / "orders.csv").write_text(orders, encoding="utf-8")
"""
WAIT = """
import os, time
from pathlib import Path

home = Path(os.environ["FAULTS_HOME"])
(home / "part").write_text(str(os.getpid()))
os.replace(home / "part", home / "reached")
while not (home / "go").exists():
    time.sleep(0.01)
"""
"""A client that says it has been reached, by its process id, and waits to be let go."""
PATIENCE = 2400
"""How many looks, a twentieth of a second apart, before something expected is given up."""


def until(found):
    """Look until something is there."""
    for _ in range(PATIENCE):
        seen = found()
        if seen:
            return seen
        time.sleep(0.05)
    raise AssertionError("what was waited for never came")


def orders(name):
    rows = "".join(
        f"{name}-{n},C{n % 9},2026-0{1 + n % 6}-{1 + n % 27:02},{1000 + 37 * n}\n"
        for n in range(40)
    )
    return f"order_id,customer_id,order_date,amount\n{rows}"


def make_clients(folder, names=NAMES):
    for name in names:
        (folder / name / "data").mkdir(parents=True)
        text = f"client_id: {name}\ncompany_name: 商店{name}\n"
        (folder / name / "client.yaml").write_text(text, encoding="utf-8")
        (folder / name / "data" / "orders.csv").write_text(orders(name), encoding="utf-8")
    return folder


def make_notebook(path):
    names = ("client", "diagnosis", "out", "lang", "as_of", "method", "theme")
    cells = [
        ("settings", ["parameters"], "\n".join(f'{name} = ""' for name in names)),
        ("made", [], CELL),
    ]
    document = {
        "cells": [
            {
                "cell_type": "code",
                "id": name,
                "metadata": {"tags": tags},
                "source": source,
                "outputs": [],
                "execution_count": None,
            }
            for name, tags, source in cells
        ],
        "metadata": {"kernelspec": {"display_name": "", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


class Batch:
    """One output folder, the clients, and the faults planted in some of them."""

    def __init__(self, base, clients, notebook, diagnosis):
        self.out, self.home, self.clients = base / "out", base / "faults", clients
        self.temporary = base / "temporary"
        for folder in (self.home, self.temporary):
            folder.mkdir()
        shutil.copy(diagnosis, self.home / "diagnosis.json")
        self.token = f"FAULTS_RUN={base}"
        self.environment = {
            **os.environ,
            "FAULTS_RUN": str(base),
            "FAULTS_HOME": str(self.home),
            "FAULTS_NOTEBOOK": str(notebook),
            "TMPDIR": str(self.temporary),
        }

    def plant(self, name, source, late=False):
        """Let a client run some code before it reads its orders, or after."""
        ending = ".late.py" if late else ".py"
        (self.home / f"{name}{ending}").write_text(source, encoding="utf-8")

    def plant_full(self, name, kind, nth):
        """Let a call of a client's process fail."""
        source = f"import sys\nsys.path.insert(0, {str(HERE)!r})\nimport failing\n"
        self.plant(name, f"{source}failing.fail({kind!r}, {nth})\n")

    def heal(self):
        """Take all faults away."""
        for path in (*self.home.glob("*.py"), self.home / "reached", self.home / "go"):
            path.unlink(missing_ok=True)

    def start(self, *more, out=None, before=(), parent="", limit=None):
        """Begin a batch; ``before`` stands before its command line."""
        command = [*before, sys.executable, str(HERE / "driver.py"), "batch", str(self.clients)]
        given = ["--out", str(out or self.out), "--as-of", AS_OF, "--formats", "ipynb"]
        return subprocess.Popen(
            [*command, *given, "--jobs", "3", "--lang", "en", *more],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**self.environment, "FAULTS_PARENT": parent},
            start_new_session=True,
            preexec_fn=limit,
        )

    def run(self, *more, **how):
        """A batch to its end: exit code and what was on the screen."""
        return self.ended(self.start(*more, **how))

    def ended(self, process):
        """The end of a batch, which leaves no process and no traceback."""
        screen, _ = process.communicate()
        assert "Traceback" not in screen
        until(lambda: not self.processes())
        return process.returncode, screen

    def reached(self):
        """The process of the client that waits."""
        path = self.home / "reached"
        until(path.exists)
        return int(path.read_text())

    def let_go(self):
        (self.home / "go").touch()

    def processes(self, part=""):
        """Processes of this batch that live, by what their command line says."""
        return [
            pid
            for pid in _pids()
            if self.token in _told(pid, "environ") and part in _told(pid, "cmdline")
        ]

    def nursery(self):
        """The warm parent, which is older than those it has forked."""
        return min(self.processes("toolkit.batch.nursery"))

    def outcomes(self):
        listed = json.loads((self.out / "outcomes.json").read_text(encoding="utf-8"))
        assert sorted(one["client_id"] for one in listed) == sorted(
            path.name for path in self.clients.iterdir()
        )
        return {one["client_id"]: one for one in listed}

    def check(self, code):
        """What holds after every end: all accounted for, exit 0 only if all are done."""
        found = self.outcomes()
        well = all(one["status"] in WELL for one in found.values())
        assert (code == 0) == well
        assert all(one["reason"] for one in found.values() if one["status"] not in WELL)
        self.check_files()
        assert not list(self.out.glob(".staging-*"))
        return {name: one["status"] for name, one in found.items()}

    def check_files(self):
        """Whatever stands at its final place is whole and fits its manifest."""
        for folder in (path for path in self.out.glob("c*") if path.is_dir()):
            manifest = folder / "manifest.json"
            if not manifest.exists():
                assert not (folder / "diagnosis.json").exists()
                continue
            files = json.loads(manifest.read_text(encoding="utf-8"))["files"]
            assert files
            for name, digest in files.items():
                assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
            there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
            assert there - {"failure.json"} == {*files, "manifest.json"}

    def tree(self):
        """All that stands in the clients' folders."""
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for folder in self.out.glob("c*")
            for path in folder.rglob("*")
            if path.is_file()
        }

    def resume(self, *more):
        """The same command again, undisturbed, makes the rest."""
        self.heal()
        code, screen = self.run(*more)
        assert code == 0, screen
        self.check(code)
        return self.tree()


def _pids():
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _told(pid, what):
    try:
        if what == "environ" and _state(pid) == "Z":
            return ""
        return Path(f"/proc/{pid}/{what}").read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def _state(pid):
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


@pytest.fixture(scope="session")
def material(tmp_path_factory):
    """Clients, notebook and a diagnosis to copy from, the same for all batches."""
    base = tmp_path_factory.mktemp("faults")
    clients = make_clients(base / "clients")
    import toolkit as tk

    tk.diagnose(clients / NAMES[0], as_of=AS_OF).save(base / "saved")
    return clients, make_notebook(base / "light.ipynb"), base / "saved" / "diagnosis.json"


@pytest.fixture(scope="session")
def undisturbed(material, tmp_path_factory):
    """What the clients' folders hold after a batch that nothing befell."""
    batch = Batch(tmp_path_factory.mktemp("undisturbed"), *material)
    code, screen = batch.run()
    assert code == 0, screen
    assert set(batch.check(code).values()) == {"done"}
    return batch.tree()


@pytest.fixture
def batch(material, tmp_path):
    """A batch that is to be disturbed; nothing of it outlives the test."""
    made = Batch(tmp_path, *material)
    yield made
    for pid in made.processes():
        os.kill(pid, signal.SIGKILL)


@pytest.fixture
def batch_of(material, tmp_path):
    """A batch over clients of its own, which a test may change, or more of them."""

    def make(names=NAMES):
        clients = make_clients(tmp_path / "clients", names)
        base = tmp_path / "batch"
        base.mkdir()
        return Batch(base, clients, *material[1:])

    return make


@pytest.fixture(scope="session")
def waiting():
    return WAIT


@pytest.fixture(scope="session")
def wait_until():
    return until
