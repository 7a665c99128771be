"""Cells that never end, die, ask, flood or take all memory: named, and the others done."""

from __future__ import annotations

import os
import sys

import planted
import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc"),
]
LONG = pytest.mark.skipif(not os.environ.get("TOOLKIT_TEST_LONG"), reason="make faults")
BAD = {
    "c00": planted.ENDLESS,
    "c01": planted.BUSY_IN_C,
    "c02": planted.STOPPED,
    "c03": planted.POISON,
    "c04": planted.KILLED_ONCE,
    "c05": planted.HUGE,
    "c06": planted.MEMORY,
    "c07": planted.ASKS,
    "c08": planted.LEAVES,
    "c09": planted.WITH_A_CHILD,
    "c10": planted.HUGE_IN_C,
}
GOOD = {"c04", "c09", "c10", "c11"}


def test_bad_clients_are_named_and_the_others_done(batch, undisturbed):
    """All in one batch; the next one makes the rest, and gives up the one that kills."""
    for name, source in BAD.items():
        batch.plant(name, source)
    code, screen = batch.run("--timeout", "15", "--memory", "600")
    found = batch.check(code)
    assert {name for name, status in found.items() if status == "done"} == GOOD, screen
    assert {status for name, status in found.items() if name not in GOOD} == {"failed"}
    reasons = {name: one["reason"] for name, one in batch.outcomes().items()}
    for name in ("c00", "c01", "c02"):
        assert "15 seconds" in reasons[name]
    assert "-9" in reasons["c03"]
    assert "OutputTooLarge" in reasons["c05"]
    assert "memory" in reasons["c06"]
    assert "StdinNotImplementedError" in reasons["c07"]
    batch.heal()
    code, _ = batch.run()
    found = batch.check(code)
    assert [name for name, status in found.items() if status == "failed"] == ["c03"]
    assert "given up" in batch.outcomes()["c03"]["reason"]
    assert {**batch.tree()} == {
        name: data
        for name, data in undisturbed.items()
        if not name.startswith("c03/") or name == "c03/failure.json"
    } | {"c03/failure.json": batch.tree()["c03/failure.json"]}


@LONG
def test_one_given_up_is_tried_again_when_it_is_forgiven(batch, undisturbed):
    batch.plant("c03", planted.POISON)
    code, _ = batch.run()
    assert batch.check(code)["c03"] == "failed"
    assert batch.resume("--force") == undisturbed


@LONG
@pytest.mark.parametrize("engine", ["spawn", "nbclient"])
def test_bad_clients_of_the_other_engines(batch_of, engine):
    """A worker, or a kernel and its runner, end as a fork does."""
    sources = [planted.ENDLESS, planted.BUSY_IN_C, planted.POISON, planted.HUGE, planted.MEMORY]
    sources += [planted.ASKS, planted.KILLED_ONCE, planted.WITH_A_CHILD]
    names = [f"c{number:02}" for number in range(len(sources) + 1)]
    batch = batch_of(names)
    for name, source in zip(names, sources, strict=False):
        batch.plant(name, source)
    code, screen = batch.run("--engine", engine, "--timeout", "60", "--memory", "600")
    found = batch.check(code)
    good = {"c06", "c07", "c08"}
    assert {name for name, status in found.items() if status == "done"} == good, screen
    reasons = {name: one["reason"] for name, one in batch.outcomes().items()}
    assert "60 seconds" in reasons["c00"]
    assert "60 seconds" in reasons["c01"]
