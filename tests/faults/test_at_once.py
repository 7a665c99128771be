"""Many batches at one place, and one for long (``make faults``)."""

from __future__ import annotations

import os
import sys

import planted
import pytest
from living_processes import held, until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not os.environ.get("TOOLKIT_TEST_LONG"), reason="make faults runs these"),
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc"),
]
CLIENTS = 300
EVERY = 10
"""One of so many is killed once."""


def test_fifty_starts_at_once(batch, undisturbed, note):
    started = [batch.start() for _ in range(50)]
    codes = []
    for process in started:
        screen, _ = process.communicate()
        assert "Traceback" not in screen
        codes.append(process.returncode)
    note(f"50 starts: {codes.count(0)} ran, {codes.count(75)} were turned away")
    # One that starts after the first has ended finds all unchanged.
    assert set(codes) <= {0, 75}
    assert 0 in codes
    assert batch.resume() == undisturbed


def test_two_at_once_twenty_times(batch, undisturbed, note):
    turned_away = 0
    for _ in range(20):
        pair = [batch.start("--force") for _ in range(2)]
        for process in pair:
            screen, _ = process.communicate()
            assert "Traceback" not in screen
        codes = sorted(process.returncode for process in pair)
        assert codes[0] == 0
        turned_away += codes[1] == 75
        assert batch.tree() == undisturbed
    note(f"20 pairs: {turned_away} times the second was turned away, else it came after")


def test_a_soak(batch_of, note):
    """Three hundred clients, every tenth killed once: the parent grows by nothing."""
    names = tuple(f"c{number:03}" for number in range(CLIENTS))
    batch = batch_of(names)
    for name in names[::EVERY]:
        batch.plant(name, planted.KILLED_ONCE)
    process = batch.start()
    seen = {}
    for share in (30, 60, 150, 280):
        until(lambda share=share: len(list(batch.out.glob("c*/manifest.json"))) >= share)
        seen[share] = {"parent": held(process.pid), "nursery": held(batch.nursery())}
        note(f"after {share}: {seen[share]}")
    code, _ = batch.ended(process)
    assert set(batch.check(code).values()) == {"done"}
    killed = batch.journal("SELECT count(*) FROM attempts WHERE state = 'died'")[0][0]
    note(f"{CLIENTS} done, {killed} killed and done again")
    assert killed == CLIENTS // EVERY
    for who in ("parent", "nursery"):
        early, late = seen[60][who], seen[280][who]
        assert late["threads"] <= early["threads"]
        assert late["handles"] <= early["handles"] + 2
        assert late["kilobytes"] <= early["kilobytes"] + 5_000
