import shutil
from pathlib import Path

import pytest

from toolkit.method import load_method
from toolkit.resources import folder


@pytest.fixture(scope="session")
def method():
    """The standard method."""
    return load_method()


@pytest.fixture
def copied(tmp_path):
    """Function that copies a shipped client, the whole folder or client.yaml alone."""

    def copy(name="aoba_shop", *, data=False) -> Path:
        source, made = folder("datasets") / name, tmp_path / name
        if data:
            shutil.copytree(source, made)
        else:
            made.mkdir()
            shutil.copy(source / "client.yaml", made)
        return made

    return copy


@pytest.fixture(scope="session")
def minato():
    """The firm that makes to order, diagnosed."""
    import toolkit as tk

    return tk.diagnose(folder("datasets") / "minato_works")
