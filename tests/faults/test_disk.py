"""Full disks, files that may not grow, folders that are missing or may not be written."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import sys

import pytest
from failing import KINDS
from ordinary_rights import no_rights_of_root

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc"),
]
LONG = pytest.mark.skipif(not os.environ.get("TOOLKIT_TEST_LONG"), reason="make faults")
STEPS = (
    *(("write", 1), ("write", 2), ("fsync", 1), ("fsync", 2), ("fsync", 3), ("fsync", 4)),
    *(("replace", 1), ("replace", 2), ("rename", 1), ("rename", 2), ("link", 1)),
)


@LONG
def test_a_full_disk_at_a_step_of_a_client(batch, undisturbed):
    """Each step in another client: those it befell have failed, and are made the next night."""
    for number, (kind, nth) in enumerate(STEPS):
        batch.plant_full(f"c{number:02}", kind, nth)
    code, _ = batch.run()
    found = batch.check(code)
    assert list(found.values()).count("failed") >= len(STEPS) // 2
    assert all(status in ("done", "failed") for status in found.values())
    assert batch.resume() == undisturbed


@LONG
@pytest.mark.parametrize("kind", KINDS)
def test_a_full_disk_at_every_step_of_a_client(batch_of, undisturbed, kind, note):
    """As many clients as it has steps: each but the last ones met its fault."""
    names = [f"c{number:02}" for number in range(24)]
    batch = batch_of(names)
    for nth, name in enumerate(names, 1):
        batch.plant_full(name, kind, nth)
    code, _ = batch.run()
    batch.check(code)
    met = sorted(path.stem for path in batch.home.glob("*.met"))
    note(f"{kind}: a client has {len(met)} steps")
    assert met == names[: len(met)]
    assert len(met) < len(names)
    resumed = batch.resume()
    assert {name: data for name, data in resumed.items() if name[:3] < "c12"} == undisturbed


@pytest.mark.parametrize(
    ("kind", "most"),
    [("fsync", 1), ("replace", 1), *(pytest.param(kind, 99, marks=LONG) for kind in KINDS)],
)
def test_a_full_disk_at_a_step_of_the_batch_itself(stood, undisturbed, kind, most, note):
    """One line tells of it, and the reports are as they were; the next batch mends the rest."""
    for nth in range(1, most + 1):
        (stood.out / ".ledger" / "index.font.css").unlink(missing_ok=True)
        code, screen = stood.run(parent=f"{kind}:{nth}")
        if not (stood.home / "parent.met").exists():
            break
        (stood.home / "parent.met").unlink()
        assert code == 1 or "12 of 12" in screen
        assert code == 0 or len(screen.splitlines()) <= 3
        assert stood.tree() == undisturbed
    else:
        assert most == 1
    note(f"{kind}: {nth} steps")
    assert stood.resume() == undisturbed


@LONG
@pytest.mark.parametrize("size", [0, 1_000, 10_000, 100_000, 1_000_000])
def test_files_that_may_not_grow(batch, undisturbed, size, note):
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    code, screen = batch.run(limit=limit)
    batch.check_files()
    note(f"{size} bytes: exit {code}: {screen.strip().splitlines()[-1]}")
    assert code == (0 if size == 1_000_000 else 1)
    assert batch.resume() == undisturbed


@pytest.fixture
def small_disk(tmp_path):
    """Mount a disk of so many kilobytes at a place; where that is not allowed, say so."""
    mounted = []

    def mount(place, kilobytes):
        place.mkdir(exist_ok=True)
        asked = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place)]
        done = subprocess.run(asked, capture_output=True, check=False)
        if done.returncode:
            pytest.skip("mounting is not allowed here")
        mounted.append(place)

    yield mount
    for place in mounted:
        subprocess.run(["umount", str(place)], check=True)


@LONG
@pytest.mark.parametrize("kilobytes", [8, 64, 128, 256, 512, 1024])
def test_a_small_disk_that_is_full(batch, undisturbed, small_disk, kilobytes, note):
    small_disk(batch.out, kilobytes)
    code, screen = batch.run()
    note(f"{kilobytes} kB: exit {code}: {screen.strip().splitlines()[-1]}")
    assert code == 1
    batch.check_files()
    subprocess.run(
        ["mount", "-o", "remount,size=64m", str(batch.out)], check=True, capture_output=True
    )
    assert batch.resume() == undisturbed


@LONG
@pytest.mark.parametrize("left", [0, 4, 8])
def test_no_room_for_temporary_files(batch, undisturbed, small_disk, left, note):
    """With no room at all another place is taken; with little it is no fault of any client."""
    small_disk(batch.temporary, 64)
    filler = batch.temporary / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 1024)
    os.truncate(filler, filler.stat().st_size - left * 1024)
    for _ in range(2):
        process = batch.start()
        screen, _ = process.communicate()
        note(f"{left} kB left: exit {process.returncode}: {screen.strip().splitlines()[-1]}")
        assert process.returncode == (1 if left else 0), screen
        assert "Traceback" not in screen
        batch.check_files()
    assert not batch.journal("SELECT * FROM attempts WHERE state = 'died'")
    filler.unlink()
    subprocess.run(
        ["mount", "-o", "remount,size=64m", str(batch.temporary)], check=True, capture_output=True
    )
    assert batch.resume() == undisturbed


def test_no_folder_to_write_into(batch):
    (batch.home / "file").touch()
    for place in (batch.home / "file", batch.home / "file" / "out"):
        code, screen = batch.run(out=place)
        assert code == 1
        assert str(place) in screen


def test_a_read_only_folder(stood, undisturbed):
    """Of the batch, of its ledger: told in a line; nothing has changed."""
    for place in (stood.out, stood.out / ".ledger"):
        place.chmod(0o555)
        for path in place.glob("*.sqlite*"):
            path.chmod(0o444)
        code, screen = stood.run(limit=no_rights_of_root)
        place.chmod(0o755)
        for path in place.glob("*.sqlite*"):
            path.chmod(0o644)
        assert code == 1
        assert str(stood.out) in screen
        assert stood.tree() == undisturbed
    assert stood.resume() == undisturbed


def test_no_folder_of_clients(batch):
    shutil.rmtree(batch.out, ignore_errors=True)
    batch.clients = batch.home / "nowhere"
    code, screen = batch.run()
    assert code == 2
    assert "nowhere" in screen
