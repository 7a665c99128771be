"""What most tests need: the shipped clients, and the shared test data where it is."""

from __future__ import annotations

import gc
import io
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST = ("browser", "slow")


def pytest_configure():
    """No search for garbage while tests are collected: nothing of them is garbage."""
    gc.disable()


def pytest_collection_modifyitems(items):
    """Files that take long come first, so that no worker sits idle while another ends the last."""
    slow = {item.path for item in items for mark in LONGEST if item.get_closest_marker(mark)}
    slow |= {item.path for item in items if item.path.suffix == ".md"}
    items.sort(key=lambda item: item.path not in slow)


def pytest_collection_finish():
    """What was collected stays to the end: looked through again and again it costs a quarter."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    gc.enable()


def pytest_unconfigure():
    """Libraries that look for what was left over at the end find what is let go here."""
    gc.unfreeze()


@pytest.fixture(scope="session")
def root():
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def test_data():
    """Folder of the shared test data: TOOLKIT_TEST_DATA, else beside the checkout."""
    named = os.environ.get("TOOLKIT_TEST_DATA")
    folder = Path(named) if named else ROOT.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("the shared test data is not here")
    return folder


@pytest.fixture(scope="session")
def shop():
    """The mail-order shop, diagnosed."""
    import toolkit as tk

    return tk.diagnose(ROOT / "datasets" / "aoba_shop")


@pytest.fixture(scope="session")
def firm():
    """The To-B software firm, diagnosed."""
    import toolkit as tk

    return tk.diagnose(ROOT / "datasets" / "hoshino_cloud")


@pytest.fixture
def client_of(tmp_path):
    """Make a client's folder from texts by name."""

    def make(name="aoyama", **files):
        folder = tmp_path / "clients" / name
        (folder / "data").mkdir(parents=True)
        given = {"client.yaml": f"client_id: {name}\ncompany_name: 青山商店\n"}
        given.update({key.replace("__", "/"): text for key, text in files.items()})
        for path, text in given.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        return folder

    return make


@pytest.fixture
def copy_of(tmp_path):
    """A copy of a shipped client that a test may change."""

    def copy(name):
        target = tmp_path / "clients" / name
        shutil.copytree(ROOT / "datasets" / name, target)
        return target

    return copy


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command left: its exit code and its two streams."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture(scope="session")
def toolkit_command():
    """Function that runs ``toolkit`` in this process, through the door a user's shell opens.

    A process of its own spends most of its time loading packages. What only a process can show
    (what is loaded, signals, broken streams, quoting by a shell) has tests of its own.
    """
    from toolkit import cli

    def call(*arguments, cwd=None, **environment):
        streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2)]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "argv", ["toolkit", *map(str, arguments)])
            patch.setattr(sys, "stdout", streams[0])
            patch.setattr(sys, "stderr", streams[1])
            patch.delenv("TOOLKIT_LANG", raising=False)
            for name, value in environment.items():
                patch.setenv(name, value)
            if cwd is not None:
                patch.chdir(cwd)
            with pytest.raises(SystemExit) as ended:
                cli.main()
        said = [_said(stream) for stream in streams]
        return Ended(ended.value.code or 0, *said)

    return call


def _said(stream):
    stream.flush()
    return stream.buffer.getvalue().decode("utf-8")
