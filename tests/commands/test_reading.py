"""``toolkit read`` of a layout nobody has told: what is proposed, confirmed, and read then."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from functools import partial

import pytest

ORDERS = (
    "オーダー番号,オーダー日,アイテム名,個数,合計,氏(配送先),メールアドレス,ステータス\n"
    + "".join(
        f"S{i},2024-01-{i:02d},茶{i % 3},1,{i}00,見本,p{i % 5}@example.com,"
        f"{'キャンセル済' if i == 4 else '発送済み'}\n"
        for i in range(1, 25)
    )
)


@pytest.fixture
def run(toolkit_command, tmp_path):
    return partial(toolkit_command, cwd=tmp_path, TOOLKIT_LANG="ja")


@pytest.fixture
def client(client_of):
    return client_of()


@pytest.fixture
def export(client):
    path = client / "data" / "受注_202401.csv"
    path.write_text(ORDERS, encoding="utf-8")
    return path


def test_an_unknown_layout_is_refused_with_a_proposal(run, export):
    done = run("read", export, "--kind", "orders")
    assert done.returncode == 1
    assert "結果：読めません" in done.stdout
    assert "対応表の案" in done.stdout
    assert 'customer_id = "メールアドレス"' in done.stdout
    assert 'file = "data/受注_*.csv"' in done.stdout
    assert "--confirm" in done.stdout
    assert "cli.read" not in done.stdout
    assert "p1@example.com" not in done.stdout + done.stderr
    assert "見本" not in done.stdout + done.stderr


def test_json_has_the_proposal_and_the_mapping_that_it_is(run, export):
    done = run("read", export, "--kind", "orders", "--json")
    assert done.returncode == 1
    document = json.loads(done.stdout)
    assert document["outcome"] == "error-with-location"
    assert {problem["code"] for problem in document["problems"]} == {"column_missing"}
    proposal = document["proposal"]
    assert set(proposal) == {"mapping", "columns", "unclear"}
    columns = {one["column"]: one for one in proposal["columns"]}
    assert columns["amount"] == {
        "column": "amount",
        "header": "合計",
        "confidence": 0.9,
        "reason": "words",
        "samples": ["100", "200", "300"],
    }
    assert columns["customer_id"]["samples"] == ["***", "***", "***"]
    tree = tomllib.loads(proposal["mapping"])
    assert tree["columns"] == {name: one["header"] for name, one in columns.items()}
    assert proposal["unclear"] == []


def test_what_is_unclear_is_told_with_its_message(run, export):
    export.write_text(ORDERS.replace("メールアドレス", "あ"), encoding="utf-8")
    done = run("read", export, "--kind", "orders", "--json", "--lang", "en")
    unclear = json.loads(done.stdout)["proposal"]["unclear"]
    assert [(one["column"], one["reason"], one["required"]) for one in unclear] == [
        ("customer_id", "none", True)
    ]
    assert "member number" in unclear[0]["message"]


@pytest.mark.parametrize(
    "text",
    [
        "order_id,customer_id,order_date,amount\n1,a,2024-01-05,100\n",
        "注文番号,顧客ID,注文日,金額,よく分からない列\n1,a,2024-01-05,100,x\n",
    ],
)
def test_known_headers_make_no_noise(run, export, text):
    export.write_text(text, encoding="utf-8")
    document = json.loads(run("read", export, "--kind", "orders", "--json").stdout)
    assert "proposal" not in document
    assert document["rows_accepted"] == 1
    assert "対応表の案" not in run("read", export, "--kind", "orders").stdout


def test_a_file_refused_for_its_rows_has_no_proposal(run, export):
    text = "order_id,customer_id,order_date,amount\n" + "1,a,never,100\n" * 30
    export.write_text(text, encoding="utf-8")
    document = json.loads(run("read", export, "--kind", "orders", "--json").stdout)
    assert document["outcome"] == "error-with-location"
    assert "proposal" not in document


def test_confirmed_once_it_is_read_by_every_command(run, client, export):
    done = run("read", export, "--kind", "orders", "--confirm", client)
    assert done.returncode == 0, done.stderr
    assert "対応表を保存しました" in done.stdout
    assert "「data/受注_*.csv」に合うファイルを翌月以降も" in done.stdout
    later = client / "data" / "受注_202402.csv"
    later.write_text(ORDERS.replace("2024-01", "2024-02").replace("S", "T"), encoding="utf-8")
    read = json.loads(run("read", later, "--kind", "orders", "--json").stdout)
    assert (read["rows_accepted"], read["rows_cancelled"]) == (24, 1)
    assert read["mapping"]["file"] == "orders-受注.toml"
    checked = json.loads(run("check", client, "--json").stdout)
    assert checked["tables"] == {"orders": 48}
    made = run("diagnose", client, "--out", client.parent / "out", "--formats", "html")
    assert made.returncode == 0, made.stderr
    diagnosis = next((client.parent / "out").rglob("diagnosis.json"))
    facts = json.loads(diagnosis.read_text(encoding="utf-8"))["facts"]
    assert next(fact["value"] for fact in facts if fact["id"] == "customers.orders") == 46


def test_the_language_of_the_mapping_is_the_clients(run, client, export):
    profile = client / "client.yaml"
    profile.write_text(profile.read_text(encoding="utf-8") + "lang: en\n", encoding="utf-8")
    run("read", export, "--kind", "orders", "--confirm", client)
    text = (client / "mappings" / "orders-受注.toml").read_text(encoding="utf-8")
    assert text.startswith("# A mapping checked and filed on ")


def test_json_names_what_was_filed(run, client, export):
    done = run("read", export, "--kind", "orders", "--confirm", client, "--json")
    assert json.loads(done.stdout)["confirmed"] == {
        "mapping": "mappings/orders-受注.toml",
        "file": "data/受注_*.csv",
    }


def test_an_id_under_clients_names_the_client(run, client, export):
    done = run("read", export, "--kind", "orders", "--confirm", client.name)
    assert done.returncode == 0, done.stderr
    assert (client / "mappings" / "orders-受注.toml").is_file()


def test_an_unclear_proposal_is_completed_by_hand(run, client, export, tmp_path):
    export.write_text(ORDERS.replace("メールアドレス", "あ"), encoding="utf-8")
    done = run("read", export, "--kind", "orders", "--confirm", client, "--json")
    document = json.loads(done.stdout)
    assert done.returncode == 1
    assert document["confirmed"] is None
    assert [(one["code"], one["column"]) for one in document["problems"]] == [
        ("proposal_unclear", "customer_id")
    ]
    spoken = run("read", export, "--kind", "orders", "--confirm", client)
    assert spoken.returncode == 1
    assert '[columns] に customer_id = "見出し" の行を書いて' in spoken.stdout
    assert "対応表は保存していません。" in spoken.stdout
    assert not (client / "mappings").exists()
    text = document["proposal"]["mapping"].replace('# customer_id = ""', 'customer_id = "あ"')
    (tmp_path / "m.toml").write_text(text, encoding="utf-8")
    again = run(
        *("read", export, "--kind", "orders", "--mapping", "m.toml", "--confirm", client, "--json")
    )
    assert again.returncode == 0, again.stdout
    filed = client / "mappings" / "orders-受注.toml"
    assert filed.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("read", "out.csv", "--kind", "orders", "--confirm", "aoyama"), "confirm_outside"),
        (("read", "out.csv", "--kind", "profile", "--confirm", "aoyama"), "confirm_kind"),
        (("read", "out.csv", "--kind", "orders", "--confirm", "nobody"), "client_missing"),
    ],
)
def test_wrong_use_of_confirm_exits_2_and_says_what_to_do(run, client, tmp_path, arguments, code):
    (tmp_path / "out.csv").write_text(ORDERS, encoding="utf-8")
    done = run(*arguments, "--json")
    assert done.returncode == 2
    error = json.loads(done.stdout)["error"]
    assert error["code"] == code
    assert error["fix"]
    assert "{" not in error["message"] + error["fix"]
    assert not (client / "mappings").exists()


def test_the_command_that_is_shown_files_the_mapping(run, client, export):
    """Names that a shell would take apart are quoted in it."""
    odd = export.with_name("受注 $(date) 'x'_202401.csv")
    export.rename(odd)
    shown = run("read", odd, "--kind", "orders").stdout.strip().splitlines()[-1]
    command = shown.strip().replace("toolkit ", f"{sys.executable} -m toolkit ", 1)
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(list((client / "mappings").iterdir())) == 1
