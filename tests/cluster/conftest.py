"""A real scheduler with workers, a real object store and a real PostgreSQL, all on loopback."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "faults"))
from postgresql_server import SERVER_PASSWORD, served
from twelve_clients import AS_OF, NAMES, make_clients, make_notebook

ROOT = Path(__file__).parents[2]
PATIENCE = 2400
"""How many looks, a twentieth of a second apart, before something expected is given up."""
KEYS = {
    "AWS_ACCESS_KEY_ID": "only",
    "AWS_SECRET_ACCESS_KEY": "for-this-test",
    "AWS_DEFAULT_REGION": "us-east-1",
}


def needed(*modules):
    """Skip where a library is missing, except in CI, where it must be there."""
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"CI must test with {missing}")
    if missing:
        pytest.skip(f"not installed: {missing}")


def until(found):
    """Look until something is there."""
    for _ in range(PATIENCE):
        seen = found()
        if seen:
            return seen
        time.sleep(0.05)
    raise AssertionError("what was waited for never came")


class Cluster:
    """A scheduler and its workers, each a process of its own; ``home`` is where faults are."""

    def __init__(self, folder):
        self.folder, self.home = folder, folder / "faults"
        self.home.mkdir()
        self.token = f"CLUSTER_RUN={folder}"
        self.environment = {**os.environ, "CLUSTER_RUN": str(folder), "FAULTS_HOME": str(self.home)}
        self.processes = []
        place = folder / "scheduler.json"
        given = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
        self.scheduler = self._started("scheduler", *given, "--scheduler-file", str(place))
        until(place.exists)
        self.address = json.loads(until(place.read_text))["address"]

    def worker(self, **environment):
        """One more worker."""
        given = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
        place = ["--local-directory", str(self.folder / "work")]
        return self._started("worker", self.address, *given, *place, **environment)

    def _started(self, what, *given, **environment):
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{what}", *given],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env={**self.environment, "PYTHONPATH": str(ROOT), **environment},
            )
        self.processes.append(process)
        return process

    def peopled(self, count):
        """Wait for so many workers."""
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=PATIENCE * 0.05)

    def plant(self, name, source):
        """Let a client run some code before it reads its orders."""
        (self.home / f"{name}.py").write_text(source, encoding="utf-8")

    def heal(self):
        """Take all faults away."""
        for path in (*self.home.glob("*.py"), self.home / "reached", self.home / "go"):
            path.unlink(missing_ok=True)

    def reached(self):
        """The process of the client that waits."""
        until((self.home / "reached").exists)
        return int((self.home / "reached").read_text())

    def living(self, part):
        """Processes of this cluster whose command line has a part."""
        return [
            int(path.name)
            for path in Path("/proc").iterdir()
            if path.name.isdigit()
            and part in _told(path / "cmdline")
            and self.token in _told(path / "environ")
        ]

    def close(self):
        for process in reversed(self.processes):
            process.kill()
            process.wait()


def _told(path):
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def parent_of(pid):
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


@pytest.fixture(scope="session")
def material(tmp_path_factory):
    """Twelve clients, a light notebook, and a diagnosis to copy from."""
    base = tmp_path_factory.mktemp("material")
    clients = make_clients(base / "clients")
    import toolkit as tk

    tk.diagnose(clients / NAMES[0], as_of=AS_OF).save(base / "saved")
    return clients, make_notebook(base / "light.ipynb"), base / "saved" / "diagnosis.json"


@pytest.fixture(scope="session")
def object_store():
    """A server that speaks as S3 does, with one bucket; the environment says where it is."""
    needed("s3fs", "moto.server", "flask")
    import logging

    import s3fs
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    before = dict(os.environ)
    port = server.get_host_and_port()[1]
    os.environ.update(KEYS, AWS_ENDPOINT_URL=f"http://127.0.0.1:{port}")
    files = s3fs.S3FileSystem(skip_instance_cache=True, use_listings_cache=False)
    files.mkdir("firm")
    yield files
    os.environ.clear()
    os.environ.update(before)
    server.stop()


@pytest.fixture(scope="session")
def cluster(tmp_path_factory, object_store, material):
    """A scheduler with one worker, which knows the object store."""
    needed("distributed")
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        shutil.copy(material[2], made.home / "diagnosis.json")
        made.worker()
        made.peopled(1)
        yield made
    finally:
        made.close()


@pytest.fixture
def home(cluster, monkeypatch):
    """The folder of faults, for a batch on this machine too; healed in the end."""
    monkeypatch.setenv("FAULTS_HOME", str(cluster.home))
    yield cluster.home
    cluster.heal()


@pytest.fixture(scope="session")
def server():
    """A PostgreSQL on loopback."""
    with served() as started:
        yield started


@pytest.fixture
def ledger_address(server, monkeypatch):
    """Where a ledger may be; the password is in the environment."""
    monkeypatch.setenv("PGPASSWORD", SERVER_PASSWORD)
    return server.address()


@pytest.fixture
def batch(material, monkeypatch, tmp_path):
    """Run a batch of light reports; what a machine keeps of a store is kept for the test."""
    from toolkit.batch.run import BatchOptions, run_batch
    from toolkit.deliverables.options import Options

    monkeypatch.setenv("TOOLKIT_STATE", str(tmp_path / "state"))
    clients, notebook, _ = material

    def run(out, folder=clients, **how):
        options = Options(notebook=notebook, as_of=AS_OF, formats=("ipynb",), timeout=120)
        made = run_batch(folder, out, options=options, how=BatchOptions(**how), lang="en")
        assert sorted(one.client_id for one in made.outcomes) == sorted(
            path.name for path in folder.iterdir()
        )
        return made

    return run


@pytest.fixture
def here(batch, home, tmp_path):
    """The same reports made by this machine alone."""
    assert {one.status for one in batch(tmp_path / "alone", jobs=2).outcomes} == {"done"}
    return tmp_path / "alone"


@pytest.fixture
def killer():
    """End the worker of a client's process as if its machine had lost its power."""

    def kill(child):
        os.kill(parent_of(parent_of(child)), signal.SIGKILL)

    return kill


@pytest.fixture(scope="session")
def wait_until():
    return until


@pytest.fixture(scope="session")
def few(material, tmp_path_factory):
    """Three of the clients."""
    folder = tmp_path_factory.mktemp("few") / "clients"
    for name in NAMES[:3]:
        shutil.copytree(material[0] / name, folder / name)
    return folder
