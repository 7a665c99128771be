"""A worker's process on a machine of a cluster: it keeps warm parents and hands them tasks.

What happens here is what a batch on one machine does: a nursery forks a child a client, limits of
time and memory hold, and everything dies with the process.
"""

from __future__ import annotations

import json
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from toolkit.batch.crew import Crew, Event, engine_of, make_crew
from toolkit.batch.hashes import Hashes
from toolkit.batch.key import settings_key
from toolkit.batch.supervise import MOST_LOSSES, PATIENCE_SECONDS, WARMING_SECONDS
from toolkit.deliverables.options import Options

IDLE_SECONDS = 600.0
"""A warm parent nobody has asked for anything so long is let go."""
LOCKED = "locked"
LOCK_WAITS = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds between tries at a client that a process which is just being ended still holds."""
KILLED = -9
MOST_REMEMBERED = 1000
"""So many batches that are over are remembered, for tasks of theirs that come late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What all orders of a batch have in common: its name, how reports are made, who works.

    ``settings`` is the key of ``options`` on the machine that orders: here it must be the same.
    """

    batch: str
    settings: str
    options: Options
    engine: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A task as it is sent."""

    common: Common
    number: int
    task: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """How a task went: what its child said, if anything; whether it was ended for its time.

    ``unlike`` is the address of a worker that would make another report, and so made none.
    """

    status: int = 0
    unlike: str = ""
    made: Mapping[str, Any] | None = None
    overdue: bool = False
    lost: bool = False


class Nest:
    """A crew of this process, and who waits for which of its tasks.

    A thread makes it, listens to it and lives as long as it does: Linux ends a child that is to
    die with its parent when the *thread* ends that began it.
    """

    def __init__(self, engine: str, method: str | None) -> None:
        self.lost = False
        self._crew: Crew | None = None
        self._events: Queue[Event] = Queue()
        self._waiting: dict[int, Queue[Event]] = {}
        self._orders: dict[int, int] = {}
        self._numbers = count(1)
        made = threading.Event()
        keeper = threading.Thread(target=self._keep, args=(engine, method, made), daemon=True)
        keeper.start()
        made.wait()

    def carry(self, order: int, task: Mapping[str, Any], begun: Callable[[], None]) -> Turn:
        """Have a task carried out, within its time; ``begun`` is called when its time begins."""
        number, ears = next(self._numbers), Queue[Event]()
        self._waiting[number] = ears
        self._orders[order] = number
        try:
            if self.lost or self._crew is None:
                return Turn(lost=True)
            self._crew.start(number, task)
            return self._watched(number, ears, float(task["timeout"]), begun)
        finally:
            del self._waiting[number]
            self._orders.pop(order, None)

    def stop(self, order: int) -> None:
        """End what runs for an order."""
        number = self._orders.get(order)
        if number is not None and self._crew is not None:
            self._crew.kill(number)

    def close(self) -> None:
        """End everything."""
        self._events.put(Event("lost"))

    def _watched(
        self, number: int, ears: Queue[Event], timeout: float, begun: Callable[[], None]
    ) -> Turn:
        limit, overdue = time.monotonic() + WARMING_SECONDS + timeout, False
        assert self._crew is not None
        while True:
            try:
                event = ears.get(timeout=max(0.0, limit - time.monotonic()))
            except Empty:
                if overdue:  # it does not obey
                    self.close()
                    return Turn(status=KILLED, overdue=True)
                overdue, limit = True, time.monotonic() + PATIENCE_SECONDS
                self._crew.kill(number)
                continue
            if event.kind == "started":
                limit = time.monotonic() + timeout
                begun()
            elif event.kind == "lost":
                return Turn(lost=True)
            else:
                return Turn(status=event.status, overdue=overdue)

    def _keep(self, engine: str, method: str | None, made: threading.Event) -> None:
        """Make the crew and tell everyone what it says, until it is lost or let go."""
        try:
            self._crew = make_crew(engine, self._events, method)
        except OSError:
            self.lost = True
            return
        finally:
            made.set()
        while not self.lost:
            try:
                self._tell(self._events.get(timeout=IDLE_SECONDS))
            except Empty:
                self.lost = not self._waiting
        for ears in list(self._waiting.values()):
            ears.put(Event("lost"))
        self._crew.close()

    def _tell(self, event: Event) -> None:
        if event.kind == "lost":
            self.lost = True
        elif event.number in self._waiting:
            self._waiting[event.number].put(event)


class Host:
    """The nests of this process, each for the settings of one batch."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._nests: dict[tuple[str, str], Nest] = {}
        self._over: deque[str] = deque(maxlen=MOST_REMEMBERED)

    def over(self, batch: str) -> bool:
        """Whether a batch has let go of this machine: nothing more is made for it."""
        return batch in self._over

    def nest(self, order: Order) -> Nest:
        """The warm parent for an order; what that of another batch has read may no longer be so."""
        common = order.common
        method = str(common.options.method) if common.options.method else None
        key = (common.batch, common.settings)
        with self._guard:
            found = self._nests.get(key)
            if found is None or found.lost:
                found = self._nests[key] = Nest(engine_of(common.engine), method)
            return found

    def alike(self, common: Common) -> bool:
        """Whether this machine makes the reports of the one that orders; a late one may not."""
        with self._guard:
            if any(key == (common.batch, common.settings) for key in self._nests):
                return True
        return settings_key(common.options, Hashes()) == common.settings

    def stop(self, batch: str, number: int) -> None:
        """End what runs for one order of a batch."""
        with self._guard:
            nests = [nest for key, nest in self._nests.items() if key[0] == batch]
        for nest in nests:
            nest.stop(number)

    def rest(self, batch: str) -> None:
        """Let go of all that was kept warm for a batch, and end what runs for it."""
        with self._guard:
            self._over.append(batch)
            for key in [key for key in self._nests if key[0] == batch]:
                self._nests.pop(key).close()


HOST = Host()
"""Of this process: nothing is made before the first order comes."""


def carry_out(order: Order) -> Turn:
    """Make one client's report; run by the cluster in a thread of a worker."""
    from distributed import get_worker

    worker = get_worker()
    if not HOST.alike(order.common):
        return Turn(unlike=worker.address)
    told = threading.Event()

    def begun() -> None:
        if not told.is_set():
            told.set()
            worker.log_event(order.common.batch, {"number": order.number})

    return attempt(order, worker.local_directory, begun)


def attempt(order: Order, folder: str, begun: Callable[[], None]) -> Turn:
    """Carry out an order in a temporary place of its own below a folder."""
    turn = Turn(lost=True)
    losses = 0
    for wait in (*LOCK_WAITS, None):
        while turn.lost and losses < MOST_LOSSES and not HOST.over(order.common.batch):
            turn = _once(order, folder, begun)
            losses += turn.lost
        if wait is None or (turn.made or {}).get("code") != LOCKED:
            break
        time.sleep(wait)
        turn = Turn(lost=True)
    return turn


def _once(order: Order, folder: str, begun: Callable[[], None]) -> Turn:
    with tempfile.TemporaryDirectory(
        prefix="toolkit-", dir=folder, ignore_cleanup_errors=True
    ) as own:
        result = Path(own) / "made.json"
        task = {**order.task, "result": str(result)}
        if task.get("store"):
            task["out"] = str(Path(own) / "reports")
        turn = HOST.nest(order).carry(order.number, task, begun)
        made = read_made(result)
        return Turn(
            status=turn.status or (1 if turn.lost else 0),
            made=made,
            overdue=turn.overdue,
            lost=turn.lost and made is None,
        )


def read_made(path: Path) -> Mapping[str, Any] | None:
    """A child's own word of how it went; None where it left none."""
    try:
        made = json.loads(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return made if isinstance(made, dict) else None


def stop(batch: str, number: int) -> None:
    """End one client's report; run by the cluster beside what runs."""
    HOST.stop(batch, number)


def rest(batch: str) -> None:
    """Let go of all that was kept warm for a batch; run by the cluster beside what runs."""
    HOST.rest(batch)
