"""A worker's process of a cluster: what it does when crews are lost, clients held, batches over."""

from __future__ import annotations

import itertools
import json
import threading
from pathlib import Path

import pytest

from toolkit.batch import host
from toolkit.batch.crew import Event
from toolkit.batch.host import Common, Order, attempt
from toolkit.deliverables.options import Options

NUMBERS = itertools.count()


class Crew:
    """Does with each task, one after the other, what a list says."""

    made = 0
    acts = ()
    at_work = threading.Event()

    def __init__(self, engine, events, method):
        self.events, self.closed = events, False
        Crew.made += 1

    def start(self, number, task):
        act = Crew.acts.pop(0)
        self.events.put(Event("started", number))
        Crew.at_work.set()
        if act == "lose":
            self.events.put(Event("lost"))
        elif isinstance(act, int):
            self.events.put(Event("ended", number, act))
        elif act != "hang":
            Path(task["result"]).write_text(json.dumps(act), encoding="ascii")
            self.events.put(Event("ended", number, 0))

    def kill(self, number):
        self.events.put(Event("ended", number, -9))

    def close(self):
        self.closed = True


@pytest.fixture
def ordered(monkeypatch, tmp_path):
    """Carry out one order with a crew that acts so; how it went, and how often it was begun."""
    monkeypatch.setattr(host, "make_crew", Crew)
    monkeypatch.setattr(host, "LOCK_WAITS", (0.0, 0.0))
    Crew.made = 0
    Crew.at_work.clear()
    order = Order(
        common=Common(
            batch=f"batch{next(NUMBERS)}", settings="key", options=Options(), engine="spawn"
        ),
        number=7,
        task={"timeout": 60},
    )

    def carry(*acts, **task):
        Crew.acts = list(acts)
        begun = []
        changed = Order(common=order.common, number=7, task={**order.task, **task})
        turn = attempt(changed, str(tmp_path), lambda: begun.append(1))
        assert list(tmp_path.iterdir()) == []
        return turn, len(begun)

    carry.batch = order.common.batch
    yield carry
    host.rest(order.common.batch)


def test_what_the_child_says_is_handed_back(ordered):
    turn, begun = ordered({"status": "done"})
    assert (turn.made, turn.status, turn.overdue, begun) == ({"status": "done"}, 0, False, 1)


def test_a_child_that_dies_leaves_its_exit_code(ordered):
    turn, _ = ordered(-11)
    assert (turn.made, turn.status) == (None, -11)


def test_a_lost_crew_is_no_fault_of_the_client(ordered):
    turn, begun = ordered("lose", "lose", {"status": "done"})
    assert turn.made == {"status": "done"}
    assert (Crew.made, begun) == (3, 3)


def test_a_crew_that_is_lost_again_and_again_is_not_made_anew(ordered):
    turn, _ = ordered("lose", "lose", "lose", {"status": "done"})
    assert (turn.made, turn.status, Crew.made) == (None, 1, 3)


def test_a_client_that_somebody_still_holds_is_tried_again(ordered):
    held = {"status": "failed", "code": "locked"}
    turn, _ = ordered(held, held, {"status": "done"})
    assert turn.made == {"status": "done"}
    turn, _ = ordered(held, held, held)
    assert turn.made == held


def test_a_client_past_its_time_is_ended(ordered):
    turn, _ = ordered("hang", timeout=0.2)
    assert (turn.made, turn.status, turn.overdue) == (None, -9, True)


def test_one_client_can_be_ended(ordered):
    found = []
    thread = threading.Thread(target=lambda: found.append(ordered("hang")))
    thread.start()
    Crew.at_work.wait()
    host.stop(ordered.batch, 8)
    host.stop(ordered.batch, 7)
    thread.join()
    assert (found[0][0].status, found[0][0].overdue) == (-9, False)


def test_nothing_is_begun_again_for_a_batch_that_is_over(ordered):
    found = []
    thread = threading.Thread(target=lambda: found.append(ordered("hang", {"status": "done"})))
    thread.start()
    Crew.at_work.wait()
    host.rest(ordered.batch)
    thread.join()
    assert (found[0][0].made, Crew.made) == (None, 1)
    turn, begun = ordered({"status": "done"})
    assert (turn.made, begun, Crew.made) == (None, 0, 1)


def test_one_crew_serves_a_batch_as_long_as_it_lives(ordered):
    for _ in range(3):
        ordered({"status": "done"})
    assert Crew.made == 1
