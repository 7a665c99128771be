"""Tasks given to a crew one after the other, watched, tried again, and stopped in order."""

from __future__ import annotations

import contextlib
import json
import signal
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from toolkit.batch.child import NO_ROOM
from toolkit.batch.crew import Crew, Event
from toolkit.batch.journal import Journal
from toolkit.batch.ledger import MOST_DEATHS
from toolkit.batch.plan import Planned

MOST_LOSSES = 3
"""A crew lost so often with nothing done in between is not made anew."""
MOST_CHANGES = 3
"""A client whose inputs changed so often while they were read is not tried again for now."""
WARMING_SECONDS = 300.0
"""What a crew may take to warm up, before the time of a client begins to count."""
PATIENCE_SECONDS = 10.0
"""A crew that has not obeyed a kill for so long is ended itself."""
TICK = 0.5
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
HANG_UP = getattr(signal, "SIGHUP", None)


@dataclass(slots=True)
class Stop:
    """Whether to stop: by which signal, and whether at once."""

    number: int = 0
    at_once: bool = False

    def ask(self, number: int) -> None:
        """A signal came: the first lets what runs finish, a second one ends it."""
        self.at_once = self.number != 0
        self.number = self.number or number


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a client's turn ended; ``made`` is the child's own word, None where it left none."""

    planned: Planned
    made: Mapping[str, Any] | None
    reason: str | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(slots=True)
class _Running:
    planned: Planned
    attempt: int
    given: float
    result: Path
    started: float | None = None
    killed: float | None = None

    def overdue(self, timeout: float, now: float) -> bool:
        """Whether it has had its time, or waited too long for its crew to begin."""
        if self.started is None:
            return now - self.given > timeout + WARMING_SECONDS
        return now - self.started > timeout

    def seconds(self) -> float:
        """How long it has run."""
        return time.monotonic() - (self.given if self.started is None else self.started)


@dataclass(slots=True, kw_only=True)
class Supervisor:
    """Gives out tasks, so many at once; ``task_of`` makes one, ``key_of`` looks at the inputs.

    ``overseen`` says that the crew itself ends what takes too long.
    """

    crew_of: Callable[[Queue[Event]], Crew]
    ledger: Journal
    jobs: int
    timeout: float
    work: Path
    task_of: Callable[[Planned], Mapping[str, Any]]
    key_of: Callable[[Planned], str]
    stop: Stop = field(default_factory=Stop)
    overseen: bool = False
    _waiting: deque[Planned] = field(default_factory=deque)
    _running: dict[int, _Running] = field(default_factory=dict)
    _events: Queue[Event] = field(default_factory=Queue)
    _crew: Crew | None = None
    _number: int = 0
    _losses: int = 0
    _changes: Counter[str] = field(default_factory=Counter)

    def work_through(self, planned: list[Planned]) -> Iterator[Ended]:
        """Run every client; each ends exactly once, those not begun at a stop not at all."""
        self._waiting.extend(planned)
        try:
            while self._running or (self._waiting and self._may_start()):
                yield from self._fill()
                if self.stop.at_once:
                    break
                yield from self._hear()
                yield from self._watch()
        finally:
            self._end_all()

    def _end_all(self) -> None:
        """Whatever happened, no process is left; then what ran is written down as interrupted."""
        if self._crew is not None:
            for number in self._running:
                self._crew.kill(number)
            self._crew.close()
        for one in self._running.values():
            self.ledger.end(one.attempt, "interrupted")

    @property
    def deserted(self) -> bool:
        """Whether crew after crew was lost, so that no other is made."""
        return self._losses >= MOST_LOSSES

    def _may_start(self) -> bool:
        return not self.stop.number and not self.deserted

    def _fill(self) -> Iterator[Ended]:
        while self._waiting and self._may_start() and len(self._running) < self.jobs:
            one = self._waiting.popleft()
            deaths = self.ledger.deaths(one.source.client_id, one.key)
            if deaths >= MOST_DEATHS:
                yield Ended(planned=one, made=None, reason="given_up", params={"n": f"{deaths}"})
                continue
            self._start(one)

    def _start(self, one: Planned) -> None:
        self._number += 1
        result = self.work / f"{self._number}.json"
        task = {**self.task_of(one), "result": str(result)}
        attempt = self.ledger.begin(one.source.client_id, one.key)
        self._running[self._number] = _Running(one, attempt, time.monotonic(), result)
        if self._crew is None:
            self._crew = self.crew_of(self._events)
        self._crew.start(self._number, task)

    def _hear(self) -> Iterator[Ended]:
        try:
            event = self._events.get(timeout=TICK)
        except Empty:
            return
        if event.kind == "lost":
            yield from self._lose()
        elif event.number not in self._running:
            return  # of a crew that is gone
        elif event.kind == "started":
            self._running[event.number].started = time.monotonic()
        elif event.kind == "overdue":
            self._running[event.number].killed = time.monotonic()
        elif event.kind == "moved":
            yield from self._moved(event.number)
        else:
            yield from self._settle(self._running.pop(event.number), event.status)

    def _moved(self, number: int) -> Iterator[Ended]:
        """Its machine is gone and another one has begun it: that is a new attempt."""
        one = self._running[number]
        client, key = one.planned.source.client_id, one.planned.key
        self.ledger.end(one.attempt, "died", "worker_lost")
        if self.ledger.deaths(client, key) >= MOST_DEATHS:
            del self._running[number]
            if self._crew is not None:
                self._crew.kill(number)
            yield _without(one, "worker_died")
            return
        one.attempt = self.ledger.begin(client, key)
        one.started = time.monotonic()

    def _settle(self, one: _Running, status: int) -> Iterator[Ended]:
        """What became of a task; nothing where it is tried again."""
        made = _read(one.result)
        client = one.planned.source.client_id
        if made is not None:
            self._losses = 0
            yield from self._made(one, made)
        elif one.killed is not None:
            self.ledger.end(one.attempt, "failed", "timed_out")
            yield _without(one, "timed_out", seconds=f"{self.timeout:g}")
        elif status == NO_ROOM:
            self.ledger.end(one.attempt, "failed", "no_room")
            yield _without(one, "no_room", folder=str(self.work))
        else:
            self.ledger.end(one.attempt, "died", str(status))
            if self.ledger.deaths(client, one.planned.key) < MOST_DEATHS and self._may_start():
                self._waiting.appendleft(one.planned)
                return
            yield _without(one, "child_died", code=str(status))

    def _made(self, one: _Running, made: Mapping[str, Any]) -> Iterator[Ended]:
        """A client's own word; a report whose inputs changed while it read them is made anew."""
        now = self.key_of(one.planned) if made["status"] == "done" else one.planned.key
        if now == one.planned.key:
            self.ledger.end(one.attempt, made["status"], made["reason"])
            yield Ended(planned=one.planned, made=made, seconds=one.seconds())
            return
        client = one.planned.source.client_id
        self._changes[client] += 1
        self.ledger.end(one.attempt, "interrupted", "input_changed")
        if self._changes[client] < MOST_CHANGES and self._may_start():
            self._waiting.append(replace(one.planned, key=now))
            return
        yield _without(one, "input_changed")

    def _lose(self) -> Iterator[Ended]:
        """The whole crew is gone, by no fault of any client: begin again with another."""
        self._losses += 1
        if self._crew is not None:
            self._crew.close()
        self._crew = None
        running = list(self._running.values())
        self._running.clear()
        for one in running:
            if one.killed is not None or _read(one.result) is not None:
                yield from self._settle(one, 0)
                continue
            self.ledger.end(one.attempt, "interrupted")
            self._waiting.appendleft(one.planned)

    def _watch(self) -> Iterator[Ended]:
        """End what takes too long, stopped or busy; and a crew that no longer obeys."""
        now = time.monotonic()
        deaf = False
        for number, one in self._running.items():
            if one.killed is not None:
                deaf = deaf or now - one.killed > PATIENCE_SECONDS
            elif self._late(one, now) and self._crew is not None:
                one.killed = now
                self._crew.kill(number)
        if deaf:
            yield from self._lose()

    def _late(self, one: _Running, now: float) -> bool:
        return not self.overseen and one.overdue(self.timeout, now)


def _without(one: _Running, reason: str, **params: str) -> Ended:
    return Ended(
        planned=one.planned, made=None, reason=reason, params=params, seconds=one.seconds()
    )


def _read(path: Path) -> Mapping[str, Any] | None:
    try:
        made = json.loads(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return made if isinstance(made, dict) else None


@contextlib.contextmanager
def heeding(stop: Stop) -> Iterator[None]:
    """Hear the signals that end a program, also those whose being ignored was handed down.

    A hang-up that is ignored stays so: that is what ``nohup`` asks for. Only the main thread can
    hear; in another one (a notebook's, say) signals stay as they are.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    numbers = [n for n in numbers if n != HANG_UP or signal.getsignal(n) is not signal.SIG_IGN]
    before = {number: signal.signal(number, lambda got, _: stop.ask(got)) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
