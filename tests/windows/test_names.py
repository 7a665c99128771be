"""Names of files and folders that Windows takes, and paths that are not too long for it."""

from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest

from toolkit.deliverables import path_length
from toolkit.deliverables.staging import staging
from toolkit.errors import OutputError
from toolkit.intake.profiles.profile_fields import client_id_fault

DEVICES = ("con", "prn", "aux", "nul", *(f"{k}{n}" for k in ("com", "lpt") for n in range(1, 10)))
FORBIDDEN = set('<>:"|?*\\')
TEMPORARY = len("..12345678")
LANGUAGE = len(".en")


@pytest.mark.parametrize("name", [*DEVICES, "aux.csv", "con.", "a ", "a.", "a:b", "a/b", "CON"])
def test_no_client_is_named_so_that_windows_cannot_make_its_folder(name):
    assert client_id_fault(name) is not None


def test_names_of_a_report(shop, firm, tmp_path):
    """Names are without what Windows forbids, and short enough with a temporary ending."""
    for made in (shop, firm):
        made.save(tmp_path / str(made.client["client_id"]))
    names = {
        path.relative_to(folder).as_posix()
        for folder in tmp_path.iterdir()
        for path in folder.rglob("*")
        if path.is_file()
    }
    tables = {Path(name).stem for name in names if name.startswith("evidence/")}
    names |= {f"evidence_{table}.csv" for table in tables}
    assert len(names) > 10
    for name in names:
        assert len(name) + TEMPORARY + LANGUAGE <= path_length.LONGEST, name
        assert not FORBIDDEN & set(name)
        for part in name.split("/"):
            assert part.partition(".")[0].lower() not in DEVICES
            assert not part.endswith((".", " "))


@pytest.fixture
def windows(monkeypatch):
    """Windows, with long paths allowed or not, or without a word on them."""

    def be(allowed):
        registry = types.ModuleType("winreg")
        registry.HKEY_LOCAL_MACHINE = 1

        class Key:
            def __init__(self, *_):
                if allowed is None:
                    raise FileNotFoundError

            def __enter__(self):
                return self

            def __exit__(self, *_):
                return None

        registry.OpenKey = Key
        registry.QueryValueEx = lambda _, name: (int(allowed), 4)
        monkeypatch.setitem(sys.modules, "winreg", registry)
        monkeypatch.setattr(sys, "platform", "win32")

    return be


ROOM = path_length.MOST - path_length.LONGEST - path_length.STAGED - len("aoyama") - 2


@pytest.mark.parametrize("allowed", [False, None])
def test_a_place_too_deep_is_refused_before_anything_is_written(windows, allowed):
    windows(allowed)
    path_length.check_length(Path("/" + "r" * (ROOM - 1)), "aoyama")
    deep = Path("/" + "r" * ROOM)
    with pytest.raises(OutputError, match="path_too_long") as told:
        path_length.check_length(deep, "aoyama")
    assert told.value.params["longest"] == "260"
    with pytest.raises(OutputError, match="path_too_long"), staging(deep, "aoyama"):
        pass
    assert not deep.exists()


def test_long_paths_may_be_allowed(windows):
    windows(True)
    path_length.check_length(Path("/" + "r" * 400), "aoyama")


def test_elsewhere_no_length_is_refused():
    path_length.check_length(Path("/" + "r" * 400), "aoyama")
    assert path_length.long_paths_allowed()
