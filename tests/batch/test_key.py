"""What a report's key is made of: every input changes it, and nothing else does."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from toolkit.batch.clients import Source
from toolkit.batch.hashes import RACY_NS, Hashes
from toolkit.batch.key import client_key, settings_key
from toolkit.batch.ledger import open_ledger
from toolkit.batch.plan import run_date
from toolkit.deliverables.options import Options

DAY = "2026-10-01"
INPUTS = (
    *("client.yaml", "hearing.xlsx", "edits.yaml", ".salt", "data/orders.csv", "data/sub/more.csv"),
    *("mappings/orders.toml", "history/2026-09-01.json"),
)
FOREIGN = ("README.md", "proposals/orders.toml", "notes.txt", "data.bak")


@pytest.fixture
def client(tmp_path):
    folder = tmp_path / "client"
    for name in (*INPUTS, *FOREIGN):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("1", encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path):
    """The options of a firm with a method, a theme and a notebook of its own."""
    for name in ("method/words/ja/x.toml", "look/theme.toml", "look/logo.png", "own.ipynb"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1", encoding="utf-8")
    return Options(
        method=tmp_path / "method",
        theme=tmp_path / "look" / "theme.toml",
        notebook=tmp_path / "own.ipynb",
    )


def key(client, day=DAY, settings="s"):
    return client_key(client, day, settings, Hashes())


@pytest.mark.parametrize("name", INPUTS)
def test_each_input_of_a_client_changes_its_key(client, name):
    before = key(client)
    (client / name).write_text("2", encoding="utf-8")
    changed = key(client)
    (client / name).unlink()
    assert len({before, changed, key(client)}) == 3


def test_a_file_under_another_name_is_another_input(client):
    before = key(client)
    (client / "data" / "orders.csv").rename(client / "data" / "受注.csv")
    assert key(client) != before


def test_a_further_file_changes_the_key(client):
    before = key(client)
    (client / "data" / "later.csv").write_text("1", encoding="utf-8")
    assert key(client) != before


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_input_does_not(client, name):
    before = key(client)
    (client / name).write_text("2", encoding="utf-8")
    assert key(client) == before


def test_the_same_content_has_the_same_key_anywhere_and_at_any_time(client, tmp_path):
    before = key(client)
    os.utime(client / "client.yaml", (1, 1))
    assert key(client) == before
    assert key(client.rename(tmp_path / "elsewhere")) == before


def test_day_and_settings_change_the_key(client):
    assert len({key(client), key(client, "2026-10-02"), key(client, DAY, "t")}) == 3


@pytest.mark.parametrize(
    "changed",
    [
        {"formats": ("html",)},
        {"langs": ("en",)},
        {"fallback_lang": "en"},
        {"method": None},
        {"theme": None},
        {"notebook": None},
    ],
)
def test_each_option_changes_the_settings(settings, changed):
    assert settings_key(settings, Hashes()) != settings_key(replace(settings, **changed), Hashes())


@pytest.mark.parametrize(
    "name", ["method/words/ja/x.toml", "look/theme.toml", "look/logo.png", "own.ipynb"]
)
def test_each_file_of_a_firm_changes_the_settings(settings, tmp_path, name):
    before = settings_key(settings, Hashes())
    (tmp_path / name).write_text("2", encoding="utf-8")
    assert settings_key(settings, Hashes()) != before


def test_how_fast_it_may_be_does_not(settings):
    same = replace(settings, timeout=5, engine="toolkit", about={"x": "y"})
    assert settings_key(settings, Hashes()) == settings_key(same, Hashes())


@pytest.mark.parametrize("part", ["toolkit", "templates", "notebooks"])
def test_our_own_files_change_the_settings(monkeypatch, tmp_path, part):
    """Code, templates, the notebook: one file more in a copy of a place is seen."""
    import toolkit
    from toolkit import resources

    places = {name: tmp_path / name for name in ("toolkit", "templates", "notebooks")}
    for place in places.values():
        (place / "diagnose").mkdir(parents=True)
        (place / "diagnose" / "x.txt").write_text("1", encoding="utf-8")
    monkeypatch.setattr(toolkit, "__file__", str(places["toolkit"] / "__init__.py"))
    monkeypatch.setattr(resources, "folder", lambda name: places[name])
    before = settings_key(Options(), Hashes())
    (places[part] / "diagnose" / "__pycache__").mkdir()
    (places[part] / "diagnose" / "__pycache__" / "x.pyc").write_text("1", encoding="utf-8")
    assert settings_key(Options(), Hashes()) == before
    (places[part] / "diagnose" / "x.txt").write_text("2", encoding="utf-8")
    assert settings_key(Options(), Hashes()) != before


def test_the_version_of_a_library_changes_the_settings(monkeypatch):
    from toolkit.batch import key as module

    before = settings_key(Options(), Hashes())
    monkeypatch.setattr(module, "_versions", lambda: {"pandas": "0"})
    assert settings_key(Options(), Hashes()) != before


def test_the_day_is_the_one_asked_for_else_the_clients_else_today():
    own = Source(client_id="a", folder=Path("a"), as_of="2026-01-02")
    assert run_date(own, Options(as_of="2026-03-04")) == "2026-03-04"
    assert run_date(own, Options()) == "2026-01-02"
    for zone in (None, "Asia/Tokyo", "no/such", "../etc"):
        today = run_date(Source(client_id="a", folder=Path("a"), timezone=zone), Options())
        assert abs(time.time() / 86400 - _days(today)) < 2


def _days(text):
    from datetime import date

    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def test_a_file_that_may_change_within_the_clocks_grain_is_read_again(tmp_path):
    path = tmp_path / "young.csv"
    path.write_text("1", encoding="utf-8")
    hashes = Hashes()
    first = hashes.of(path)
    assert hashes.fresh == {}
    stamp = path.stat()
    path.write_text("2", encoding="utf-8")
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert hashes.of(path) != first


def test_an_old_file_is_hashed_once(tmp_path, monkeypatch):
    from toolkit.batch import hashes as module

    path = tmp_path / "old.csv"
    path.write_text("1", encoding="utf-8")
    later = time.time_ns() + 2 * RACY_NS
    monkeypatch.setattr(module.time, "time_ns", lambda: later)
    read = []
    monkeypatch.setattr(module, "sha256_file", lambda one: read.append(one) or "digest")
    hashes = Hashes()
    assert [hashes.of(path), hashes.of(path)] == ["digest", "digest"]
    assert read == [path]
    path.write_text("22", encoding="utf-8")
    hashes.of(path)
    assert read == [path, path]


def test_a_file_changed_while_it_is_read_is_not_kept(tmp_path, monkeypatch):
    from toolkit.batch import hashes as module

    path = tmp_path / "moving.csv"
    path.write_text("1", encoding="utf-8")
    later = time.time_ns() + 2 * RACY_NS
    monkeypatch.setattr(module.time, "time_ns", lambda: later)
    monkeypatch.setattr(module, "sha256_file", lambda one: one.write_text("longer") and "digest")
    hashes = Hashes()
    assert hashes.of(path) == "digest"
    assert hashes.known == {}


def test_a_file_that_is_not_there_has_no_hash(tmp_path):
    assert Hashes().of(tmp_path / "none") is None
    assert Hashes().of(tmp_path) is None


def test_an_attempt_ends_once(tmp_path):
    """Who ends it first is believed: whoever comes later learns that it has ended."""
    with open_ledger(tmp_path) as ledger, open_ledger(tmp_path) as other:
        attempt = ledger.begin("a", "k")
        assert other.end(attempt, "died", "9")
        assert not ledger.end(attempt, "done")
        assert not ledger.end(attempt + 1, "done")
        assert ledger.deaths("a", "k") == 1
        assert (ledger.deaths("a", "other"), ledger.deaths("b", "k")) == (0, 0)
        ledger.forgive()
        assert ledger.deaths("a", "k") == 0


def test_what_a_dead_batch_left_running_is_no_death(tmp_path):
    with open_ledger(tmp_path) as ledger:
        attempt = ledger.begin("a", "k")
    with open_ledger(tmp_path) as ledger:
        ledger.interrupt_all()
        assert not ledger.end(attempt, "done")
        assert ledger.deaths("a", "k") == 0


def test_hashes_are_kept_with_their_stamps(tmp_path):
    stamp = (1, 2**62, 3, 2**62)
    with open_ledger(tmp_path) as ledger:
        ledger.keep_hashes(Hashes(fresh={"あ": (stamp, "x")}))
    with open_ledger(tmp_path) as ledger:
        assert ledger.hashes().known == {"あ": (stamp, "x")}


def test_unchanged_is_decided_without_loading_what_makes_reports(tmp_path):
    """A client whose report stands costs hashes: neither pandas nor the method are loaded."""
    code = """
import sys
from dataclasses import replace
from pathlib import Path
from toolkit.batch.clients import Seen, find_clients, sealed
from toolkit.batch.hashes import Hashes
from toolkit.batch.ledger import Known
from toolkit.batch.plan import make_plan
from toolkit.batch.run import run_batch
from toolkit.batch.key import settings_key
from toolkit.batch.shelf import FolderShelf
from toolkit.deliverables.options import Options
from toolkit.store import write_manifest

base, hashes = Path(sys.argv[1]), Hashes()
shelf = FolderShelf(base / "out")
options = Options(as_of="2026-10-01")
settings = settings_key(options, hashes)

def refuse():
    raise AssertionError("the method is asked for")

folder = base / "clients" / "a"
stamp = "".join(f"{n}:{hashes.of(folder / n)};" for n in ("client.yaml", "hearing.xlsx"))
known = Known(sha256="", client_id="a", company_name="x", as_of=None, timezone=None)
known = replace(known, sha256=sealed(stamp, known))
seen = Seen(hashes=hashes, profiles={str(folder): known})
sources = find_clients(base / "clients", base / "work", refuse, seen)
plan = make_plan(sources, shelf, options, settings, hashes)
assert not plan.clients[0].unchanged
final = base / "out" / "a"
final.mkdir(parents=True)
(final / "report.html").write_text("x")
write_manifest(final, {"key": plan.clients[0].key, "summary": {"company_name": "x"}})
plan = make_plan(sources, shelf, options, settings, hashes)
assert plan.clients[0].unchanged and plan.clients[0].summary["page"] == "report.html"
(final / "report.html").write_text("edited")
assert not make_plan(sources, shelf, options, settings, hashes).clients[0].unchanged
heavy = {"pandas", "numpy", "matplotlib", "IPython", "papermill", "scipy", "duckdb", "yaml"}
print(sorted(heavy & set(sys.modules)))
"""
    (tmp_path / "clients" / "a" / "data").mkdir(parents=True)
    (tmp_path / "clients" / "a" / "client.yaml").write_text("client_id: a\ncompany_name: x\n")
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
