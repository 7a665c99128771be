"""A first signal lets finish what runs, a second one ends it, also if inherited as ignored."""

from __future__ import annotations

import os
import signal
import sys

import planted
import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc"),
]
LONG = pytest.mark.skipif(not os.environ.get("TOOLKIT_TEST_LONG"), reason="make faults")
IGNORING = ("sh", "-c", 'trap "" INT TERM; exec "$@"', "sh")
"""As a shell without job control starts what ends with an ampersand."""

FULL = {"c00": ("write", 1), "c01": ("fsync", 1), "c02": ("replace", 1), "c03": ("fsync", 3)}
"""Which call of a client's process finds no space."""


def test_one_signal_and_then_two(batch, undisturbed):
    """In the first night one, in the second two, in the third none.

    In the first night the disk is full for some clients too, each at another step.
    """
    for name, step in FULL.items():
        batch.plant_full(name, *step)
    batch.plant("c04", planted.WAITS)
    batch.plant("c07", planted.WAITS)
    process = batch.start(before=IGNORING)
    batch.reached("c04")
    os.kill(process.pid, signal.SIGINT)
    batch.let_go("c04")
    code, screen = batch.ended(process)
    assert code == 130, screen
    found = batch.check(code)
    assert found["c04"] == "done"
    assert found["c11"] == "not_run"
    assert {found[name] for name in FULL} == {"failed"}
    for name in FULL:
        (batch.home / f"{name}.py").unlink()

    process = batch.start("--jobs", "1", before=IGNORING)
    child = batch.reached("c07")
    os.kill(process.pid, signal.SIGINT)
    os.kill(process.pid, signal.SIGTERM)  # two of one kind may melt into one
    code, screen = batch.ended(process)
    assert code == 130, screen
    assert child not in batch.processes()
    found = batch.check(code)
    assert {found[name] for name in ("c07", "c08", "c11")} == {"not_run"}
    assert batch.resume() == undisturbed


@LONG
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_other_signals(batch, undisturbed, number):
    batch.plant("c04", planted.WAITS)
    process = batch.start()
    batch.reached("c04")
    os.kill(process.pid, number)
    batch.let_go("c04")
    code, _ = batch.ended(process)
    assert code == 128 + number
    found = batch.check(code)
    assert found["c04"] == "done"
    assert batch.resume() == undisturbed


@LONG
def test_a_batch_that_is_to_outlive_its_terminal_does(batch, undisturbed):
    """``nohup`` says that a hang-up is of no concern."""
    batch.plant("c04", planted.WAITS)
    process = batch.start(before=("nohup",))
    batch.reached("c04")
    os.kill(process.pid, signal.SIGHUP)
    batch.let_go("c04")
    code, _ = batch.ended(process)
    assert code == 0
    assert batch.tree() == undisturbed


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_before_anything_has_begun(batch_of, number):
    """While the clients are looked over: told as not run, nothing left."""
    batch = batch_of(("c00", "c01"))
    process = batch.start(parent=f"signal:{int(number)}")
    code, screen = batch.ended(process)
    assert code == 128 + number, screen
    assert set(batch.check(code).values()) == {"not_run"}
