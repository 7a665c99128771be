"""Children, the warm parent and the batch itself are killed: nothing partial stands."""

from __future__ import annotations

import os
import random
import signal
import sys
import time

import planted
import pytest
from living_processes import until
from twelve_clients import NAMES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc"),
]
LONG = pytest.mark.skipif(not os.environ.get("TOOLKIT_TEST_LONG"), reason="make faults")


def test_a_killed_nursery_and_a_killed_parent(batch, undisturbed):
    """The nursery is begun anew; the parent takes all with it, and the next batch goes on.

    While the first runs a second one is turned away.
    """
    for name in ("c02", "c06"):
        batch.plant(name, planted.WAITS)
    process = batch.start()
    batch.reached("c02")
    second = batch.start()
    screen, _ = second.communicate()
    assert second.returncode == 75
    assert str(batch.out) in screen
    (batch.home / "reached-c02").unlink()
    os.kill(batch.nursery(), signal.SIGKILL)
    batch.reached("c02")
    batch.let_go("c02")
    batch.reached("c06")
    until(lambda: all((batch.out / name / "manifest.json").exists() for name in ("c02", "c05")))
    process.kill()
    code, _ = batch.ended(process)
    assert code == -signal.SIGKILL
    batch.check_files()
    assert not (batch.out / "c06" / "manifest.json").exists()
    assert batch.resume() == undisturbed
    assert batch.outcomes()["c02"]["status"] == "unchanged"
    assert not list(batch.temporary.iterdir())


MOST_KILLS = 6
"""How many are killed in one batch; seventeen batches make a hundred."""


@LONG
@pytest.mark.parametrize("seed", range(17))
def test_kills_at_random(batch, undisturbed, seed, note):
    """Children and warm parents, whoever it meets, and in the end maybe the batch itself."""
    chance = random.Random(seed)
    for name in NAMES:
        batch.plant(name, planted.LINGERS)
    process = batch.start()
    met = []
    until(lambda: list(batch.out.glob(".ledger/ledger.sqlite")))
    for number in range(MOST_KILLS):
        if chance.random() < 0.8:  # else while the next warm parent warms up
            until(lambda: process.poll() is not None or batch.forked())
        time.sleep(chance.uniform(0.1, 2))
        spared = process.pid if number < MOST_KILLS - 1 else None
        living = until(lambda spared=spared: _living(batch, process, spared))
        if living == [None]:
            break
        chosen = chance.choice(living)
        met.append(_kind(chosen, process, batch))
        os.kill(chosen, signal.SIGKILL)
    code, _ = batch.ended(process)
    batch.check_files()
    note(f"seed {seed}: killed {', '.join(met) or 'nobody'}; exit {code}")
    if code == 0:
        batch.check(code)
    twice = batch.journal(
        "SELECT client_id FROM attempts WHERE state = 'died' GROUP BY client_id, input_key"
        " HAVING count(*) > 1"
    )
    assert batch.resume(*(["--force"] if twice else [])) == undisturbed


def _living(batch, process, spared):
    """Who can be killed; nobody once the batch has ended."""
    if process.poll() is not None:
        return [None]
    return [pid for pid in batch.processes() if pid != spared]


def _kind(pid, process, batch):
    if pid == process.pid:
        return "parent"
    forked = [one for one in batch.processes("toolkit.batch.nursery") if one != pid]
    return "child" if any(one < pid for one in forked) else "nursery"


@LONG
def test_a_nursery_that_is_stopped(batch, undisturbed):
    batch.plant("c04", planted.WAITS)
    process = batch.start("--timeout", "20")
    batch.reached("c04")
    os.kill(batch.nursery(), signal.SIGSTOP)
    batch.let_go("c04")
    code, _ = batch.ended(process)
    batch.check(code)
    assert batch.resume() == undisturbed


@LONG
def test_a_process_that_a_client_left_behind_goes_with_the_nursery(batch):
    batch.plant("c02", planted.WITH_A_CHILD + planted.WAITS)
    process = batch.start()
    batch.reached("c02")
    assert batch.processes("sleep")
    os.kill(batch.nursery(), signal.SIGKILL)
    until(lambda: len(batch.processes("sleep")) == 1)
    batch.let_go("c02")
    code, _ = batch.ended(process)
    assert set(batch.check(code).values()) == {"done"}
