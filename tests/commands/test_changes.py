"""toolkit keep and compare: what they write, say and refuse, and the month after."""

from __future__ import annotations

import json
import shutil

import pytest

from toolkit.store import write_manifest

ORDERS = "order_id,customer_id,order_date,amount\n" + "".join(
    f"{at},c{at % 9},2026-0{1 + at % 8}-05,{1000 + at}\n" for at in range(200)
)
PROFILE = "client_id: aoyama\ncompany_name: 青山商店\nlang: ja\nmodel: general\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A client's folder, and the output of two months, its system fees told in the second."""
    import toolkit as tk

    home = tmp_path_factory.mktemp("clients") / "aoyama"
    (home / "data").mkdir(parents=True)
    (home / "data" / "orders.csv").write_text(ORDERS, encoding="utf-8")
    (home / "client.yaml").write_text(PROFILE, encoding="utf-8")
    out = tmp_path_factory.mktemp("out")
    for day, answer in (("2026-09-30", "yes"), ("2026-10-31", "no")):
        text = f'{PROFILE}answers:\n  q.sal.repeat_kpi: "{answer}"\n'
        (home / "client.yaml").write_text(text, encoding="utf-8")
        tk.diagnose(home, as_of=day).save(out / day / "aoyama")
        write_manifest(out / day / "aoyama", {"run_date": day})
    return home, out


@pytest.fixture
def home(made, tmp_path):
    return shutil.copytree(made[0], tmp_path / "aoyama")


@pytest.fixture
def months(made):
    """Output folders of September and October, as diagnose leaves them."""
    return [made[1] / day for day in ("2026-09-30", "2026-10-31")]


def test_keep_tells_where_it_filed_and_how(toolkit_command, home, months):
    done = toolkit_command("keep", months[0], home, "--lang", "en")
    assert done.returncode == 0, done.stderr
    path = home / "history" / "2026-09-30.json"
    assert done.stdout.strip() == str(path)
    assert "Kept the diagnosis of 2026-09-30" in done.stderr
    assert "already" in toolkit_command("keep", months[0] / "aoyama", home, "--lang", "en").stderr
    path.write_text("{}", encoding="utf-8")
    done = toolkit_command("keep", months[0], home, "--lang", "en")
    assert done.returncode == 0
    assert "Replaced" in done.stderr
    assert path.read_bytes() == (months[0] / "aoyama" / "diagnosis.json").read_bytes()


def test_the_month_after_is_compared_with_what_was_kept(toolkit_command, home, months):
    import toolkit as tk

    toolkit_command("keep", months[0], home)
    found = tk.diagnose(home, as_of="2026-10-31").changes
    assert found.since.run_date == "2026-09-30"
    assert [one.id for one in found.of("new")] == ["SAL008"]


def test_keep_refuses_what_is_not_this_clients(toolkit_command, home, months):
    text = (home / "client.yaml").read_text(encoding="utf-8").replace("aoyama", "other")
    (home / "client.yaml").write_text(text, encoding="utf-8")
    done = toolkit_command("keep", months[0] / "aoyama", home, "--lang", "en")
    assert done.returncode == 2
    assert "aoyama" in done.stderr
    assert "other" in done.stderr
    assert not (home / "history").exists()


def test_keep_wants_a_run_and_a_client(toolkit_command, home, tmp_path):
    assert toolkit_command("keep", tmp_path, home).returncode == 2
    assert toolkit_command("keep", tmp_path, tmp_path / "nobody").returncode == 2


def test_compare_gives_states_and_figures(toolkit_command, months):
    done = toolkit_command(
        "compare", months[0] / "aoyama", months[1] / "aoyama" / "diagnosis.json", "--json"
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert {"findings", "facts"} <= set(told)
    states = {one["id"]: one["state"] for one in told["findings"]}
    assert states.pop("SAL008") == "new"
    assert set(states.values()) == {"unchanged"}
    figure = next(one for one in told["facts"] if one["id"] == "customers.aov")
    assert {"id", "old", "new", "change"} <= set(figure)
    assert figure["old"] == figure["new"]
    assert figure["change"] == 0


def test_compare_on_the_screen(toolkit_command, months):
    files = [month / "aoyama" / "diagnosis.json" for month in months]
    done = toolkit_command("compare", *files, "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "New: SAL008" in done.stdout
    assert "good → to be improved" in done.stdout
    same = toolkit_command("compare", files[0], files[0], "--lang", "en")
    assert "No finding moved" in same.stdout


def test_compare_refuses_two_clients_and_the_wrong_order(toolkit_command, months, tmp_path):
    files = [month / "aoyama" / "diagnosis.json" for month in months]
    document = json.loads(files[1].read_text(encoding="utf-8"))
    document["client"]["client_id"] = "other"
    other = tmp_path / "other.json"
    other.write_text(json.dumps(document), encoding="utf-8")
    for pair, code in (
        ((files[0], other), "compare_clients"),
        ((files[1], files[0]), "compare_order"),
        ((files[0], tmp_path / "none.json"), "no_diagnosis"),
    ):
        done = toolkit_command("compare", *pair, "--json")
        assert done.returncode == 2
        assert json.loads(done.stdout)["error"]["code"] == code
