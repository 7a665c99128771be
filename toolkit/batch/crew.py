"""Who does the work of a batch: forks of a warm parent, warm workers, or a kernel a client.

Each takes tasks by number and puts what happens into one queue, as ``Event``s.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import Any, Literal, Protocol

from toolkit.errors import UsageError

WARM, SPAWN, NBCLIENT = "warm", "spawn", "nbclient"
ENGINES = (WARM, SPAWN, NBCLIENT)
CLOSING_SECONDS = 5.0
BEGUN = b"begun\n"
RECYCLED_AFTER = 50
"""A worker is replaced after so many clients: what libraries pile up goes with it."""
KERNEL_START = str(Path(__file__).with_name("kernel_start.py"))
ONE_THREAD = {
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "MKL_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONUTF8": "1",
    "COLUMNS": "80",
    "LINES": "24",
}
"""The environment of whoever runs notebooks: one thread before a fork, one width of tables."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened.

    ``started``, ``ended`` (exit code, negative a signal), ``lost`` all. Of a cluster also: a task
    ``moved`` to another machine because its own is gone, or was ``overdue`` and ended for it.
    """

    kind: Literal["started", "moved", "overdue", "ended", "lost"]
    number: int = -1
    status: int = 0


class Crew(Protocol):
    """What the batch asks of those who do the work."""

    def start(self, number: int, task: Mapping[str, Any]) -> None:
        """Begin a task; its end comes as an event."""

    def kill(self, number: int) -> None:
        """End a task at once, with all it has started."""

    def close(self) -> None:
        """End everything."""


def engine_of(asked: str | None) -> str:
    """The engine asked for, else ``warm`` where a process can be forked safely, else ``spawn``.

    Raises:
        UsageError: this system cannot fork at all, and ``warm`` was asked for.
    """
    if asked == WARM and not hasattr(os, "fork"):
        raise UsageError("engine_missing", params={"engine": WARM, "usual": SPAWN})
    return asked or (WARM if sys.platform.startswith("linux") else SPAWN)


def make_crew(
    engine: str, events: Queue[Event], method: str | None, begun: HeadStart | None = None
) -> Crew:
    """The crew of an engine; the first one of a batch has perhaps begun already."""
    if engine == WARM:
        return WarmCrew(events, (begun and begun.take()) or _nursery(method))
    return SpawnCrew(events, method) if engine == SPAWN else KernelCrew(events)


class HeadStart:
    """A nursery that warms up while the batch still finds out what there is to do."""

    def __init__(self, method: str | None) -> None:
        self._process: subprocess.Popen[bytes] | None = _nursery(method)

    def take(self) -> subprocess.Popen[bytes] | None:
        """The nursery, once."""
        process, self._process = self._process, None
        return process

    def close(self) -> None:
        """End it if nobody has taken it."""
        process = self.take()
        if process is not None:
            _end_group(process)
            process.communicate()


def _nursery(method: str | None) -> subprocess.Popen[bytes]:
    return _process(["-m", "toolkit.batch.nursery", *([method] if method else [])])


class WarmCrew:
    """A nursery; its loss ends all it had begun."""

    def __init__(self, events: Queue[Event], process: subprocess.Popen[bytes]) -> None:
        self._events = events
        self._pids: dict[int, int] = {}
        self._closed = False
        self._process = process
        self._ears = threading.Thread(target=self._listen, daemon=True)
        self._ears.start()

    def start(self, number: int, task: Mapping[str, Any]) -> None:
        """Begin a task."""
        self._tell({"start": number, "task": task})

    def kill(self, number: int) -> None:
        """End a task at once."""
        self._tell({"kill": number})

    def close(self) -> None:
        """End everything."""
        self._closed = True
        _close(self._process)
        self._ears.join(CLOSING_SECONDS)

    def _tell(self, what: Mapping[str, Any]) -> None:
        stdin = self._process.stdin
        assert stdin is not None
        with contextlib.suppress(BrokenPipeError, ValueError, OSError):  # its loss is told below
            stdin.write(json.dumps(what).encode("ascii") + b"\n")
            stdin.flush()

    def _listen(self) -> None:
        for line in _lines(self._process):
            told = json.loads(line)
            if "started" in told:
                self._pids[told["started"]] = told["pid"]
                self._events.put(Event("started", told["started"]))
            if "ended" in told:
                self._pids.pop(told["ended"], None)
                self._events.put(Event("ended", told["ended"], told["status"]))
        for pid in self._pids.values():  # they died with it; what they had started did not
            _kill_group(pid)
        if not self._closed:
            self._events.put(Event("lost"))


class SpawnCrew:
    """Warm workers, each with one client at a time; for systems where a fork is not safe."""

    def __init__(self, events: Queue[Event], method: str | None) -> None:
        self._events, self._method = events, method
        self._idle: list[_Worker] = []
        self._busy: dict[int, _Worker] = {}
        self._guard = threading.Lock()

    def start(self, number: int, task: Mapping[str, Any]) -> None:
        """Begin a task."""
        with self._guard:
            worker = self._idle.pop() if self._idle else _Worker(self, self._method)
            self._busy[number] = worker
        worker.begin(number, task)

    def kill(self, number: int) -> None:
        """End a task at once."""
        worker = self._busy.get(number)
        if worker is not None:
            _end_group(worker.process)

    def close(self) -> None:
        """End everything."""
        with self._guard:
            workers = [*self._idle, *self._busy.values()]
        for worker in workers:
            _close(worker.process)
            worker.ears.join(CLOSING_SECONDS)

    def begun(self, number: int) -> None:
        """A worker's word that it is warm and has begun a task."""
        self._events.put(Event("started", number))

    def ended(self, worker: _Worker, number: int, status: int) -> None:
        """A worker's word that a task is over; ``status`` is not 0 where the worker died of it."""
        with self._guard:
            self._busy.pop(number, None)
            if status == 0 and worker.done < worker.most:
                self._idle.append(worker)
                worker = _NOBODY
        if worker is not _NOBODY:
            _close(worker.process)
        self._events.put(Event("ended", number, status))


class _Worker:
    """One warm worker and who listens to it."""

    def __init__(self, crew: SpawnCrew, method: str | None) -> None:
        self.done, self.most = 0, RECYCLED_AFTER
        self._crew = crew
        self._number = -1
        self.process = _process(["-m", "toolkit.batch.worker", *([method] if method else [])])
        self.ears = threading.Thread(target=self._listen, daemon=True)
        self.ears.start()

    def begin(self, number: int, task: Mapping[str, Any]) -> None:
        self._number = number
        if task.get("notebook"):
            self.most = 1  # a firm's own cells may leave behind what we know nothing of
        assert self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError, ValueError, OSError):
            self.process.stdin.write(json.dumps(task).encode("ascii") + b"\n")
            self.process.stdin.flush()

    def _listen(self) -> None:
        for line in _lines(self.process):
            if line == BEGUN:
                self._crew.begun(self._number)
                continue
            self.done += 1
            number, self._number = self._number, -1
            self._crew.ended(self, number, 0)
        status = self.process.wait()
        _end_group(self.process)  # what it has started
        if self._number >= 0:
            self._crew.ended(self, self._number, status or 1)


_NOBODY: Any = object()


class KernelCrew:
    """A process and a Jupyter kernel for each client: the reference the others are held against."""

    def __init__(self, events: Queue[Event]) -> None:
        self._events = events
        self._running: dict[int, subprocess.Popen[bytes]] = {}

    def start(self, number: int, task: Mapping[str, Any]) -> None:
        """Begin a task."""
        process = _process(["-m", "toolkit.batch.child"], PYTHONSTARTUP=KERNEL_START)
        self._running[number] = process
        self._events.put(Event("started", number))
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError, OSError):
            process.stdin.write(json.dumps(task).encode("ascii"))
            process.stdin.close()
        threading.Thread(target=self._wait, args=(number, process), daemon=True).start()

    def kill(self, number: int) -> None:
        """End a task at once."""
        process = self._running.get(number)
        if process is not None:
            _end_group(process)

    def close(self) -> None:
        """End everything."""
        for process in list(self._running.values()):
            _end_group(process)

    def _wait(self, number: int, process: subprocess.Popen[bytes]) -> None:
        for _ in _lines(process):
            pass
        status = process.wait()
        _end_group(process)  # the kernel, if it is still there
        self._running.pop(number, None)
        self._events.put(Event("ended", number, status))


def _process(arguments: list[str], **environment: str) -> subprocess.Popen[bytes]:
    """A Python of ours in a process group of its own."""
    group: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        group = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **ONE_THREAD, **environment},
        **group,
    )


def _close(process: subprocess.Popen[bytes]) -> None:
    """Let a process go: its stdin ends, and what is left is killed."""
    with contextlib.suppress(BrokenPipeError, OSError):
        if process.stdin is not None:
            process.stdin.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(CLOSING_SECONDS)
    _end_group(process)


def _lines(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    """What a process says, line by line until it ends."""
    assert process.stdout is not None
    with process.stdout:
        yield from process.stdout


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all it has started."""
    if sys.platform == "win32":
        subprocess.run(
            ["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False
        )
    else:
        _kill_group(process.pid)
    with contextlib.suppress(ProcessLookupError, OSError):
        process.kill()
    process.wait()


def _kill_group(leader: int) -> None:
    """Kill all processes of a group; Windows has none."""
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(leader, signal.SIGKILL)
