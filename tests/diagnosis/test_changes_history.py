"""A client's history/: which months are found, and that a wrong file is never passed over."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest

import toolkit as tk
from toolkit.diagnosis.changes.compare import compare
from toolkit.diagnosis.changes.history import read_history
from toolkit.diagnosis.changes.keep import keep
from toolkit.diagnosis.changes.month import month_from
from toolkit.diagnosis.changes.month import month_of as month_of_diagnosis
from toolkit.diagnosis.saving import check, to_document
from toolkit.errors import InputError, UsageError
from toolkit.facts import Fact
from toolkit.method import load_method
from toolkit.store import to_json, write_manifest

METHOD = load_method()


ORDERS = "order_id,customer_id,order_date,amount\n" + "".join(
    f"{at},c{at % 9},2026-0{1 + at % 8}-05,{1000 + at}\n" for at in range(200)
)
PROFILE = "client_id: aoyama\ncompany_name: 青山商店\nlang: ja\nmodel: general\n"


@pytest.fixture(scope="module")
def orders_alone(tmp_path_factory):
    """A client with a file of orders and nothing kept."""
    folder = tmp_path_factory.mktemp("clients") / "aoyama"
    (folder / "data").mkdir(parents=True)
    (folder / "client.yaml").write_text(PROFILE, encoding="utf-8")
    (folder / "data" / "orders.csv").write_text(ORDERS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def small(orders_alone):
    """The client's diagnosis."""
    return tk.diagnose(orders_alone, as_of="2026-10-31")


@pytest.fixture(scope="module")
def saved(small):
    """The same as a document."""
    return json.loads(to_json({**to_document(small), "evidence": []}))


@pytest.fixture
def home(tmp_path, saved):
    """The client's folder with months of some days, failing as said: {day: {code: status}}."""

    def make(months, client_id="aoyama"):
        folder = tmp_path / "clients" / "aoyama"
        (folder / "history").mkdir(parents=True, exist_ok=True)
        for day, statuses in months.items():
            document = {**saved, "run_date": day}
            document["client"] = {**saved["client"], "client_id": client_id}
            document["findings"] = [
                {**one, "status": statuses.get(one["id"], one["status"])}
                for one in saved["findings"]
            ]
            (folder / "history" / f"{day}.json").write_text(to_json(document), encoding="utf-8")
        return folder

    return make


def found(folder, day="2026-10-31"):
    return read_history(folder, "aoyama", date.fromisoformat(day))


def test_without_history_there_is_nothing_to_compare_with(small, tmp_path):
    assert found(tmp_path).last is None
    assert small.changes is None
    assert to_document(small)["changes"] is None


def test_the_newest_earlier_month_and_what_failed_before_it(home):
    folder = home(
        {
            "2026-07-31": {"PAY001": "fail"},
            "2026-08-31": {},
            "2026-09-30": {"AFT006": "fail"},
            "2026-10-31": {},
            "2026-11-30": {"SAL008": "fail"},
        }
    )
    history = found(folder)
    assert history.last.run_date == "2026-09-30"
    assert history.failed == {"PAY001"}
    assert history.before["PAY001"] != "fail"  # in August
    assert [one.name for one in history.kept] == [
        f"{day}.json" for day in ("2026-07-31", "2026-08-31", "2026-09-30")
    ]


@pytest.mark.parametrize(
    ("away", "is_it"), [(365, True), (345, True), (385, True), (344, False), (386, False)]
)
def test_a_year_ago_is_twenty_days_around(home, away, is_it):
    day = (date(2026, 10, 31) - timedelta(days=away)).isoformat()
    history = found(home({day: {}, "2026-09-30": {}}))
    assert (history.year_ago.run_date if history.year_ago else None) == (day if is_it else None)


def test_the_nearest_to_a_year_ago_is_taken(home):
    history = found(home({"2025-10-20": {}, "2025-11-02": {}, "2025-11-15": {}}))
    assert history.year_ago.run_date == "2025-11-02"
    assert history.last.run_date == "2025-11-15"


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("2026-08-31.json", "{", "history_broken"),
        ("2026-08-31.json", "[]", "history_broken"),
        ("2026-08-31.json", '{"run_date": "2026-08-31"}', "history_broken"),
        (
            "2026-08-31.json",
            '{"client": {"client_id": "aoyama"}, "run_date": "2026-08-31"}',
            "history_broken",
        ),
        (
            "2026-08-31.json",
            '{"client": {"client_id": "other"}, "run_date": "2026-08-31"}',
            "history_foreign",
        ),
        (
            "august.json",
            '{"client": {"client_id": "aoyama"}, "run_date": "2026-08-31"}',
            "history_name",
        ),
    ],
)
def test_a_wrong_file_is_named_and_never_passed_over(home, name, text, code):
    folder = home({"2026-09-30": {}})
    (folder / "history" / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        found(folder)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == (code, f"history/{name}")


def test_diagnose_refuses_a_broken_history(client_of):
    folder = client_of("aoyama")
    (folder / "history").mkdir()
    (folder / "history" / "2026-08-31.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="history_refused"):
        tk.diagnose(folder, as_of="2026-10-31")


def test_a_month_of_another_version_is_read_by_what_both_know(saved):
    document = {**saved, "of_tomorrow": 1}
    document["facts"] = [{**one, "of_tomorrow": 1} for one in saved["facts"]]
    document["facts"][0].pop("needs")
    document["findings"] = [{**one, "of_tomorrow": 1} for one in saved["findings"]]
    for one in document["findings"]:
        one.pop("pool")
    month = month_from(document)
    assert len(month.facts) == len(saved["facts"])
    assert set(month.findings) == {one["id"] for one in saved["findings"]}


def test_saved_and_in_memory_a_month_is_the_same(small, saved):
    then = replace(month_from(saved), run_date="2026-09-30")
    changes = compare(then, month_of_diagnosis(small), METHOD)
    assert not changes.method_changed
    assert {one.state for one in changes.findings} == {"unchanged"}
    assert not any(one.beyond for one in changes.facts)


def test_changes_come_back_from_the_document(small, home, tmp_path):
    from toolkit.diagnosis.changes.since import since_last_time

    folder = home({"2026-09-30": {"PAY001": "fail"}})
    made = since_last_time(small, folder)
    assert made.changes is not None
    document = json.loads(to_json({**to_document(made), "evidence": []}))
    check(document)
    again = tk.load(made.save(tmp_path / "out"))
    assert to_json(to_document(again)) == to_json(to_document(made))


def test_diagnose_compares_with_the_kept_month_by_itself(orders_alone, saved, tmp_path):
    folder = shutil.copytree(orders_alone, tmp_path / "aoyama")
    (folder / "history").mkdir()
    text = to_json({**saved, "run_date": "2026-09-30"})
    (folder / "history" / "2026-09-30.json").write_text(text, encoding="utf-8")
    made = tk.diagnose(folder, as_of="2026-10-31")
    assert made.changes.since.run_date == "2026-09-30"
    assert {one.state for one in made.changes.findings} == {"unchanged"}


@pytest.fixture
def run(small, tmp_path):
    """An output folder of a run, its manifest written."""

    def make(made=small, name="aoyama"):
        folder = tmp_path / "out" / name
        made.save(folder)
        write_manifest(folder, {"run_date": made.run_date})
        return folder

    return make


@pytest.fixture
def client(tmp_path):
    folder = tmp_path / "kept" / "aoyama"
    folder.mkdir(parents=True)
    profile = "client_id: aoyama\ncompany_name: 青山商店\n"
    (folder / "client.yaml").write_text(profile, encoding="utf-8")
    return folder


def test_keep_files_the_very_bytes_and_nothing_else(run, client):
    out = run()
    filed = keep(out, client, METHOD)
    assert filed.how == "filed"
    assert filed.path == client / "history" / "2026-10-31.json"
    assert filed.path.read_bytes() == (out / "diagnosis.json").read_bytes()
    assert [path.name for path in (client / "history").iterdir()] == ["2026-10-31.json"]
    assert keep(out.parent, client, METHOD).how == "same"  # a parent of the folder too


def test_keep_replaces_the_same_day_and_says_so(run, client, small):
    keep(run(), client, METHOD)
    facts = small.facts.replaced([Fact(id="customers.orders", value=9, unit="count")])
    out = run(replace(small, facts=facts), "again")
    filed = keep(out, client, METHOD)
    assert filed.how == "replaced"
    assert filed.path.read_bytes() == (out / "diagnosis.json").read_bytes()


def test_keep_refuses_what_the_manifest_does_not_list_as_whole(run, client):
    out = run()
    (out / "diagnosis.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match="keep_not_whole"):
        keep(out, client, METHOD)
    (out / "manifest.json").unlink()
    with pytest.raises(UsageError, match="keep_not_whole"):
        keep(out, client, METHOD)
    (out / "manifest.json").write_text("[", encoding="utf-8")
    with pytest.raises(UsageError, match="keep_not_whole"):
        keep(out, client, METHOD)
    with pytest.raises(UsageError, match="no_diagnosis"):
        keep(out.parent.parent, client, METHOD)
    assert not (client / "history").exists()


def test_keep_refuses_another_clients_diagnosis(run, client, small):
    out = run(replace(small, client={**small.client, "client_id": "other"}))
    with pytest.raises(UsageError, match="keep_foreign") as caught:
        keep(out, client, METHOD)
    assert caught.value.params == {"other": "other", "client": "aoyama"}


def test_a_day_that_is_no_day_names_no_file(run, client, small):
    out = run(replace(small, run_date="../../x"))
    with pytest.raises(UsageError, match="no_diagnosis"):
        keep(out, client, METHOD)
