"""Tasks given to a crew one after the other, watched, tried again, and stopped in order."""

from __future__ import annotations

import contextlib
import json
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from toolkit.batch.crew import Crew, Event
from toolkit.batch.ledger import MOST_DEATHS, Ledger
from toolkit.batch.plan import Planned

MOST_LOSSES = 3
"""A crew lost so often with nothing done in between is not made anew."""
TICK = 0.5
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


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
    started: float
    result: Path
    timed_out: bool = False


@dataclass(slots=True, kw_only=True)
class Supervisor:
    """Gives out tasks, so many at once; ``task_of`` makes one, ``changed`` looks at the inputs."""

    crew_of: Callable[[Queue[Event]], Crew]
    ledger: Ledger
    jobs: int
    timeout: float
    work: Path
    task_of: Callable[[Planned], Mapping[str, Any]]
    changed: Callable[[Planned], bool]
    stop: Stop = field(default_factory=Stop)
    _waiting: deque[Planned] = field(default_factory=deque)
    _running: dict[int, _Running] = field(default_factory=dict)
    _events: Queue[Event] = field(default_factory=Queue)
    _crew: Crew | None = None
    _number: int = 0
    _losses: int = 0
    _again: set[str] = field(default_factory=set)

    def work_through(self, planned: list[Planned]) -> Iterator[Ended]:
        """Run every client; each ends exactly once, those not begun at a stop not at all."""
        self._waiting.extend(planned)
        try:
            while self._running or (self._waiting and self._may_start()):
                yield from self._fill()
                if self.stop.at_once:
                    break
                yield from self._hear()
                self._watch()
        finally:
            for number, one in self._running.items():
                self._ask("kill", number)
                self.ledger.end(one.attempt, "interrupted")
            if self._crew is not None:
                self._crew.close()

    def _may_start(self) -> bool:
        return not self.stop.number and self._losses < MOST_LOSSES

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
            self._lose()
            return
        one = self._running.pop(event.number, None)
        if one is not None:
            yield from self._settle(one, event.status)

    def _settle(self, one: _Running, status: int) -> Iterator[Ended]:
        """What became of a task; nothing where it is tried again."""
        made = _read(one.result)
        seconds = time.monotonic() - one.started
        client = one.planned.source.client_id
        if made is not None:
            self._losses = 0
            if made["status"] == "done" and self.changed(one.planned) and client not in self._again:
                self._again.add(client)
                self.ledger.end(one.attempt, "interrupted", "input_changed")
                self._waiting.append(one.planned)
                return
            self.ledger.end(one.attempt, made["status"], made["reason"])
            yield Ended(planned=one.planned, made=made, seconds=seconds)
        elif one.timed_out:
            self.ledger.end(one.attempt, "failed", "timed_out")
            params = {"seconds": f"{self.timeout:g}"}
            yield Ended(
                planned=one.planned, made=None, reason="timed_out", params=params, seconds=seconds
            )
        else:
            self.ledger.end(one.attempt, "died", str(status))
            if self.ledger.deaths(client, one.planned.key) < MOST_DEATHS and self._may_start():
                self._waiting.appendleft(one.planned)
                return
            params = {"code": str(status)}
            yield Ended(
                planned=one.planned, made=None, reason="child_died", params=params, seconds=seconds
            )

    def _lose(self) -> None:
        """The whole crew is gone, by no fault of any client: begin again with another."""
        self._losses += 1
        for one in self._running.values():
            self.ledger.end(one.attempt, "interrupted")
            self._waiting.appendleft(one.planned)
        self._running.clear()
        if self._crew is not None:
            self._crew.close()
        self._crew = None

    def _watch(self) -> None:
        """End what takes too long; a process that is stopped or busy is killed as well."""
        for number, one in self._running.items():
            if not one.timed_out and time.monotonic() - one.started > self.timeout:
                one.timed_out = True
                self._ask("kill", number)

    def _ask(self, what: str, number: int) -> None:
        if self._crew is not None and what == "kill":
            self._crew.kill(number)


def _read(path: Path) -> Mapping[str, Any] | None:
    try:
        made = json.loads(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return made if isinstance(made, dict) else None


@contextlib.contextmanager
def heeding(stop: Stop) -> Iterator[None]:
    """Hear the signals that end a program, also those whose being ignored was handed down.

    Only the main thread can; in another one (a notebook's, say) signals stay as they are.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    before = {number: signal.signal(number, lambda got, _: stop.ask(got)) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
