"""Many clients: a bad one is named and never stops the others."""

from __future__ import annotations

import csv
import json

import pytest

from toolkit.batch.clients import find_clients, table_text
from toolkit.batch.run import BatchOptions, run_batch
from toolkit.deliverables.options import Options
from toolkit.errors import UsageError
from toolkit.method import load_method

pytestmark = pytest.mark.slow
HEAD = "order_id,customer_id,order_date,amount\n"


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    base = tmp_path_factory.mktemp("batch")
    clients = base / "clients"
    for name in ("a", "b", "c", "broken"):
        (clients / name / "data").mkdir(parents=True)
        (clients / name / "client.yaml").write_text(
            f'client_id: {name}\ncompany_name: "<b>{name}</b> 商店"\n', encoding="utf-8"
        )
        rows = "".join(f"{name}{n},C{n % 4},2026-0{1 + n % 6}-03,{100 * n}\n" for n in range(24))
        (clients / name / "data" / "orders.csv").write_text(HEAD + rows, encoding="utf-8")
    (clients / "broken" / "data" / "orders.csv").write_text(HEAD + '1,"2,3,4\n', encoding="utf-8")
    (clients / "notes").mkdir()
    out = base / "out"
    outcomes = run_batch(
        clients, out, options=Options(as_of="2026-10-01"), how=BatchOptions(jobs=2)
    ).outcomes
    return clients, out, outcomes


def test_three_succeed_and_the_broken_one_is_named(batch):
    _, out, outcomes = batch
    assert [(one.client_id, one.status) for one in outcomes] == [
        ("a", "done"),
        ("b", "done"),
        ("broken", "refused"),
        ("c", "done"),
    ]
    reason = outcomes[2].reason
    assert "orders.csv" in reason
    assert "2行目" in reason
    for name in ("a", "b", "c"):
        assert (out / name / "manifest.json").is_file()
    assert not (out / "broken" / "report.html").exists()
    assert (out / "broken" / "failure.json").is_file()


def test_the_index_shows_failures_first_and_escapes(batch):
    _, out, _ = batch
    page = (out / "index.html").read_text(encoding="utf-8")
    places = [page.index(f'data-client-id="{name}"') for name in ("broken", "a", "b", "c")]
    assert places == sorted(places)
    assert 'data-status="refused"' in page
    assert "<b>a</b>" not in page
    assert "&lt;b&gt;a&lt;/b&gt; 商店" in page
    assert 'href="a/report.html"' in page


def test_outcomes_as_json_and_csv(batch):
    _, out, _ = batch
    listed = json.loads((out / "outcomes.json").read_text(encoding="utf-8"))
    assert [one["client_id"] for one in listed] == ["a", "b", "broken", "c"]
    assert set(listed[0]) == {
        "client_id",
        "status",
        "reason",
        "seconds",
        "findings",
        "yen_base",
    }
    with (out / "outcomes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["status"] for row in rows] == ["done", "done", "refused", "done"]


def test_nothing_of_one_client_is_in_another(batch):
    _, out, _ = batch
    for name in ("a", "b", "c"):
        for other in {"a", "b", "c"} - {name}:
            for path in (out / name).rglob("*"):
                if path.is_file():
                    assert f"{other}</b> 商店".encode() not in path.read_bytes()
                    assert f"&lt;b&gt;{other}&lt;".encode() not in path.read_bytes()


def test_each_client_has_its_own_language_unless_one_is_asked_for(tmp_path):
    for name, lang in (("own", "lang: en\n"), ("none", "")):
        (tmp_path / "c" / name / "data").mkdir(parents=True)
        text = f"client_id: {name}\ncompany_name: x\n{lang}"
        (tmp_path / "c" / name / "client.yaml").write_text(text)
    out = tmp_path / "out"
    run_batch(tmp_path / "c", out, lang="ja")
    for name, lang in (("own", "en"), ("none", "ja")):
        assert f'<html lang="{lang}"' in (out / name / "report.html").read_text(encoding="utf-8")


def test_a_batch_without_clients_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError):
        run_batch(tmp_path, tmp_path / "out")


def test_two_folders_with_one_id_are_refused_both(tmp_path):
    for name in ("one", "two"):
        (tmp_path / "c" / name / "data").mkdir(parents=True)
        (tmp_path / "c" / name / "client.yaml").write_text("client_id: x\ncompany_name: y\n")
    outcomes = run_batch(tmp_path / "c", tmp_path / "out").outcomes
    assert [one.status for one in outcomes] == ["refused", "refused"]
    assert not (tmp_path / "out" / "x").exists()


def test_a_client_list_lays_out_a_folder_a_row(tmp_path):
    (tmp_path / "o.csv").write_text(HEAD + "1,2,2026-01-01,3\n", encoding="utf-8")
    (tmp_path / "clients.csv").write_text(
        'client_id,company_name,orders\na1,"A: ""x"" # y",o.csv\n../b,B,o.csv\n', encoding="utf-8"
    )
    work = tmp_path / "work"
    sources = find_clients(tmp_path / "clients.csv", work, load_method)
    assert [one.client_id for one in sources] == ["a1"]
    assert sorted(p.relative_to(work).as_posix() for p in work.rglob("*") if p.is_file()) == [
        "a1/client.yaml",
        "a1/data/orders.csv",
    ]
    from toolkit.intake.profiles.profile import read_profile

    assert read_profile(sources[0].folder, load_method()).company_name == 'A: "x" # y'


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x"])
def test_cells_of_lists_are_guarded(cell):
    assert table_text(("a", "b", "c"), [(cell, "商店", None)]) == f"a,b,c\n'{cell},商店,\n"
