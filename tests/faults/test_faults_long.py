"""The long form (``make faults``): at random, at every step, many at once, and for long."""

from __future__ import annotations

import os
import random
import resource
import signal
import sys
import time

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not os.environ.get("TOOLKIT_TEST_LONG"), reason="make faults runs these"),
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc"),
]
KILLED_FIRST = """
import os
from pathlib import Path
died = Path(os.environ["FAULTS_HOME"], f"died-{folder.name}")
if not died.exists():
    died.touch()
    os.kill(os.getpid(), 9)
"""


def test_fifty_starts_at_once(batch, undisturbed):
    started = [batch.start() for _ in range(50)]
    codes = []
    for process in started:
        process.communicate()
        codes.append(process.returncode)
    # One that starts after the first has ended finds all unchanged.
    assert set(codes) <= {0, 75}
    assert 0 in codes
    assert batch.resume() == undisturbed


def test_two_at_once_twenty_times(batch, undisturbed):
    for _ in range(20):
        pair = [batch.start("--force") for _ in range(2)]
        for process in pair:
            process.communicate()
        assert {process.returncode for process in pair} <= {0, 75}
        assert batch.tree() == undisturbed


@pytest.mark.parametrize("seed", range(100))
def test_a_kill_at_random(batch, undisturbed, seed):
    """Of parent, nursery or child, whoever it meets."""
    chance = random.Random(seed)
    process = batch.start()
    time.sleep(chance.uniform(0.5, 8))
    living = batch.processes()
    if living:
        os.kill(chance.choice(living), signal.SIGKILL)
    batch.ended(process)
    batch.check_files()
    assert batch.resume("--force") == undisturbed


@pytest.mark.parametrize("kind", ["write", "fsync", "replace", "rename"])
@pytest.mark.parametrize("nth", range(1, 13))
def test_a_full_disk_at_every_step_of_the_batch(batch, undisturbed, kind, nth):
    batch.run(parent=f"{kind}:{nth}")
    batch.check_files()
    assert batch.resume() == undisturbed


@pytest.mark.parametrize("size", [0, 1_000, 10_000, 100_000, 1_000_000])
def test_files_that_may_not_grow(batch, undisturbed, size):
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    code, _ = batch.run(limit=limit)
    batch.check_files()
    assert code in (0, 1)
    assert batch.resume("--force") == undisturbed


def test_a_nursery_that_is_stopped(batch, undisturbed, waiting):
    batch.plant("c04", waiting)
    process = batch.start("--timeout", "20")
    batch.reached()
    os.kill(batch.nursery(), signal.SIGSTOP)
    batch.ended(process)
    batch.check_files()
    assert batch.resume() == undisturbed


def test_a_soak(batch_of, wait_until):
    """Three hundred clients, every tenth killed once: the parent grows by nothing."""
    names = tuple(f"c{number:03}" for number in range(300))
    batch = batch_of(names)
    for name in names[::10]:
        batch.plant(name, KILLED_FIRST)
    process = batch.start()
    seen = []
    for share in (60, 280):
        wait_until(lambda share=share: len(list(batch.out.glob("c*/manifest.json"))) >= share)
        seen.append(_held(process.pid))
    code, _ = batch.ended(process)
    assert set(batch.check(code).values()) == {"done"}
    (early, late) = seen
    assert late["threads"] <= early["threads"]
    assert late["handles"] <= early["handles"] + 2
    assert late["kilobytes"] <= early["kilobytes"] + 20_000


def _held(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        status = dict(line.rstrip("\n").split(":", 1) for line in file)
    return {
        "threads": int(status["Threads"]),
        "handles": len(os.listdir(f"/proc/{pid}/fd")),
        "kilobytes": int(status["VmRSS"].split()[0]),
    }
