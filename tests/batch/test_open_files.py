"""Files that somebody has open are named before a client is run."""

from __future__ import annotations

import os
import sys

import pytest

from toolkit.batch.open_files import check_closed, edited, held
from toolkit.errors import InputError


def test_owner_files_beside_inputs(tmp_path):
    (tmp_path / "data").mkdir()
    for name in ("~$hearing.xlsx", "hearing.xlsx", "data/~$orders.xlsx", "data/other.xlsx"):
        (tmp_path / name).touch()
    assert [path.name for path in edited(tmp_path)] == ["hearing.xlsx", "orders.xlsx"]


def test_an_output_that_cannot_be_renamed(tmp_path, monkeypatch):
    for name in ("workbook.xlsx", "diagnosis.json"):
        (tmp_path / name).touch()
    assert list(held(tmp_path)) == []

    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(os, "rename", refuse)
    assert [path.name for path in held(tmp_path)] == ["workbook.xlsx"]
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(InputError, match="file_open") as told:
        check_closed(tmp_path, tmp_path)
    assert told.value.params == {"file": "workbook.xlsx"}
