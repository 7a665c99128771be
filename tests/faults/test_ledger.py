"""Ledgers, caches and manifests that are broken, old or tampered with: made good, and told."""

from __future__ import annotations

import os
import random
import sqlite3
import sys

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc"),
]
LONG = pytest.mark.skipif(not os.environ.get("TOOLKIT_TEST_LONG"), reason="make faults")
OLD = """
DROP TABLE attempts;
DROP TABLE hashes;
CREATE TABLE attempts(id INTEGER PRIMARY KEY, client_id TEXT NOT NULL, state TEXT NOT NULL);
INSERT INTO attempts(client_id, state) VALUES ('c03', 'died');
CREATE TABLE hashes(path TEXT PRIMARY KEY, sha256 TEXT NOT NULL);
PRAGMA user_version = 0;
"""
"""As an earlier version may have laid it out: columns are missing."""


def _ledger(batch):
    return batch.out / ".ledger" / "ledger.sqlite"


def _header(path):
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)


def _text(path):
    path.write_text("not a ledger")


def _cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _old(path):
    with sqlite3.connect(path) as db:
        db.executescript(OLD)
    db.close()


def _newer(path):
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 999")
    db.close()


@pytest.mark.parametrize(
    "broken", [_header, _old, *(pytest.param(one, marks=LONG) for one in (_text, _cut, _newer))]
)
def test_a_ledger_that_cannot_be_used_is_put_aside(stood, undisturbed, broken):
    """It is told, nothing of it is lost, and the reports stand as they were."""
    broken(_ledger(stood))
    was = _ledger(stood).read_bytes()
    code, screen = stood.run()
    assert code == 0, screen
    assert set(stood.check(code).values()) == {"unchanged"}
    (aside,) = (stood.out / ".ledger").glob("ledger.sqlite.broken-*")
    assert aside.name in screen
    assert broken is _old or aside.read_bytes() == was
    assert stood.resume() == undisturbed


def test_broken_caches_show_nowhere(stood, undisturbed):
    """Of hashes, of profiles and of the font of the index."""
    code, _ = stood.run()
    page = (stood.out / "index.html").read_bytes()
    font = stood.out / ".ledger" / "index.font.css"
    whole = font.read_text(encoding="utf-8")
    font.write_text(whole[: len(whole) // 2], encoding="utf-8")
    with sqlite3.connect(_ledger(stood)) as db:
        db.execute("UPDATE profiles SET client_id = 'c11', company_name = '他社'")
        db.execute("UPDATE hashes SET sha256 = replace(replace(sha256, 'a', 'b'), '1', '2')")
        db.execute("UPDATE hashes SET size = 'many', inode = NULL WHERE path LIKE '%c05%'")
    db.close()
    code, screen = stood.run()
    assert code == 0, screen
    assert set(stood.check(code).values()) == {"unchanged"}
    assert (stood.out / "index.html").read_bytes() == page
    assert stood.tree() == undisturbed


@LONG
def test_any_byte_of_the_ledger_may_be_wrong(stood, undisturbed, note):
    """Whatever it then says, every report is there in the end."""
    whole = _ledger(stood).read_bytes()
    told = 0
    for seed in range(40):
        chance = random.Random(seed)
        data = bytearray(whole)
        for _ in range(chance.choice((1, 8, 200))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        for path in (stood.out / ".ledger").glob("ledger.sqlite*"):
            path.unlink()
        _ledger(stood).write_bytes(data)
        code, screen = stood.run()
        assert code == 0, (seed, screen)
        told += "broken-" in screen
        assert stood.tree() == undisturbed
    note(f"40 damaged ledgers: {told} put aside, the others were of no consequence")


def test_a_place_that_is_taken_fails_one_client(stood, undisturbed):
    """Beside it: broken manifests and edits of what was written are made good."""
    for path in (stood.out / "c07").rglob("*"):
        if path.is_file():
            path.unlink()
    for path in sorted((stood.out / "c07").rglob("*"), reverse=True):
        path.rmdir()
    (stood.out / "c07").rmdir()
    (stood.out / "c07").write_text("a file where a folder is to be")
    (stood.out / "c08" / "manifest.json").write_bytes(b'{"files": \xff')
    (stood.out / "c09" / "manifest.json").write_text("[]")
    (stood.out / "c10" / "diagnosis.json").write_text("{}")
    (stood.out / "c11" / "manifest.json").write_text("[" * 100_000)
    code, screen = stood.run()
    found = stood.outcomes()
    assert code == 1, screen
    assert found["c07"]["status"] == "failed"
    assert {found[name]["status"] for name in ("c08", "c09", "c10", "c11")} == {"done"}
    assert found["c00"]["status"] == "unchanged"
    made = {name: data for name, data in undisturbed.items() if not name.startswith("c07/")}
    assert stood.tree() == made
