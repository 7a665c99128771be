"""Batches on a real scheduler: a worker is killed, a client kills its process, all is told."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

import toolkit
from toolkit.batch.bucket import Address
from toolkit.batch.cluster import check_workers, joined
from toolkit.batch.run import run_batch
from toolkit.deliverables.options import Options
from toolkit.errors import ToolkitError, UsageError

sys.path.insert(0, str(Path(__file__).parent))
from reader_of_a_store import read

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc"),
]
LONG = pytest.mark.skipif(not os.environ.get("TOOLKIT_TEST_LONG"), reason="make faults")
POISON = "import os\nos.kill(os.getpid(), 9)\n"
DIES_ONCE = """
import os
died = Path(os.environ["FAULTS_HOME"], "died")
if not died.exists():
    died.touch()
    os.kill(os.getpid(), 9)
"""
WAITS = """
import os, time
home = Path(os.environ["FAULTS_HOME"])
(home / "part").write_text(str(os.getpid()))
os.replace(home / "part", home / "reached")
while not (home / "go").exists():
    time.sleep(0.01)
"""


def tree(out):
    """All that stands in the clients' folders."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for folder in out.glob("c*")
        for path in folder.rglob("*")
        if path.is_file() and path.name != "failure.json"
    }


def at_work(what):
    """Do something while the batch is at work."""
    thread = threading.Thread(target=what)
    thread.start()
    return thread


def states(server, place):
    """Attempts in the shared ledger: client and state, in the order they were begun."""
    found = {}
    with closing(server.connect()) as connection:
        for client, state in connection.execute(
            "SELECT client_id, state FROM toolkit_attempts WHERE place = %s ORDER BY id",
            (str(place),),
        ):
            found.setdefault(client, []).append(state)
    return found


def test_a_worker_killed_in_mid_batch_and_a_client_that_kills_its_process(
    cluster, home, batch, here, killer, ledger_address, server, tmp_path, wait_until
):
    """Every client is accounted for once, and the reports are those of one machine."""
    cluster.worker()
    cluster.peopled(2)
    cluster.plant("c02", WAITS)
    cluster.plant("c05", DIES_ONCE)
    cluster.plant("c09", POISON)

    def disturb():
        child = cluster.reached()
        before = len(cluster.living("dask_worker"))
        killer(child)
        wait_until(lambda: len(cluster.living("dask_worker")) == before - 1)
        wait_until(lambda: not Path(f"/proc/{child}").exists())
        (home / "go").touch()

    out = tmp_path / "out"
    disturbance = at_work(disturb)
    made = batch(out, scheduler=cluster.address, ledger=ledger_address)
    disturbance.join()
    found = {one.client_id: one for one in made.outcomes}
    assert {name for name, one in found.items() if one.status != "done"} == {"c09"}
    assert (found["c09"].status, found["c09"].code) == ("failed", "child_died")
    assert "-9" in found["c09"].reason
    attempts = states(server, out)
    assert attempts.pop("c09") == ["died", "died"]
    assert attempts.pop("c05") == ["died", "done"]
    # What waited was begun again elsewhere; a report whose worker was lost before it could hand
    # over its word is made again too.
    assert attempts.pop("c02") == ["died", "done"]
    assert all(one[-1] == "done" and one.count("done") == 1 for one in attempts.values())
    wait_until(lambda: not cluster.living("toolkit.batch.nursery"))
    assert not list(out.glob(".staging-*"))

    cluster.heal()
    cluster.plant("c09", POISON)
    again = batch(out, scheduler=cluster.address, ledger=ledger_address)
    assert {one.status for one in again.outcomes if one.client_id != "c09"} == {"unchanged"}
    given_up = next(one for one in again.outcomes if one.client_id == "c09")
    assert (given_up.status, given_up.code) == ("failed", "given_up")

    alone = tree(here)
    assert tree(out) == {name: data for name, data in alone.items() if not name.startswith("c09/")}


def test_a_batch_into_a_store(cluster, object_store, home, few, batch, tmp_path):
    """Pages and reports are there; what is unchanged is seen from the store, and a change too."""
    place = Address(f"firm/{tmp_path.name}")
    (home / "c01.py").write_text("raise ValueError\n", encoding="utf-8")
    first = batch(str(place), few, scheduler=cluster.address)
    assert [one.status for one in first.outcomes] == ["done", "failed", "done"]
    assert first.index == f"{place}/index.html"
    page = object_store.cat_file(place.of("index.html")).decode()
    assert page.index('data-client-id="c01"') < page.index('data-client-id="c00"')
    assert json.loads(object_store.cat_file(place.of("outcomes.json")))[1]["status"] == "failed"
    assert object_store.exists(place.of("failure.c01.html"))
    assert json.loads(object_store.cat_file(place.of("c01", "failure.json")))["code"]
    assert not object_store.exists(place.of("c01", "manifest.json"))
    for name in ("c00", "c02"):
        assert set(read(object_store, place.root, name)) >= {"diagnosis.json", "report.ipynb"}
    linked = first.outcomes[0].page
    assert linked is None or object_store.exists(place.of(linked))

    (home / "c01.py").unlink()
    damaged = next(one for one in object_store.find(place.of("c02")) if one.endswith(".ipynb"))
    object_store.pipe_file(damaged, b"somebody was here")
    second = batch(str(place), few, jobs=1)
    assert [one.status for one in second.outcomes] == ["unchanged", "done", "done"]
    assert not object_store.exists(place.of("failure.c01.html"))
    assert not object_store.exists(place.of("c01", "failure.json"))
    assert read(object_store, place.root, "c01")
    assert read(object_store, place.root, "c02")

    # Another machine, which has kept nothing, sees the same, and asks no scheduler.
    shutil.rmtree(tmp_path / "state")
    third = batch(str(place), few, scheduler="tcp://127.0.0.1:9")
    assert {one.status for one in third.outcomes} == {"unchanged"}


def test_a_time_limit_holds_on_the_workers(cluster, home, few, material, tmp_path):
    cluster.plant("c01", WAITS)
    from toolkit.batch.run import BatchOptions

    made = run_batch(
        few,
        tmp_path / "out",
        options=Options(notebook=material[1], as_of="2026-10-01", formats=("ipynb",), timeout=3),
        how=BatchOptions(scheduler=cluster.address),
        lang="en",
    )
    found = {one.client_id: one for one in made.outcomes}
    assert [one.status for one in made.outcomes] == ["done", "failed", "done"]
    assert found["c01"].code == "timed_out"
    assert "3 seconds" in found["c01"].reason


def test_an_interrupt_lets_what_runs_finish_and_begins_no_more(
    cluster, home, batch, tmp_path, wait_until
):
    cluster.plant("c00", WAITS)

    def interrupt():
        cluster.reached()
        os.kill(os.getpid(), signal.SIGINT)
        (home / "go").touch()

    interruption = at_work(interrupt)
    made = batch(tmp_path / "out", scheduler=cluster.address)
    interruption.join()
    found = {one.client_id: one.status for one in made.outcomes}
    assert made.signal == signal.SIGINT
    assert found["c00"] == "done"
    assert list(found.values()).count("not_run") == len(found) - 1
    wait_until(lambda: not cluster.living("toolkit.batch.nursery"))


@LONG
def test_a_scheduler_that_goes_away_ends_the_batch(cluster, few, home, batch, tmp_path):
    """All clients are told of, and nothing hangs."""
    other = type(cluster)(tmp_path)
    try:
        shutil.copy(home / "diagnosis.json", other.home / "diagnosis.json")
        other.worker()
        other.peopled(1)
        other.plant("c01", WAITS)

        def end():
            other.reached()
            other.scheduler.kill()

        ending = at_work(end)
        made = batch(tmp_path / "out", few, scheduler=other.address)
        ending.join()
        assert [one.status for one in made.outcomes] == ["done", "not_run", "not_run"]
    finally:
        other.close()


def test_nobody_answers(batch, few, tmp_path):
    with pytest.raises(ToolkitError) as caught:
        batch(tmp_path / "out", few, scheduler="tcp://127.0.0.1:9")
    assert caught.value.code == "cluster_unreachable"
    assert caught.value.params == {"address": "tcp://127.0.0.1:9"}


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "http://127.0.0.1:8786", "tcp://user:word@127.0.0.1:8786", ""]
)
def test_an_address_that_is_none_of_a_scheduler(batch, few, tmp_path, address):
    with pytest.raises(UsageError) as caught:
        batch(tmp_path / "out", few, scheduler=address)
    assert caught.value.code == "cluster_shape"


def test_workers_that_do_not_see_a_folder_are_named(cluster, tmp_path):
    unseen = tmp_path / "nowhere" / "c00"
    (tmp_path / ".ledger").mkdir()
    with joined(cluster.address) as one, pytest.raises(ToolkitError) as caught:
        check_workers(one, Options(), [unseen], tmp_path)
    assert caught.value.code == "cluster_differs"
    [problem] = caught.value.problems
    assert problem.code == "cluster_unseen"
    assert problem.params["path"] == str(unseen)
    assert "tcp://127.0.0.1:" in problem.params["host"]
    assert list((tmp_path / ".ledger").iterdir()) == []


@pytest.fixture(scope="module")
def older(tmp_path_factory):
    """A toolkit whose source differs: it fails every client."""
    folder = tmp_path_factory.mktemp("older")
    source = Path(toolkit.__file__).parent
    shutil.copytree(source, folder / "toolkit", ignore=shutil.ignore_patterns("*.pyc"))
    for name in ("templates", "notebooks", "datasets"):
        (folder / name).symlink_to(source.parent / name)
    with (folder / "toolkit" / "batch" / "child.py").open("a") as file:
        file.write("\n\ndef run(task):\n    return {'status': 'failed', 'reason': 'older'}\n")
    return folder


def test_a_worker_that_comes_late_with_another_toolkit_makes_no_report(
    cluster, few, home, batch, killer, older, tmp_path
):
    """Where no other one is left, nothing more is made."""
    other = type(cluster)(tmp_path)
    try:
        shutil.copy(home / "diagnosis.json", other.home / "diagnosis.json")
        other.worker()
        other.peopled(1)
        other.plant("c00", WAITS)

        def replace_the_worker():
            child = other.reached()
            other.worker(PYTHONPATH=str(older))
            other.peopled(2)
            killer(child)

        replacement = at_work(replace_the_worker)
        made = batch(tmp_path / "out", few, scheduler=other.address)
        replacement.join()
        assert [one.status for one in made.outcomes] == ["not_run"] * 3
        assert "lost again and again" in str(made.outcomes[0].reason)
    finally:
        other.close()


def test_workers_with_another_toolkit_are_named(cluster, few, batch, older, tmp_path):
    """One whose source differs, and one that has none at all."""
    (tmp_path / "none" / "toolkit").mkdir(parents=True)
    (tmp_path / "none" / "toolkit" / "__init__.py").touch()
    others = [cluster.worker(PYTHONPATH=str(path)) for path in (older, tmp_path / "none")]
    try:
        cluster.peopled(3)
        with pytest.raises(ToolkitError) as caught:
            batch(tmp_path / "out", few, scheduler=cluster.address)
    finally:
        for process in others:
            process.kill()
            process.wait()
    assert caught.value.code == "cluster_differs"
    codes = {problem.code: problem for problem in caught.value.problems}
    assert set(codes) == {"cluster_version", "cluster_no_toolkit"}
    told = codes["cluster_version"].params
    assert told["name"] == "toolkit"
    assert told["ours"] != told["theirs"]
    assert told["ours"].startswith(toolkit.__version__)
    assert not (tmp_path / "out" / "c00").exists()
