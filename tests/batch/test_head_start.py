"""The parent of forks warms up while the batch still looks at the clients, if work is certain."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from toolkit.batch import crew, run
from toolkit.batch.run import BatchOptions, run_batch
from toolkit.errors import UsageError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no fork")
HOW = BatchOptions(jobs=1, engine="warm")


@pytest.fixture
def clients(tmp_path):
    data = tmp_path / "clients" / "one" / "data"
    data.mkdir(parents=True)
    (data.parent / "client.yaml").write_text("client_id: one\ncompany_name: x\n", encoding="utf-8")
    (data / "orders.csv").write_text("order_id\n1\n", encoding="utf-8")
    return data.parent.parent


@pytest.fixture
def nurseries(monkeypatch):
    begun = []
    real = crew._process

    def process(*arguments):
        begun.append(real(*arguments))
        return begun[-1]

    monkeypatch.setattr(crew, "_process", process)
    return begun


def test_the_first_batch_warms_up_one_parent_while_it_looks(
    tmp_path, clients, nurseries, monkeypatch
):
    found, find = [], run.find_clients

    def looking(*given):
        found.append(len(nurseries))
        return find(*given)

    monkeypatch.setattr(run, "find_clients", looking)
    made = run_batch(clients, tmp_path / "out", how=HOW)
    assert [one.status for one in made.outcomes] == ["refused"]
    assert found == [1]
    assert len(nurseries) == 1
    assert nurseries[0].poll() is not None


@pytest.mark.parametrize(("force", "begun"), [(False, 0), (True, 1)])
def test_a_later_batch_begins_none_until_it_knows_of_work(
    tmp_path, clients, nurseries, monkeypatch, force, begun
):
    run_batch(clients, tmp_path / "out", how=HOW)
    del nurseries[:]
    monkeypatch.setattr(run, "make_plan", lambda *given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run_batch(clients, tmp_path / "out", how=replace(HOW, force=force))
    assert len(nurseries) == begun
    assert all(one.poll() is not None for one in nurseries)


def test_a_parent_for_whom_there_is_no_work_is_ended(tmp_path, nurseries):
    (tmp_path / "nothing").mkdir()
    with pytest.raises(UsageError):
        run_batch(tmp_path / "nothing", tmp_path / "out", how=HOW)
    assert len(nurseries) == 1
    assert nurseries[0].poll() is not None


@pytest.mark.parametrize("engine", ["spawn", "nbclient"])
def test_other_engines_have_no_such_parent(tmp_path, nurseries, engine):
    (tmp_path / "nothing").mkdir()
    with pytest.raises(UsageError):
        run_batch(tmp_path / "nothing", tmp_path / "out", how=BatchOptions(engine=engine))
    assert nurseries == []
