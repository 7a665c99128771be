"""Everything but the warm parent is there where fork, fcntl, resource and their like are not."""

from __future__ import annotations

import subprocess
import sys

import pytest

AS_ON_WINDOWS = """
import os, sys, types
GONE = ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "posix_ipc", "syslog")
for name in ("requests", "jupyter_client", "papermill", "IPython"):
    __import__(name)  # what libraries do is theirs: they are loaded as on this system
for name in [*sys.modules]:
    if name == "toolkit" or name.startswith("toolkit."):
        del sys.modules[name]
for name in GONE:
    sys.modules[name] = None
locked = []
msvcrt = sys.modules["msvcrt"] = types.ModuleType("msvcrt")
msvcrt.LK_NBLCK = 2
msvcrt.locking = lambda handle, mode, size: locked.append((mode, size))
for name in ("fork", "setsid", "killpg", "getpgid", "geteuid", "getuid", "sched_getaffinity",
             "sysconf", "waitpid", "WNOHANG", "set_blocking"):
    delattr(os, name) if hasattr(os, name) else None
import signal
for name in ("SIGHUP", "SIGCHLD", "SIGKILL", "SIGPIPE"):
    delattr(signal, name)
sys.platform = "win32"
"""


def run(code, cwd):
    return subprocess.run(
        [sys.executable, "-c", AS_ON_WINDOWS + code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        check=False,
    )


def test_all_but_the_warm_parent_can_be_imported(tmp_path):
    code = """
import importlib, pkgutil
import toolkit
found = [one.name for one in pkgutil.walk_packages(toolkit.__path__, "toolkit.")]
for name in found:
    if name not in ("toolkit.__main__", "toolkit.batch.nursery"):
        importlib.import_module(name)
print(len(found))
"""
    done = run(code, tmp_path)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 500


def test_locks_limits_and_signals_do_without(tmp_path):
    code = """
from pathlib import Path
from toolkit.lock import locked as lock
from toolkit.batch import confine
from toolkit.batch.supervise import Stop, heeding
from toolkit.commands.jupyter import _is_root
with lock(Path("out"), "batch"):
    assert locked == [(2, 1)]
confine.limit_memory(100)
confine.die_with_parent(-1)
confine.usual_signals()
with heeding(Stop()):
    pass
assert not _is_root()
"""
    done = run(code, tmp_path)
    assert done.returncode == 0, done.stderr


def test_workers_are_the_usual_engine_and_the_warm_one_is_refused_in_words(tmp_path):
    code = """
from toolkit.batch.crew import engine_of
from toolkit.errors import UsageError
from toolkit.words import error_text, screen_words
assert engine_of(None) == "spawn"
try:
    engine_of("warm")
except UsageError as error:
    assert error.exit_code == 2
    print(error_text(error, screen_words("en")))
"""
    done = run(code, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "--engine spawn" in done.stdout


@pytest.mark.parametrize("many", [0, 1, 5])
def test_a_server_is_waited_for_in_steps(monkeypatch, many):
    """Ctrl-C is heard between them: Windows does not interrupt one long wait."""
    from toolkit.commands import jupyter

    asked = []

    class Process:
        def wait(self, timeout=None):
            asked.append(timeout)
            if len(asked) <= many:
                raise subprocess.TimeoutExpired("jupyter", timeout)
            return 7

    assert jupyter._ended(Process()) == 7
    assert len(asked) == many + 1
    assert all(timeout is not None and timeout <= 1 for timeout in asked)
