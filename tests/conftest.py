"""What most tests need: the shipped clients, and the shared test data where it is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


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
