"""The warm parent: everything imported once, then a fork for each client.

It has one thread, works on nothing itself, and obeys lines on stdin: ``{"start": n, "task": …}``
and ``{"kill": n}``. It tells ``{"ready": …}``, ``{"started": n, "pid": …}``, ``{"ended": n,
"status": …}`` on stdout. When stdin ends it kills what runs and leaves.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import selectors
import signal
import sys
from typing import Any

from toolkit.batch import child, confine
from toolkit.batch.warming import warm

assert sys.platform != "win32"  # which has no fork: there workers do it


class Nursery:
    """Children by the number of their task."""

    def __init__(self) -> None:
        self.pids: dict[int, int] = {}
        self.parent = os.getpid()
        self.pending = b""

    def serve(self) -> None:
        """Obey until stdin ends."""
        reader, writer = os.pipe()
        for end in (reader, writer):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for name in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
            signal.signal(name, signal.SIG_IGN)  # whoever started us decides when to end
        ears = selectors.DefaultSelector()
        ears.register(0, selectors.EVENT_READ)
        ears.register(reader, selectors.EVENT_READ)
        self._tell({"ready": True, "threads": threads()})
        while True:
            for key, _ in ears.select():
                if key.fd == 0 and not self._hear():
                    self._end()
                    return
                if key.fd == reader:
                    with contextlib.suppress(BlockingIOError):
                        os.read(reader, 4096)
            self._reap()

    def _hear(self) -> bool:
        """Obey the lines that have come; False once there will be no more."""
        part = os.read(0, 1 << 16)
        if not part:
            return False
        *lines, self.pending = (self.pending + part).split(b"\n")
        for line in lines:
            told = json.loads(line)
            if "kill" in told:
                self._kill(int(told["kill"]))
            else:
                self._start(int(told["start"]), told["task"])
        return True

    def _start(self, number: int, task: dict[str, Any]) -> None:
        pid = os.fork()
        if pid == 0:
            self._be_child(task)
        self.pids[number] = pid
        self._tell({"started": number, "pid": pid})

    def _be_child(self, task: dict[str, Any]) -> None:
        """Everything a child does; it never returns into the loop of its parent."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            confine.usual_signals()
            os.setpgid(0, 0)
            confine.die_with_parent(self.parent)
            confine.silence()
            confine.reseed(str(task["client_id"]))
            confine.limit_memory(int(task["memory"]))
            child.carry_out(task)
            code = 0
        except BaseException:
            code = 1
        finally:
            os._exit(code)

    def _kill(self, number: int) -> None:
        pid = self.pids.get(number)
        if pid is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)

    def _reap(self) -> None:
        for number, pid in list(self.pids.items()):
            if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                self._kill(number)  # whatever it has started goes with it, while its id is its own
                _, status = os.waitpid(pid, 0)
                del self.pids[number]
                self._tell({"ended": number, "status": os.waitstatus_to_exitcode(status)})

    def _end(self) -> None:
        for number in list(self.pids):
            self._kill(number)
        for pid in self.pids.values():
            os.waitpid(pid, 0)

    def _tell(self, what: dict[str, Any]) -> None:
        line = json.dumps(what).encode("ascii") + b"\n"
        with contextlib.suppress(BrokenPipeError):
            os.write(1, line)


def threads() -> int:
    """How many threads this process has; 1 where the system does not tell."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 1


def main() -> None:
    """Warm up and serve."""
    confine.die_with_parent(os.getppid())
    warm(sys.argv[1] if len(sys.argv) > 1 else None)
    gc.collect()
    gc.freeze()
    Nursery().serve()


if __name__ == "__main__":
    main()
