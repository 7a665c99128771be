"""The machines of a cluster as a crew: tasks go out as Dask tasks, what happens comes as events."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError
from functools import partial
from pathlib import Path
from queue import Queue
from typing import Any

from toolkit.batch.cluster import Cluster
from toolkit.batch.crew import CLOSING_SECONDS, Event
from toolkit.batch.host import KILLED, Common, Order, Turn, carry_out, rest, stop

LOOK_SECONDS = 2.0
ALONE_LOOKS = 15
"""So many looks in a row without a worker or a scheduler, and all is given up as lost."""
TROUBLES = (OSError, RuntimeError, ValueError, CancelledError)
"""What the library raises where there is no scheduler any more."""


class ClusterCrew:
    """A Dask task for each client.

    A worker that dies is no matter of ours: the scheduler gives its tasks to others. Their second
    beginning is told as ``moved``.
    """

    def __init__(self, events: Queue[Event], cluster: Cluster, common: Common) -> None:
        self._events, self._cluster, self._common = events, cluster, common
        self._futures: dict[int, Any] = {}
        self._begun: set[int] = set()
        self._closed = threading.Event()
        with contextlib.suppress(*TROUBLES):
            cluster.client.subscribe_topic(cluster.name, self._heard)
        threading.Thread(target=self._watch, daemon=True).start()

    def start(self, number: int, task: Mapping[str, Any]) -> None:
        """Begin a task."""
        order = Order(common=self._common, number=number, task=task)
        try:
            future = self._cluster.client.submit(
                carry_out, order, key=f"{self._common.batch}-{number}", pure=False
            )
        except TROUBLES:
            self._events.put(Event("lost"))
            return
        self._futures[number] = future
        future.add_done_callback(partial(self._ended, number, Path(task["result"])))

    def kill(self, number: int) -> None:
        """End a task at once, on its machine too as far as that can be reached."""
        future = self._futures.pop(number, None)
        if future is None:
            return
        with contextlib.suppress(*TROUBLES):
            future.cancel()
        if not self._closed.is_set():  # else all is ended together
            self._everywhere(stop, self._common.batch, number)
        self._events.put(Event("ended", number, KILLED))

    def close(self) -> None:
        """End everything, on the workers too as far as they can be reached."""
        self._closed.set()
        with contextlib.suppress(*TROUBLES):
            self._cluster.client.unsubscribe_topic(self._cluster.name)
        for number in list(self._futures):
            self.kill(number)
        self._everywhere(rest, self._common.batch).join(CLOSING_SECONDS)

    def _everywhere(self, what: Callable[..., None], *given: Any) -> threading.Thread:
        """Have all workers do something, in a thread: one that is stopped would not answer."""

        def run() -> None:
            with contextlib.suppress(*TROUBLES):
                self._cluster.client.run(what, *given, on_error="ignore")

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        return thread

    def _heard(self, told: tuple[float, Mapping[str, Any]]) -> None:
        number = int(told[1]["number"])
        self._events.put(Event("moved" if number in self._begun else "started", number))
        self._begun.add(number)

    def _ended(self, number: int, result: Path, future: Any) -> None:
        """Put a task's result where the batch looks for it, then tell its end."""
        if self._closed.is_set() or self._futures.pop(number, None) is None:
            return
        if future.status in ("cancelled", "lost"):  # not by us: the scheduler has gone
            self._events.put(Event("lost"))
            return
        turn = _turn(future)
        if turn.made is not None:
            part = result.with_suffix(".part")
            part.write_text(json.dumps(turn.made, ensure_ascii=True), encoding="ascii")
            os.replace(part, result)
        if turn.overdue:
            self._events.put(Event("overdue", number))
        self._events.put(Event("ended", number, turn.status))

    def _watch(self) -> None:
        """Tell when there has been no worker for so long that there will be none."""
        alone = 0
        while alone < ALONE_LOOKS:
            if self._closed.wait(LOOK_SECONDS):
                return
            alone = 0 if self._peopled() else alone + 1
        self._events.put(Event("lost"))

    def _peopled(self) -> bool:
        try:
            return bool(self._cluster.client.nthreads())
        except TROUBLES:
            return False


def _turn(future: Any) -> Turn:
    """What a worker handed back; a task that took several workers with it, or broke, died."""
    try:
        turn = future.result()
    except Exception as error:  # once a client: whatever its worker raised comes out here
        return Turn(status=KILLED if type(error).__name__ == "KilledWorker" else 1)
    return turn if isinstance(turn, Turn) else Turn(status=1)
