"""Batches of twelve small clients that are disturbed, and what must hold after each."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from disturbed_batch import Batch
from twelve_clients import AS_OF, NAMES, make_clients, make_notebook


@pytest.fixture(scope="session")
def material(tmp_path_factory):
    """Clients, notebook and a diagnosis to copy from, the same for all batches."""
    base = tmp_path_factory.mktemp("faults")
    clients = make_clients(base / "clients")
    import toolkit as tk

    tk.diagnose(clients / NAMES[0], as_of=AS_OF).save(base / "saved")
    return clients, make_notebook(base / "light.ipynb"), base / "saved" / "diagnosis.json"


@pytest.fixture(scope="session")
def finished(material, tmp_path_factory):
    """A batch that nothing befell."""
    batch = Batch(tmp_path_factory.mktemp("undisturbed"), *material)
    code, screen = batch.run()
    assert code == 0, screen
    assert set(batch.check(code).values()) == {"done"}
    return batch


@pytest.fixture(scope="session")
def undisturbed(finished):
    """What the clients' folders hold after a batch that nothing befell."""
    return finished.tree()


@pytest.fixture
def batch(material, tmp_path):
    """A batch that is to be disturbed; nothing of it outlives the test."""
    made = Batch(tmp_path, *material)
    yield made
    _end(made)


@pytest.fixture
def stood(batch, finished):
    """A batch over reports that all stand already."""
    shutil.copytree(finished.out, batch.out)
    return batch


@pytest.fixture
def batch_of(material, tmp_path):
    """A batch over clients of its own, which a test may change, or more of them."""
    made = []

    def make(names=NAMES):
        clients = make_clients(tmp_path / "clients", names)
        base = tmp_path / "batch"
        base.mkdir()
        made.append(Batch(base, clients, *material[1:]))
        return made[-1]

    yield make
    for one in made:
        _end(one)


@pytest.fixture
def note():
    """Tell what was seen, for who runs the long form."""
    return lambda text: sys.stdout.write(f"{text}\n")


def _end(batch):
    for pid in batch.processes():
        os.kill(pid, signal.SIGKILL)
