"""Faults befall a batch: all clients are accounted for, nothing partial stands, it can go on."""

from __future__ import annotations

import os
import signal
import sys

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc"),
]
LONG = pytest.mark.skipif(not os.environ.get("TOOLKIT_TEST_LONG"), reason="make faults")
ENDLESS = "import time\nwhile True:\n    time.sleep(0.01)\n"
BUSY_IN_C = "import ctypes\nctypes.PyDLL(None).sleep(1000)\n"
STOPPED = "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\n"
POISON = "import os\nos.kill(os.getpid(), 9)\n"
KILLED_ONCE = """
import os
from pathlib import Path
died = Path(os.environ["FAULTS_HOME"], "died")
if not died.exists():
    died.touch()
    os.kill(os.getpid(), 9)
"""
HUGE = "for _ in range(500):\n    print('x' * 1_000_000)\n"
MEMORY = "held = bytearray(900 << 20)\n"


@LONG
def test_bad_clients_are_named_and_the_others_done(batch, undisturbed):
    """Cells that never end, die, ask, flood or take all memory, in one batch."""
    planted = {
        "c00": ENDLESS,
        "c01": BUSY_IN_C,
        "c02": STOPPED,
        "c03": POISON,
        "c04": KILLED_ONCE,
        "c05": HUGE,
        "c06": MEMORY,
        "c07": "input()\n",
        "c08": "import sys\nsys.exit(0)\n",
    }
    for name, source in planted.items():
        batch.plant(name, source)
    code, screen = batch.run("--timeout", "12", "--memory", "600")
    found = batch.check(code)
    good = {"c04", "c09", "c10", "c11"}
    assert {name for name, status in found.items() if status == "done"} == good, screen
    assert {status for name, status in found.items() if name not in good} == {"failed"}
    reasons = {name: one["reason"] for name, one in batch.outcomes().items()}
    for name in ("c00", "c01", "c02"):
        assert "12 seconds" in reasons[name]
    assert "-9" in reasons["c03"]
    assert "memory" in reasons["c06"]
    batch.heal()
    batch.plant("c03", POISON)
    code, _ = batch.run()
    found = batch.check(code)
    assert [name for name, status in found.items() if status == "failed"] == ["c03"]
    assert "given up" in batch.outcomes()["c03"]["reason"]
    assert batch.resume("--force") == undisturbed


def test_a_killed_nursery_is_begun_anew_and_all_is_done(batch, undisturbed, waiting):
    batch.plant("c02", waiting)
    process = batch.start()
    batch.reached()
    os.kill(batch.nursery(), signal.SIGKILL)
    batch.let_go()
    code, _ = batch.ended(process)
    assert set(batch.check(code).values()) == {"done"}
    assert batch.tree() == undisturbed


@LONG
def test_a_killed_parent_takes_all_with_it_and_the_next_goes_on(
    batch, undisturbed, waiting, wait_until
):
    batch.plant("c04", waiting)
    process = batch.start()
    batch.reached()
    wait_until(lambda: (batch.out / "c03" / "manifest.json").exists())
    process.kill()
    code, _ = batch.ended(process)
    assert code == -signal.SIGKILL
    batch.check_files()
    assert not (batch.out / "c04" / "manifest.json").exists()
    assert batch.resume() == undisturbed
    assert batch.outcomes()["c00"]["status"] == "unchanged"


@pytest.mark.parametrize("number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=LONG)])
def test_a_signal_lets_finish_what_runs_even_if_inherited_as_ignored(
    batch, undisturbed, waiting, number
):
    batch.plant("c04", waiting)
    ignoring = ("sh", "-c", 'trap "" INT TERM; exec "$@"', "sh")
    process = batch.start(before=ignoring)
    batch.reached()
    os.kill(process.pid, number)
    batch.let_go()
    code, _ = batch.ended(process)
    assert code == 128 + number
    found = batch.check(code)
    assert found["c04"] == "done"
    assert "not_run" in found.values()
    assert batch.resume() == undisturbed


@LONG
def test_a_second_signal_ends_what_runs(batch, undisturbed, waiting):
    batch.plant("c04", waiting)
    process = batch.start("--jobs", "1")
    child = batch.reached()
    os.kill(process.pid, signal.SIGINT)
    os.kill(process.pid, signal.SIGTERM)  # two of one kind may melt into one
    code, _ = batch.ended(process)
    assert code == 130
    assert child not in batch.processes()
    found = batch.check(code)
    assert found["c03"] == "done"
    assert {found[name] for name in ("c04", "c05", "c11")} == {"not_run"}
    assert batch.resume() == undisturbed


FULL = (
    *(("write", 1), ("write", 2), ("fsync", 1), ("fsync", 2), ("fsync", 3), ("fsync", 4)),
    *(("replace", 1), ("replace", 2), ("replace", 3), ("rename", 1), ("rename", 2), ("link", 1)),
)


@LONG
def test_a_full_disk_at_any_step_of_a_client(batch, undisturbed):
    for number, (kind, nth) in enumerate(FULL):
        batch.plant_full(f"c{number:02}", kind, nth)
    code, _ = batch.run()
    found = batch.check(code)
    assert "failed" in found.values()
    assert batch.resume("--force") == undisturbed


@LONG
def test_a_full_disk_under_the_batch_itself(batch, undisturbed):
    code, screen = batch.run(parent="fsync:2")
    assert code == 1
    assert len(screen.splitlines()) <= 3
    batch.check_files()
    assert batch.resume() == undisturbed


def test_no_folder_to_write_into(batch):
    (batch.home / "file").touch()
    for place in (batch.home / "file", batch.home / "file" / "out"):
        code, screen = batch.run(out=place)
        assert code == 1
        assert str(place) in screen


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(batch):
    batch.out.mkdir(mode=0o555)
    code, screen = batch.run()
    assert code == 1
    assert str(batch.out) in screen


@LONG
def test_a_place_that_is_taken_fails_one_client(batch, undisturbed):
    """Beside it: a broken ledger, a broken manifest and edits of a page are all made good."""
    batch.out.mkdir()
    (batch.out / "c07").write_text("a file where a folder is to be")
    (batch.out / ".ledger").mkdir()
    (batch.out / ".ledger" / "ledger.sqlite").write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    (batch.out / "c08").mkdir()
    (batch.out / "c08" / "manifest.json").write_bytes(b'{"files": \xff')
    code, _ = batch.run()
    found = batch.outcomes()
    assert code == 1
    assert [name for name, one in found.items() if one["status"] != "done"] == ["c07"]
    assert list((batch.out / ".ledger").glob("ledger.sqlite.broken-*"))
    (batch.out / "c07").unlink()
    (batch.out / "c09" / "manifest.json").write_text("[]")
    (batch.out / "c10" / "diagnosis.json").write_text("{}")
    assert batch.resume() == undisturbed


def test_two_batches_at_once(batch, undisturbed, waiting):
    batch.plant("c04", waiting)
    first = batch.start()
    batch.reached()
    second = batch.start()
    screen, _ = second.communicate()
    assert second.returncode == 75
    assert str(batch.out) in screen
    batch.let_go()
    code, _ = batch.ended(first)
    assert code == 0
    assert batch.tree() == undisturbed


CHANGED = """
import os
from pathlib import Path
home = Path(os.environ["FAULTS_HOME"])
if {always} or not (home / f"changed-{{folder.name}}").exists():
    (home / f"changed-{{folder.name}}").touch()
    with (folder / "data" / "orders.csv").open("a", encoding="utf-8") as file:
        file.write("more,C1,2026-07-01,100\\n")
"""


@LONG
def test_inputs_that_change_while_they_are_read(batch_of):
    """Read again with what they hold now; one that never comes to rest is told so."""
    batch = batch_of(("c00", "c01", "c02"))
    batch.plant("c01", CHANGED.format(always=False), late=True)
    batch.plant("c02", CHANGED.format(always=True), late=True)
    code, _ = batch.run()
    assert batch.check(code) == {"c00": "done", "c01": "done", "c02": "failed"}
    assert "changed" in batch.outcomes()["c02"]["reason"]
    resumed = batch.resume()
    assert batch.outcomes()["c01"]["status"] == "unchanged"
    for name in ("c01", "c02"):
        now = (batch.clients / name / "data" / "orders.csv").read_bytes()
        assert resumed[f"{name}/evidence/orders.csv"] == now
