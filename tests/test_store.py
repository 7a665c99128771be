"""Writing that leaves a whole file or none."""

from __future__ import annotations

import json
import os

import pytest

from toolkit.store import (
    publish,
    significant,
    to_json,
    whole_files,
    write_bytes,
    write_json,
    write_manifest,
    write_text,
)


def test_a_failed_write_leaves_the_old_file_and_no_scrap(tmp_path, monkeypatch):
    path = tmp_path / "report.html"
    write_text(path, "old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_text(path, "new")
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_json_has_no_nan_and_ten_digits():
    assert significant(float("nan")) is None
    assert json.loads(to_json({"a": 1 / 3, "b": float("inf"), "c": (1, True)})) == {
        "a": 0.3333333333,
        "b": None,
        "c": [1, True],
    }


def test_manifest_tells_changed_and_missing_files(tmp_path):
    write_bytes(tmp_path / "a.bin", b"1")
    write_json(tmp_path / "sub" / "b.json", {})
    write_manifest(tmp_path, {"client_id": "x"})
    assert whole_files(tmp_path) == {"a.bin": True, "sub/b.json": True}
    (tmp_path / "a.bin").write_bytes(b"2")
    (tmp_path / "sub" / "b.json").unlink()
    assert whole_files(tmp_path) == {"a.bin": False, "sub/b.json": False}


def test_publish_moves_all_and_removes_what_this_run_did_not_make(tmp_path):
    first, second, final = tmp_path / "1", tmp_path / "2", tmp_path / "final"
    write_text(first / "report.html", "ja")
    write_text(first / "report.en.html", "en")
    publish(first, final)
    (final / "own-notes.txt").write_text("kept: the consultant's own file")
    write_text(second / "report.html", "ja 2")
    publish(second, final)
    assert (final / "report.html").read_text() == "ja 2"
    assert not (final / "report.en.html").exists()
    assert (final / "own-notes.txt").exists()
    assert whole_files(final)["report.html"]


def test_folder_without_manifest_has_nothing_whole(tmp_path):
    write_text(tmp_path / "report.html", "x")
    assert whole_files(tmp_path) == {}


@pytest.fixture(params=[True, False], ids=["exchanged", "file by file"])
def exchanging(request, monkeypatch):
    if not request.param:
        monkeypatch.setattr("toolkit.store._exchange", lambda *_: False)


@pytest.mark.usefixtures("exchanging")
def test_publish_keeps_for_ever_what_no_manifest_lists(tmp_path):
    final = tmp_path / "final"
    for number in range(3):
        staged = tmp_path / str(number)
        write_text(staged / "report.html", f"{number}")
        write_text(staged / f"only-{number}.csv", "")
        publish(staged, final)
        if number == 0:
            (final / "sub").mkdir()
            (final / "sub" / "own-notes.txt").write_text("kept")
            write_text(final / "papers" / "p.pdf", "p")
            write_manifest(final / "papers")
    assert (final / "sub" / "own-notes.txt").read_text() == "kept"
    assert whole_files(final / "papers") == {"p.pdf": True}
    assert whole_files(final) == {"report.html": True, "only-2.csv": True}
    assert not (final / "only-0.csv").exists()


@pytest.mark.usefixtures("exchanging")
@pytest.mark.parametrize("text", ["", "[]", "{", '{"files": 1}', '{"files": {"../x": ""}}'])
def test_publish_over_a_broken_manifest(tmp_path, text):
    (tmp_path / "final").mkdir()
    (tmp_path / "final" / "manifest.json").write_text(text)
    (tmp_path / "x").touch()
    write_text(tmp_path / "staged" / "a", "1")
    publish(tmp_path / "staged", tmp_path / "final")
    assert whole_files(tmp_path / "final") == {"a": True}
    assert (tmp_path / "x").exists()


def test_what_a_manifest_lists_lies_on_the_disk(tmp_path, monkeypatch):
    staged = tmp_path / "staged"
    (staged / "evidence").mkdir(parents=True)
    (staged / "evidence" / "orders.parquet").write_bytes(b"written by a library")
    wanted = (staged / "evidence" / "orders.parquet").stat().st_ino
    synced = []
    real = os.fsync

    def noting(handle):
        synced.append((os.fstat(handle).st_ino, (tmp_path / "final").exists()))
        real(handle)

    monkeypatch.setattr(os, "fsync", noting)
    publish(staged, tmp_path / "final")
    assert (wanted, False) in synced
