"""The command as a user meets it: a process of its own, its streams and exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

HEAD = "order_id,customer_id,order_date,amount\n"


@pytest.fixture
def run(toolkit_command, tmp_path):
    """Runs a command in this process, in the folder of the test."""

    def call(*arguments, lang=None):
        asked = {"TOOLKIT_LANG": lang} if lang else {}
        return toolkit_command(*arguments, cwd=tmp_path, **asked)

    return call


@pytest.fixture
def process(tmp_path):
    """Runs a command in a process of its own."""

    def call(*arguments, lang=None, cwd=None):
        env = {**os.environ, "PYTHONUTF8": "1"}
        env.pop("TOOLKIT_LANG", None)
        if lang:
            env["TOOLKIT_LANG"] = lang
        return subprocess.run(
            [sys.executable, "-m", "toolkit", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=env,
            cwd=cwd or tmp_path,
            check=False,
        )

    return call


def test_help_in_both_languages_loads_nothing_heavy(process):
    assert "診断" in process("--help").stdout
    assert "Diagnose" in process("--help", lang="en").stdout
    code = (
        "import sys; sys.argv = ['toolkit', '--help']\n"
        "import contextlib, toolkit.cli\n"
        "with contextlib.suppress(SystemExit): toolkit.cli.main()\n"
        "heavy = {'pandas', 'numpy', 'duckdb', 'matplotlib', 'nbconvert', 'papermill', 'rich'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("diagnose",),
        ("diagnose", "x"),
        ("diagnose", "x", "--out", "o", "--formts", "html"),
        ("diagnose", "nobody", "--out", "o"),
        ("diagnose", "nobody", "--out", "o", "--as-of", "2026-13-01"),
        ("read", "x.csv"),
        ("batch", "nothing", "--out", "o"),
        ("verify", "nothing", "--client", "nobody"),
        ("rules", "--method", "nowhere"),
    ],
)
def test_wrong_use_exits_2_without_a_traceback(process, arguments):
    done = process(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stdout + done.stderr
    assert done.stdout == ""
    assert "→" in done.stderr


def test_json_of_an_error_is_one_document(run):
    done = run("check", "nobody", "--json")
    assert done.returncode == 2
    error = json.loads(done.stdout)["error"]
    assert error["code"] == "client_missing"
    assert error["message"]
    assert error["fix"]
    usage = run("rules", "--josn", "--json")
    assert usage.returncode == 2
    assert json.loads(usage.stdout)["error"]["code"] == "no_such_option"


def test_language_of_messages(run):
    assert "見つかりません" in run("check", "nobody").stderr
    assert "There is no client" in run("check", "nobody", "--lang", "en").stderr
    assert "There is no client" in run("check", "nobody", lang="en").stderr


def test_read_tells_every_fate(run, tmp_path):
    (tmp_path / "orders.csv").write_text(
        HEAD + "1,a,2026-01-05,100\n2,b,2026-02-31,200\n3,c,2026-01-07,３００\n", encoding="utf-8"
    )
    done = run("read", "orders.csv", "--kind", "orders", "--json")
    document = json.loads(done.stdout)
    assert done.returncode == 0
    assert document["outcome"] == "quarantined"
    assert (document["rows_total"], document["rows_accepted"]) == (3, 2)
    assert document["figures"]["amount_sum"] == 400
    problem = document["problems"][0]
    assert (problem["row"], problem["column"], problem["value"]) == (3, "order_date", "2026-02-31")
    assert problem["message"]
    assert problem["fix"]
    spoken = run("read", "orders.csv", "--kind", "orders")
    assert "3行" in spoken.stdout


def test_an_unreadable_file_exits_1(process, tmp_path):
    (tmp_path / "orders.csv").write_bytes(b"")
    done = process("read", "orders.csv", "--kind", "orders", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["outcome"] == "error-with-location"


def test_new_client_then_check(run, tmp_path):
    assert run("new-client", "aoyama").returncode == 0
    folder = tmp_path / "clients" / "aoyama"
    assert (folder / ".salt").is_file()
    text = (folder / "client.yaml").read_text(encoding="utf-8")
    assert "company_name" in text
    (folder / "client.yaml").write_text(
        "\n".join(
            "company_name: 青山商店" if line.startswith("company_name") else line
            for line in text.splitlines()
        ),
        encoding="utf-8",
    )
    (folder / "data" / "orders.csv").write_text(HEAD + "1,a,2026-01-05,100\n", encoding="utf-8")
    done = run("check", "aoyama", "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert set(document) >= {"tables", "health", "missing", "questions"}
    assert document["tables"] == {"orders": 1}
    assert document["questions"][0]["key"]
    again = run("new-client", "aoyama")
    assert again.returncode != 0
    assert (folder / "client.yaml").read_text(encoding="utf-8") != text


def test_check_tells_reasons_columns_and_gaps(run, client_of):
    folder = client_of(
        **{
            "data/orders.csv": HEAD + "1,a,2026-01-05,100\n2,b,2026-02-31,200\n",
            "data/contacts.csv": "contact_id,date\n1,2026-01-05\n",
            "data/[bold]memo.csv": "a,b\n1,2\n",
        }
    )
    document = json.loads(run("check", str(folder), "--json").stdout)
    health = {one["kind"]: one for one in document["health"]}
    reason = health["orders"]["set_aside"][0]
    assert (reason["count"], reason["row"], reason["column"]) == (1, 3, "order_date")
    assert reason["message"]
    assert health["orders"]["columns"][0] == {
        "column": "order_id",
        "headers": ["order_id"],
        "filled": 1.0,
    }
    gaps = {one["column"]: one for one in health["contacts"]["missing_columns"]}
    assert gaps["resolved_at"]["rules"] == ["AFT004"]
    missing = {one["table"]: one for one in document["missing"]}
    assert "resolved_at" in missing["contacts"]["columns"]
    assert (missing["costs"]["columns"], "orders" in missing) == ([], True)
    assert document["tables"] == {"orders": 1, "contacts": 1}
    spoken = run("check", str(folder)).stdout
    assert "[bold]memo.csv" in spoken
    assert "2026-02-31" in spoken


@pytest.mark.parametrize("suffix", ["xlsx", "md"])
def test_check_writes_the_request_for_material(run, client_of, tmp_path, suffix):
    folder = client_of(**{"data/orders.csv": HEAD + "1,a,2026-01-05,100\n"})
    made = tmp_path / f"request.{suffix}"
    done = run("check", str(folder), "--request", str(made), "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert made.name in done.stderr
    first = made.read_bytes()
    assert first[:2] == {"xlsx": b"PK", "md": b"# "}[suffix]
    run("check", str(folder), "--request", str(made), "--lang", "en", "--json")
    assert made.read_bytes() == first


def test_a_refused_client_still_gets_its_request(run, client_of, tmp_path):
    rows = [f"{n},a,2026-01-05,{'x' if n % 2 else 100}" for n in range(40)]
    folder = client_of(**{"data/orders.csv": HEAD + "\n".join(rows) + "\n"})
    made = tmp_path / "request.md"
    done = run("check", str(folder), "--request", str(made))
    assert done.returncode == 1
    assert "data/orders.csv" in made.read_text(encoding="utf-8")
    (folder / "client.yaml").write_text("company_name: 青山商店\ncolour: red\n", encoding="utf-8")
    other = tmp_path / "other.md"
    assert run("check", str(folder), "--request", str(other)).returncode == 1
    assert not other.exists()


def test_a_request_of_an_unknown_kind_is_refused_before_anything_is_read(run, client_of, tmp_path):
    done = run("check", str(client_of()), "--request", str(tmp_path / "request.pdf"))
    assert done.returncode == 2
    assert ".xlsx" in done.stderr


@pytest.mark.parametrize("name", ["rules", "facts", "sources", "questions"])
def test_lists(run, name):
    listed = json.loads(run(name, "--json").stdout)
    assert len(listed) >= 18
    assert run(name).stdout.strip()


def test_rules_of_a_firm_name_their_origin(run, tmp_path):
    (tmp_path / "firm" / "rules").mkdir(parents=True)
    (tmp_path / "firm" / "rules" / "sales.toml").write_text('[SAL009]\neffort = "L"\n')
    listed = json.loads(run("rules", "--json", "--method", "firm").stdout)
    origins = {one["rule"]: one["origin"] for one in listed}
    assert origins["SAL009"] == "method:firm"
    assert origins["SAL001"] == "toolkit"


def test_sources_say_what_is_covered_and_what_is_open(run):
    listed = {one["id"]: one for one in json.loads(run("sources", "--json").stdout)}
    assert {"kind": "rule", "name": "SAL003"} in listed["S1-28"]["where"]
    assert all(one["meaning"] for one in listed.values())


def test_doctor_is_well_here(process):
    done = process("doctor", "--json")
    checks = {one["check"]: one["ok"] for one in json.loads(done.stdout)}
    assert checks["packages"]
    assert checks["font"]
    assert checks["kernel"]
    assert done.returncode == 0


def test_diagnose_and_verify(process, run, tmp_path, root):
    done = process("diagnose", root / "datasets" / "completejourney_store", "--out", "out")
    assert done.returncode == 0, done.stderr
    page = tmp_path / "out" / "completejourney_store" / "report.html"
    assert page.is_file()
    assert 'lang="en"' in page.read_text(encoding="utf-8")
    checked = run(
        "verify", "out", "--client", root / "datasets" / "completejourney_store", "--json"
    )
    assert checked.returncode == 0
    assert json.loads(checked.stdout)["differing"] == []
    page.write_text(page.read_text(encoding="utf-8").replace("$26.32", "$99.99"), encoding="utf-8")
    changed = run(
        "verify", "out", "--client", root / "datasets" / "completejourney_store", "--json"
    )
    assert changed.returncode == 1
    assert {"customers.aov"} <= {one["fact"] for one in json.loads(changed.stdout)["differing"]}


def test_something_unexpected_is_told_without_a_traceback(monkeypatch, capsys):
    from toolkit import cli

    def broken(*_, **__):
        raise RuntimeError("wires crossed")

    monkeypatch.setattr(cli.toolkit, "main", broken)
    monkeypatch.setattr(sys, "argv", ["toolkit", "rules"])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    said = capsys.readouterr()
    assert stop.value.code == 1
    assert "RuntimeError: wires crossed" in said.err
    assert "Traceback" not in said.err
    monkeypatch.setattr(sys, "argv", ["toolkit", "--debug", "rules"])
    with pytest.raises(RuntimeError):
        cli.main()


def test_files_that_are_not_there(run, tmp_path):
    for arguments in (
        ("read", "none.csv", "--kind", "orders"),
        ("read", tmp_path, "--kind", "orders"),
        ("render", "none.json", "--out", "o"),
    ):
        done = run(*arguments)
        assert done.returncode in (1, 2)
        assert "Traceback" not in done.stderr
