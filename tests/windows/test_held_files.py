"""A file that another program holds, as only Windows knows it: patience, then its name."""

from __future__ import annotations

import os
import stat
import sys

import pytest

from toolkit import store
from toolkit.deliverables.staging import staging
from toolkit.errors import OutputError
from toolkit.words import error_text, screen_words


class Holder:
    """Holds files by name for so many tries to rename them."""

    def __init__(self, monkeypatch, **tries):
        self.tries, self.slept, self.real = tries, [], os.replace
        monkeypatch.setattr(sys, "platform", "win32")
        monkeypatch.setattr(os, "replace", self.replace)
        monkeypatch.setattr(store.time, "sleep", self.slept.append)
        monkeypatch.setattr(store, "_sync_folder", lambda _: None)

    def replace(self, source, target):
        for path in map(os.fspath, (source, target)):
            name = os.path.basename(path).partition(".")[0]
            if os.path.exists(path) and self.tries.get(name, 0):
                self.tries[name] -= 1
                raise PermissionError(13, "held", path)
        self.real(source, target)


def month(folder, number):
    for name in ("deck.pptx", "report.html", "workbook.xlsx"):
        store.write_text(folder / name, f"{name} {number}")
    store.write_text(folder / f"only-{number}.csv", "")
    return folder


def texts(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_a_file_let_go_of_in_time_is_written(tmp_path, monkeypatch):
    path = tmp_path / "outcomes.csv"
    path.write_text("old", encoding="utf-8")
    holder = Holder(monkeypatch, outcomes=3)
    store.write_text(path, "new")
    assert path.read_text(encoding="utf-8") == "new"
    assert tuple(holder.slept) == store.WAITS[:3]


def test_a_file_never_let_go_of_is_named_and_left(tmp_path, monkeypatch):
    path = tmp_path / "outcomes.csv"
    path.write_text("old", encoding="utf-8")
    holder = Holder(monkeypatch, outcomes=99)
    with pytest.raises(OutputError, match="file_held") as told:
        store.write_text(path, "new")
    assert texts(tmp_path) == {"outcomes.csv": "old"}
    assert tuple(holder.slept) == store.WAITS
    for lang in ("ja", "en"):
        assert "outcomes.csv" in error_text(told.value, screen_words(lang))


def test_elsewhere_a_refusal_is_told_at_once(tmp_path, monkeypatch):
    path = tmp_path / "outcomes.csv"
    path.write_text("old", encoding="utf-8")
    holder = Holder(monkeypatch, outcomes=1)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(PermissionError):
        store.write_text(path, "new")
    assert holder.slept == []


@pytest.mark.parametrize("held", ["deck", "workbook", "only-1", "manifest"])
def test_a_report_with_a_held_file_stays_as_it_was(tmp_path, monkeypatch, held):
    final = tmp_path / "final"
    store.publish(month(tmp_path / "1", 1), final)
    before = texts(final)
    second = month(tmp_path / "2", 2)
    Holder(monkeypatch, **{held: 99 if held != "manifest" else 0})
    if held == "manifest":  # only the one of last month is held, not the one being made
        store.write_manifest(second)
        monkeypatch.setattr(store, "write_manifest", lambda *_: None)
        Holder(monkeypatch, manifest=99)
    with pytest.raises(OutputError, match="file_held") as told:
        store.publish(second, final)
    assert held in told.value.params["file"]
    assert texts(final) == before
    assert all(store.whole_files(final).values())


def test_a_report_whose_files_are_let_go_of_is_replaced(tmp_path, monkeypatch):
    final = tmp_path / "final"
    store.publish(month(tmp_path / "1", 1), final)
    (final / "notes.txt").write_text("the consultant's own", encoding="utf-8")
    Holder(monkeypatch, deck=2, workbook=1)
    store.publish(month(tmp_path / "2", 2), final)
    assert set(store.whole_files(final)) == {
        *("deck.pptx", "report.html", "workbook.xlsx", "only-2.csv")
    }
    assert set(texts(final)) == {*store.whole_files(final), "manifest.json", "notes.txt"}
    assert (final / "deck.pptx").read_text(encoding="utf-8") == "deck.pptx 2"


@pytest.mark.parametrize(("platform", "others"), [("linux", False), ("win32", True)])
def test_on_windows_the_report_has_the_rights_of_the_folder_around_it(
    tmp_path, monkeypatch, platform, others
):
    """Python keeps others out of a folder of mode 700 there, and a rename takes that along."""
    made = []
    real = type(tmp_path).mkdir

    def mkdir(self, mode=0o777, **more):
        made.append((self.name, mode))
        real(self, mode, **more)

    monkeypatch.setattr(type(tmp_path), "mkdir", mkdir)
    with monkeypatch.context() as there:
        there.setattr("toolkit.deliverables.staging.client_locked", staging_free)
        there.setattr("toolkit.deliverables.staging.check_length", lambda *_: None)
        there.setattr(sys, "platform", platform)
        with staging(tmp_path, "aoyama") as staged:
            mode = stat.S_IMODE(staged.stat().st_mode)
    asked = next(mode for name, mode in made if name.startswith(".staging-aoyama-"))
    assert (asked == 0o777) == others
    assert (mode == 0o700) != others


def staging_free(*_):
    import contextlib

    return contextlib.nullcontext()
