"""A client's folder as a whole: discovery, dates, health, refusal with all faults at once."""

from __future__ import annotations

import os
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from toolkit.errors import InputError, UsageError
from toolkit.intake.case import load_case
from toolkit.intake.mappings.recognising import named_like
from toolkit.method import Method

AS_OF = date(2026, 11, 22)
ORDERS = "order_id,customer_id,order_date,amount\nA1,C1,2024-04-01,100\nA2,C2,2024-06-30,50\n"
COSTS = "月,費目,金額\n2024-04,広告宣伝費,1000\n"
STEPS = "step_no,step,side,actor,mode\n1,選ぶ,customer,お客様,manual\n2,受注,company,佐藤,manual\n"


def codes(error: InputError) -> list[tuple[str | None, str]]:
    return [(problem.file, problem.code) for problem in error.problems]


def test_tables_are_found_by_header_whatever_the_name(make_client, method: Method) -> None:
    folder = make_client(
        {
            "data/2024/売上データ.csv": ORDERS.replace("amount", "金額").encode("cp932"),
            "data/x.csv": COSTS,
            "data/工程.csv": STEPS,
            "data/memo.csv": "a,b\n1,2\n",
            "data/notes.docx": "x",
            "data/~$lock.csv": "x",
        }
    )
    case = load_case(folder, method=method, as_of=AS_OF)
    assert {kind: len(table.frame) for kind, table in case.tables.items()} == {
        "orders": 2,
        "costs": 1,
        "journey": 2,
    }
    health = {one.kind: one for one in case.health}
    assert health["unrecognised"].files == ("data/memo.csv", "data/notes.docx")
    assert health["orders"].encoding == "cp932"
    assert [note.code for note in health["orders"].notes] == ["encoding", "headers"]
    assert case.tables["orders"].frame["_file"].unique().tolist() == ["data/2024/売上データ.csv"]
    assert [(one.file, one.rows) for one in case.inputs] == [
        ("client.yaml", None),
        ("data/2024/売上データ.csv", 2),
        ("data/x.csv", 1),
        ("data/工程.csv", 2),
    ]


def test_as_of_is_the_latest_past_fact_and_run_date_as_given(make_client, method) -> None:
    folder = make_client({"data/orders.csv": ORDERS}, "as_of: 2025-01-31\n")
    case = load_case(folder, method=method)
    assert (case.run_date, case.as_of) == (date(2025, 1, 31), date(2024, 6, 30))
    assert load_case(folder, method=method, as_of=AS_OF).run_date == AS_OF
    bare = make_client({"data/orders.csv": "order_id,customer_id,order_date,amount\n"})
    empty = load_case(bare, method=method, as_of=AS_OF)
    assert (empty.as_of, dict(empty.tables)) == (AS_OF, {})


def test_dates_that_lie_ahead_are_read_and_leave_as_of_alone(make_client, method) -> None:
    text = "account_id,start,end\nA,2024-04-01,2030-03-31\n"
    case = load_case(make_client({"data/contracts.csv": text}), method=method, as_of=AS_OF)
    assert case.as_of == date(2024, 4, 1)
    assert case.tables["contracts"].frame["end"][0].year == 2030


def test_a_name_alone_is_a_case(make_client, method) -> None:
    case = load_case(make_client({}), method=method, as_of=AS_OF)
    assert (case.tables, case.health, case.profile.company_name) == ({}, (), "青山商店")


def test_a_header_without_rows_is_a_table_not_delivered(make_client, method) -> None:
    folder = make_client({"data/orders.csv": ORDERS, "data/costs.csv": "month,item,amount\n"})
    case = load_case(folder, method=method, as_of=AS_OF)
    assert list(case.tables) == ["orders"]
    absent = next(one for one in case.health if one.kind == "costs")
    assert [note.code for note in absent.notes] == ["no_rows"]


def test_every_fault_of_every_file_at_once(make_client, method) -> None:
    folder = make_client(
        {
            "data/orders.csv": ORDERS.replace("amount", "amt"),
            "data/costs.csv": "month,item,amount\nx,y,z\n",
            "data/受注.xlsx": b"PK\x03\x04broken",
        },
        "tax: maybe\n",
    )
    with pytest.raises(InputError) as raised:
        load_case(folder, method=method, as_of=AS_OF)
    assert raised.value.code == "client_refused"
    assert codes(raised.value) == [
        ("client.yaml", "field_choice"),
        ("data/受注.xlsx", "excel_damaged"),
        ("data/costs.csv", "date_unreadable"),
        ("data/costs.csv", "amount_unreadable"),
        ("data/costs.csv", "choice_unknown"),
        ("data/costs.csv", "no_row_left"),
        ("data/orders.csv", "column_missing"),
    ]


def test_mappings_come_first_and_their_files_are_not_read_again(make_client, method) -> None:
    mapping = """
table = "orders"
file = "data/*.txt"
[[join]]
file = "data/orders_price.csv"
on = { left = "No", right = "No" }
columns = ["price"]
[columns]
order_id = "No"
customer_id = "C"
order_date = "D"
amount = "price"
"""
    folder = make_client(
        {
            "mappings/cart.toml": mapping,
            "data/b.txt": "No,C,D\n2,y,2024-04-02\n",
            "data/a.txt": "No,C,D\n1,x,2024-04-01\n",
            "data/orders_price.csv": "No,price\n1,10\n2,20\n",
        }
    )
    case = load_case(folder, method=method, as_of=AS_OF)
    frame = case.tables["orders"].frame
    assert list(frame["amount"]) == [10.0, 20.0]
    assert list(frame["_file"]) == ["data/a.txt", "data/b.txt"]
    assert list(frame["_row"]) == [2, 2]
    assert [one.file for one in case.inputs] == [
        "client.yaml",
        "data/a.txt",
        "data/b.txt",
        "mappings/cart.toml",
        "data/orders_price.csv",
    ]


def test_two_mappings_of_one_file_and_table_are_refused(make_client, method) -> None:
    mapping = 'table = "orders"\nfile = "data/orders.csv"\n'
    files = {"mappings/a.toml": mapping, "mappings/b.toml": mapping, "data/orders.csv": ORDERS}
    with pytest.raises(UsageError) as raised:
        load_case(make_client(files), method=method, as_of=AS_OF)
    (problem,) = raised.value.problems
    assert (problem.code, problem.params["other"]) == ("mapping_twice", "a.toml")


def test_a_mapping_without_a_file_there_is_a_fault(make_client, method) -> None:
    folder = make_client({"mappings/a.toml": 'table = "orders"\nfile = "data/none.csv"\n'})
    with pytest.raises(InputError) as raised:
        load_case(folder, method=method, as_of=AS_OF)
    assert codes(raised.value) == [("a.toml", "mapping_no_file")]


def test_names_decomposed_by_a_mac_are_found_and_hashed(make_client, method) -> None:
    name = unicodedata.normalize("NFD", "data/データガイド.csv")
    mapping = 'table = "orders"\nfile = "data/データガイド.csv"\n'
    for files in ({name: ORDERS}, {name: ORDERS, "mappings/m.toml": mapping}):
        case = load_case(make_client(files), method=method, as_of=AS_OF)
        assert "data/データガイド.csv" in {one.file for one in case.inputs}
        assert len(case.tables["orders"].frame) == 2


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_out_of_the_folder_are_refused(make_client, method, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text(ORDERS)
    folder = make_client({"data/costs.csv": COSTS})
    (folder / "data" / "orders.csv").symlink_to(tmp_path / "other.csv")
    with pytest.raises(InputError) as raised:
        load_case(folder, method=method, as_of=AS_OF)
    assert codes(raised.value) == [("data/orders.csv", "link_out")]


def test_the_salt_of_the_folder_makes_the_customer_key(make_client, method) -> None:
    plain = load_case(make_client({"data/orders.csv": ORDERS}), method=method, as_of=AS_OF)
    assert [note.code for note in plain.notes] == ["no_salt"]
    salted = load_case(make_client({".salt": "00ff"}), method=method, as_of=AS_OF)
    assert salted.notes == ()
    one, two = (case.tables["orders"].frame["customer_id"] for case in (plain, salted))
    assert set(one).isdisjoint(set(two))


def test_the_zone_and_currency_of_the_client_hold(make_client, method) -> None:
    rows = "A1,C1,2024-03-31T23:30:00Z,$100\n"
    text = f"order_id,customer_id,order_date,amount\n{rows}"
    folder = make_client({"data/orders.csv": text}, "currency: USD\ntimezone: America/New_York\n")
    frame = load_case(folder, method=method, as_of=AS_OF).tables["orders"].frame
    assert str(frame["order_date"][0]) == "2024-03-31 19:30:00"
    assert frame["amount"][0] == 100


def test_names_of_staff_give_way_to_numbers_where_asked(make_client, method) -> None:
    shown = load_case(make_client({"data/journey.csv": STEPS}), method=method, as_of=AS_OF)
    assert list(shown.tables["journey"].frame["actor"]) == ["お客様", "佐藤"]
    hidden = load_case(make_client({}, "staff_names: hide\n"), method=method, as_of=AS_OF)
    assert list(hidden.tables["journey"].frame["actor"]) == ["お客様", "P1"]


def test_hidden_names_are_alike_in_tables_and_answers(make_client, method) -> None:
    steps = STEPS.replace("佐藤", "佐藤／田中")
    answers = "staff_names: hide\nanswers:\n  q.jrn.staff: {田中: 1, 佐藤: 0.5, 林: 1}\n"
    case = load_case(make_client({"data/journey.csv": steps}, answers), method=method, as_of=AS_OF)
    coded = {one.item: one.value for one in case.profile.answers}
    actor = case.tables["journey"].frame["actor"].iloc[-1]
    assert sorted(coded) == ["P1", "P2", "P3"]
    assert [coded[code] for code in actor.split("／")] == [0.5, 1]


def test_the_quarantine_has_a_row_for_each_fault_and_no_personal_value(make_client, method) -> None:
    text = "order_id,customer_id,order_date,amount,氏名\n" + "".join(
        f"A{i},C{i},2024-04-01,100,山田\n" for i in range(9)
    )
    folder = make_client({"data/orders.csv": text + "A9,1.2E+10,=1+1,9,山田\n"})
    case = load_case(folder, method=method, as_of=AS_OF)
    frame = case.quarantined
    assert frame[["table", "file", "row", "column", "code"]].to_numpy().tolist() == [
        ["orders", "data/orders.csv", 11, "customer_id", "id_scientific"],
        ["orders", "data/orders.csv", 11, "order_date", "date_unreadable"],
    ]
    assert "1.2E+10" not in frame.to_json()
    assert case.personal_columns == 1


def test_what_fits_no_table_wholly_is_left_unread(make_client, method) -> None:
    head = "order_id,customer_id,order_date,channel,product\n"
    folder = make_client({"data/x.csv": head + "A1,C1,2024-04-01,web,a\n"})
    case = load_case(folder, method=method, as_of=AS_OF)
    assert (dict(case.tables), case.health[0].files) == ({}, ("data/x.csv",))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("orders_2024.csv", "orders"),
        ("受注一覧.csv", "orders"),
        ("広告費202404.csv", "ad_spend"),
        ("ad_spend.csv", "ad_spend"),
        ("border.csv", None),
        ("売掛金.csv", "receivables"),
    ],
)
def test_names_that_speak_of_a_table(name: str, kind: str | None, setting) -> None:
    found = named_like(Path(name), setting.kinds)
    assert (found[0].name if found else None) == kind
