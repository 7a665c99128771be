"""Client lists, a new client's folder, the quarantine's side file."""

from __future__ import annotations

import csv
import io

import pytest

from toolkit.errors import UsageError
from toolkit.intake.case import load_case
from toolkit.intake.profiles.client_list import load_client_list
from toolkit.intake.profiles.new_client import blank_profile, new_client
from toolkit.intake.profiles.profile import read_profile
from toolkit.intake.quarantine import guarded, quarantine_csv

LIST = "client_id,company_name,orders,memo\n"


def test_a_list_of_clients(tmp_path, setting) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("x")
    path = tmp_path / "clients.csv"
    path.write_text(
        LIST + "a,青山,data/a.csv,秘\n b ,B,,\n"
        "c,C,data/none.csv,\nd,D,../x.csv,\ne, ,,\ndup,D,,\ndup,E,,\n",
        encoding="utf-8",
    )
    found = load_client_list(path, setting)
    assert [(one.client_id, one.company_name, one.row) for one in found.clients] == [
        ("a", "青山", 2),
        ("b", "B", 3),
    ]
    assert found.clients[0].tables == {"orders": tmp_path / "data" / "a.csv"}
    assert found.clients[0].notes == {"memo": "秘"}
    assert [(p.row, p.column, p.code) for p in found.report.problems] == [
        (4, "orders", "listed_file_missing"),
        (5, "orders", "listed_path"),
        (6, "company_name", "value_missing"),
        (7, "client_id", "client_id_twice"),
        (8, "client_id", "client_id_twice"),
    ]
    assert (found.report.outcome, found.report.rows_total) == ("quarantined", 7)


def test_a_list_without_usable_clients_or_columns_is_refused(tmp_path, setting) -> None:
    path = tmp_path / "clients.csv"
    for text, code in (
        (LIST + "A B,x,,\n", "no_row_left"),
        (LIST, "no_rows"),
        ("id,company_name\na,A\n", "column_missing"),
    ):
        path.write_text(text)
        report = load_client_list(path, setting).report
        assert report.outcome == "error-with-location"
        assert code in {problem.code for problem in report.problems}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_new_client_loads_once_it_has_a_name(tmp_path, lang: str, method) -> None:
    made = new_client("aoyama", tmp_path, lang)
    files = {"client.yaml", "data", "mappings", ".salt", "edits.yaml"}
    assert {path.name for path in made.iterdir()} == files
    assert len((made / ".salt").read_text()) == 64
    text = (made / "client.yaml").read_text(encoding="utf-8")
    named = text.replace('company_name: ""', "company_name: 青山商店")
    (made / "client.yaml").write_text(named, encoding="utf-8")
    case = load_case(made, method=method)
    assert (case.profile.client_id, case.notes) == ("aoyama", ())


def test_the_blank_profile_holds_every_question_and_each_can_be_answered(tmp_path, method) -> None:
    text = blank_profile("aoyama", method, "ja").replace('company_name: ""', "company_name: A")
    for entry in method.section("questions").values():
        if entry.id not in ("q.pla.model", "q.pla.stage"):
            assert f"  # {entry.id}:" in text
    path = tmp_path / "client.yaml"
    path.write_text(text.replace("  # q.crm.strategy:", "  q.crm.strategy: yes"), encoding="utf-8")
    assert [(a.question, a.value) for a in read_profile(path, method).answers] == [
        ("q.crm.strategy", "yes")
    ]


def test_a_question_left_open_is_not_answered_by_its_form(tmp_path, method) -> None:
    text = blank_profile("aoyama", method, "ja").replace('company_name: ""', "company_name: A")
    path = tmp_path / "client.yaml"
    path.write_text(text.replace("  # q.", "  q."), encoding="utf-8")
    assert read_profile(path, method).answers == ()


def test_profile_lines_can_be_taken_as_they_stand(tmp_path, method) -> None:
    text = blank_profile("aoyama", method, "ja").replace('company_name: ""', "company_name: A")
    lines = [
        line.removeprefix("# ") if line.startswith("# ") and "   # " in line else line
        for line in text.splitlines()
    ]
    path = tmp_path / "client.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    profile = read_profile(path, method)
    assert (profile.fiscal_year_start, str(profile.as_of)) == (4, "2026-04-01")


def test_ids_that_cannot_be_folders_and_folders_that_are_there(tmp_path) -> None:
    for client_id in ("../x", "A", "nul", ""):
        with pytest.raises(UsageError):
            new_client(client_id, tmp_path)
    new_client("a", tmp_path)
    with pytest.raises(UsageError) as raised:
        new_client("a", tmp_path)
    assert raised.value.code == "client_exists"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_no_cell_is_a_live_formula(cell: str) -> None:
    assert guarded(cell).startswith("'")
    assert guarded("1-2") == "1-2"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_side_file_gives_a_reason_for_each_row(make_client, method, lang: str) -> None:
    head = "=order_id,order_id,customer_id,order_date,amount\n"
    rows = "".join(f"x,A{i},C{i},2024-04-01,100\n" for i in range(3))
    folder = make_client({"data/orders.csv": head + rows + "x,A9,C1,2024-04-01,=1+1\n"})
    case = load_case(folder, method=method)
    data = quarantine_csv(case.quarantined, method, lang)
    assert data.startswith(b"\xef\xbb\xbf")
    listed = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [(one["file"], one["row"], one["column"], one["code"]) for one in listed] == [
        ("data/orders.csv", "5", "amount", "amount_unreadable")
    ]
    assert "=1+1" in listed[0]["reason"]
