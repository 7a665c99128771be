"""A whole batch by workers, as on Windows: the same bytes, a killed worker, a replaced one."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from toolkit.batch import crew
from toolkit.batch.run import BatchOptions, run_batch
from toolkit.deliverables.options import Options
from toolkit.store import MANIFEST

pytestmark = pytest.mark.slow
NAMES = ("a", "b")
HEAD = "order_id,customer_id,order_date,amount\n"


def batch(clients, out, engine):
    how = BatchOptions(jobs=1, engine=engine)
    found = run_batch(clients, out, options=Options(as_of="2026-10-01"), how=how).outcomes
    return [(one.client_id, one.status) for one in found]


def tree(out):
    """All files of the clients; of a manifest the part that does not name versions of the code."""
    return {
        path.relative_to(out).as_posix(): json.loads(path.read_bytes())["files"]
        if path.name == MANIFEST
        else path.read_bytes()
        for name in NAMES
        for path in (out / name).rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Under a folder as many have it: blanks, Japanese, a bracket."""
    base = tmp_path_factory.mktemp("workers") / "山田 太郎" / "OneDrive - 青山商店" / "資料[1]"
    for name in NAMES:
        (base / "clients" / name / "data").mkdir(parents=True)
        (base / "clients" / name / "client.yaml").write_text(
            f"client_id: {name}\ncompany_name: 商店{name}\n", encoding="utf-8"
        )
        rows = "".join(f"{name}{n},C{n % 4},2026-0{1 + n % 6}-03,{100 * n}\n" for n in range(24))
        (base / "clients" / name / "data" / "orders.csv").write_text(HEAD + rows, encoding="utf-8")
    workers = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crew, "RECYCLED_AFTER", 1)
        patch.setattr(crew, "_Worker", _counted(workers))
        spawned = batch(base / "clients", base / "spawn", "spawn")
    forked = batch(base / "clients", base / "warm", "warm")
    return base, spawned, forked, workers


def _counted(workers):
    real = crew._Worker

    def worker(crew_of, method):
        made = real(crew_of, method)
        workers.append(made)
        if len(workers) == 1:
            begin = made.begin

            def begin_and_die(number, task):
                begin(number, task)
                os.kill(made.process.pid, signal.SIGKILL)

            made.begin = begin_and_die
        return made

    return worker


def test_all_are_done_though_a_worker_was_killed(made):
    _, spawned, forked, _ = made
    assert spawned == forked == [(name, "done") for name in NAMES]


def test_one_was_killed_and_one_replaced_after_its_client(made):
    *_, workers = made
    assert [worker.done for worker in workers] == [0, 1, 1]
    assert workers[0].process.returncode == -signal.SIGKILL
    assert all(worker.process.poll() is not None for worker in workers)


def test_byte_for_byte_what_forks_make(made):
    base, *_ = made
    spawned, forked = tree(base / "spawn"), tree(base / "warm")
    assert {Path(name).name for name in forked} >= {"report.html", "report.ipynb"}
    assert spawned == forked
