"""The machines of a cluster as a crew: tasks go out as Dask tasks, what happens comes as events."""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from queue import Queue
from typing import Any

from toolkit.batch.cluster import CONNECT_SECONDS, Cluster
from toolkit.batch.crew import CLOSING_SECONDS, Event
from toolkit.batch.host import KILLED, Common, Order, Turn, carry_out, rest, stop

LOOK_SECONDS = 2.0
ALONE_SECONDS = 30.0
"""So long without a worker or a scheduler, and all is given up as lost."""
GONE = Exception
"""What the library raises where there is no scheduler any more has no base of its own."""


class ClusterCrew:
    """A Dask task for each client.

    A worker that dies is no matter of ours: the scheduler gives its tasks to others. Their second
    beginning is told as ``moved``.
    """

    def __init__(self, events: Queue[Event], cluster: Cluster, common: Common) -> None:
        self._events, self._cluster, self._common = events, cluster, common
        self._futures: dict[int, Any] = {}
        self._begun: set[int] = set()
        self._unlike: set[str] = set()
        self._closed = threading.Event()
        with contextlib.suppress(GONE):
            cluster.client.subscribe_topic(cluster.name, self._heard)
        threading.Thread(target=self._watch, daemon=True).start()

    def start(self, number: int, task: Mapping[str, Any]) -> None:
        """Begin a task."""
        if not self._connected():
            self._events.put(Event("lost"))
            return
        order = Order(common=self._common, number=number, task=task)
        key = f"{self._common.batch}-{number}-{len(self._unlike)}"
        try:
            future = self._cluster.client.submit(
                carry_out, order, key=key, pure=False, workers=self._workers()
            )
        except GONE:
            self._events.put(Event("lost"))
            return
        self._futures[number] = future
        future.add_done_callback(partial(self._ended, number, task))

    def _workers(self) -> list[str] | None:
        """The workers that may be asked: all, unless one has shown itself to be unlike."""
        if not self._unlike:
            return None
        found = [one for one in self._cluster.client.nthreads() if one not in self._unlike]
        if not found:
            raise LookupError
        return found

    def kill(self, number: int) -> None:
        """End a task at once, on its machine too as far as that can be reached."""
        future = self._futures.pop(number, None)
        if future is None:
            return
        with contextlib.suppress(GONE):
            future.cancel()
        if not self._closed.is_set():  # else all is ended together
            self._everywhere(stop, self._common.batch, number)
        self._events.put(Event("ended", number, KILLED))

    def close(self) -> None:
        """End everything, on the workers too as far as they can be reached."""
        self._closed.set()
        with contextlib.suppress(GONE):
            self._cluster.client.unsubscribe_topic(self._cluster.name)
        for number in list(self._futures):
            self.kill(number)
        self._everywhere(rest, self._common.batch).join(CLOSING_SECONDS)

    def _everywhere(self, what: Callable[..., None], *given: Any) -> threading.Thread:
        """Have all workers do something, in a thread: one that is stopped would not answer."""

        def run() -> None:
            if self._cluster.client.status != "running":
                return
            with contextlib.suppress(GONE):
                self._cluster.client.run(what, *given, on_error="ignore")

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        return thread

    def _heard(self, told: tuple[float, Mapping[str, Any]]) -> None:
        number = int(told[1]["number"])
        self._events.put(Event("moved" if number in self._begun else "started", number))
        self._begun.add(number)

    def _ended(self, number: int, task: Mapping[str, Any], future: Any) -> None:
        """Put a task's result where the batch looks for it, then tell its end."""
        if self._closed.is_set() or self._futures.pop(number, None) is None:
            return
        if future.status in ("cancelled", "lost"):  # not by us: the scheduler has gone
            self._events.put(Event("lost"))
            return
        turn = _turn(future)
        if turn.unlike:  # it came when the others had been looked at
            self._unlike.add(turn.unlike)
            self.start(number, task)
            return
        if turn.made is not None:
            result = Path(task["result"])
            part = result.with_suffix(".part")
            part.write_text(json.dumps(turn.made, ensure_ascii=True), encoding="ascii")
            os.replace(part, result)
        if turn.overdue:
            self._events.put(Event("overdue", number))
        self._events.put(Event("ended", number, turn.status))

    def _watch(self) -> None:
        """Tell when there has been no worker for so long that there will be none."""
        peopled = time.monotonic()
        while time.monotonic() - peopled < ALONE_SECONDS and not self._gone():
            if self._closed.wait(LOOK_SECONDS):
                return
            if self._peopled():
                peopled = time.monotonic()
        self._events.put(Event("lost"))

    def _peopled(self) -> bool:
        if self._cluster.client.status != "running":
            return False
        try:
            return bool(set(self._cluster.client.nthreads()) - self._unlike)
        except GONE:
            return False

    def _connected(self) -> bool:
        """Whether the scheduler is there; the library tries for a while to find it again."""
        last = time.monotonic() + CONNECT_SECONDS
        while self._cluster.client.status == "connecting" and time.monotonic() < last:
            time.sleep(LOOK_SECONDS / 10)
        return bool(self._cluster.client.status == "running")

    def _gone(self) -> bool:
        return self._cluster.client.status in ("closing", "closed")


def _turn(future: Any) -> Turn:
    """What a worker handed back; a task that took several workers with it, or broke, died."""
    try:
        turn = future.result()
    except Exception as error:  # once a client: whatever its worker raised comes out here
        return Turn(status=KILLED if type(error).__name__ == "KilledWorker" else 1)
    return turn if isinstance(turn, Turn) else Turn(status=1)
