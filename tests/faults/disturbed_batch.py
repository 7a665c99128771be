"""A batch of the command line that faults befall, and what must hold after each."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

from living_processes import pids, told, until
from twelve_clients import AS_OF

HERE = Path(__file__).resolve().parent
WELL = ("done", "unchanged")


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
        told = self.home / f"{name}.met"
        self.plant(name, f"{source}failing.fail({kind!r}, {nth}, {str(told)!r})\n")

    def heal(self):
        """Take all faults away."""
        for pattern in ("*.py", "reached-*", "go-*", "*.met"):
            for path in self.home.glob(pattern):
                path.unlink()

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
        if process.returncode >= 0:
            assert not list(self.temporary.iterdir())
        return process.returncode, screen

    def reached(self, name):
        """The process of a client that waits."""
        path = self.home / f"reached-{name}"
        until(path.exists)
        return int(path.read_text())

    def let_go(self, name):
        """The client that waits goes on."""
        (self.home / f"go-{name}").touch()

    def processes(self, part=""):
        """Processes of this batch that live, by what their command line says."""
        return [
            pid
            for pid in pids()
            if self.token in told(pid, "environ") and part in told(pid, "cmdline")
        ]

    def nursery(self):
        """The warm parent, which is older than those it has forked."""
        return min(self.processes("toolkit.batch.nursery"))

    def forked(self):
        """The clients' processes, which the warm parent has forked."""
        return sorted(self.processes("toolkit.batch.nursery"))[1:]

    def outcomes(self):
        """What outcomes.json says, by client: every one of them."""
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
        self.check_journal(name for name, one in found.items() if one["status"] == "done")
        scraps = [path.name for path in self.out.rglob(".*") if path.name != ".ledger"]
        assert not scraps
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
            there = {
                path.relative_to(folder).as_posix()
                for path in folder.rglob("*")
                if path.is_file() and not path.name.startswith(".failure.json.")
            }
            assert there - {"failure.json"} == {*files, "manifest.json"}

    def journal(self, query, *given):
        """Rows of the ledger."""
        with contextlib.closing(sqlite3.connect(self.out / ".ledger" / "ledger.sqlite")) as db:
            return db.execute(query, given).fetchall()

    def check_journal(self, done):
        """Nothing is said to run; each report made was written down under its very key."""
        assert not self.journal("SELECT * FROM attempts WHERE state = 'running'")
        for name in done:
            manifest = json.loads((self.out / name / "manifest.json").read_text(encoding="utf-8"))
            assert self.journal(
                "SELECT 1 FROM attempts WHERE client_id = ? AND input_key = ? AND state = 'done'",
                name,
                manifest["key"],
            )

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
