"""From a file under reading to its buyers, and from matches to tables counted by person."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from toolkit.intake.files.grid import grid_of_columns
from toolkit.intake.mappings.mapping import RowRules, Source, TableMapping
from toolkit.intake.persons.matching import match_customers
from toolkit.intake.persons.people import people_of
from toolkit.intake.persons.personal_roles import personal_roles
from toolkit.intake.rows.filling import fill
from toolkit.intake.rows.settling import settle
from toolkit.intake.rows.working import Fate, Working, start
from toolkit.intake.setting import Setting
from toolkit.intake.values.cells import faulty

CELLS = {
    "注文番号": ["1", "2", "3", "4"],
    "会員ID": ["A1", "", "A1", ""],
    "お名前": ["高橋 花子", "髙橋　花子", "高橋花子", "田中 実"],
    "メールアドレス": ["h@example.com", "H@example.com", "", "m@example.com"],
    "TEL": [faulty("formula_no_value", "=A1"), "090-0000-1234", "09000001234", ""],
    "配送先_お名前": ["田中 実", "", "", "高橋 花子"],
    "注文日": ["2024-01-01"] * 4,
    "合計": ["100"] * 4,
}


def working(setting: Setting, cells: dict[str, list[str]]) -> Working:
    grid = grid_of_columns(pa.table(cells), "orders.csv")
    columns = {
        "order_id": Source(operation="column", headers=("注文番号",)),
        "customer_id": Source(operation="first", headers=("会員ID", "メールアドレス")),
        "order_date": Source(operation="column", headers=("注文日",)),
        "amount": Source(operation="column", headers=("合計",)),
    }
    mapping = TableMapping(
        name="shop", table="orders", columns=columns, rows=RowRules(guests="keep")
    )
    work = start(grid, setting.kinds["orders"], mapping, setting)
    fill(work, setting)
    return work


def test_the_buyers_of_a_file(setting: Setting) -> None:
    people = people_of(working(setting, CELLS), setting)
    assert people is not None
    assert people["row"].tolist() == [2, 3, 4, 5]
    assert people["member"].tolist() == [True, False, True, False]
    assert people["name"].tolist() == ["高橋花子", "高橋花子", "高橋花子", "田中実"]
    assert people["phone"].isna().tolist() == [True, False, False, True]
    keys = people["key"].tolist()
    assert keys[0] == keys[2] != keys[1] != keys[3]
    assert all(len(key) == 16 for key in keys)


def test_rows_that_left_are_no_buyers(setting: Setting) -> None:
    work = working(setting, CELLS)
    work.fates[1] = Fate.DROPPED
    people = people_of(work, setting)
    assert people is not None
    assert people["row"].tolist() == [2, 4, 5]
    assert people["mail"].tolist()[0] == "h@example.com"


def test_a_file_that_names_nobody_has_no_buyers(setting: Setting) -> None:
    cells = {
        name: CELLS[name] for name in ("注文番号", "会員ID", "注文日", "合計", "配送先_お名前")
    }
    work = working(setting, cells | {"メールアドレス": CELLS["メールアドレス"]})
    work = replace(work, roles=replace(work.roles, buyer={}))
    assert people_of(work, setting) is None


def test_each_person_is_counted_once_in_every_table(setting: Setting) -> None:
    work, other = working(setting, CELLS), working(setting, CELLS)
    asking = replace(work.mapping, rows=replace(work.rules, persons="match"))
    work.mapping = asking
    before = work.columns["customer_id"].to_pylist()
    matches = match_customers([work, other], setting)
    assert matches is not None
    for one in (work, other):
        keys = one.columns["customer_id"].to_pylist()
        assert keys[0] == keys[1] == keys[2] == min(before[0], before[1])
        assert keys[3] == before[3]
        assert one.own_keys.to_pylist() == before
    notes = {note.code: (note.count, dict(note.params)) for note in work.notes}
    assert notes["persons_joined"] == (1, {"keys": "3", "persons": "2"})
    assert notes["persons_guests"] == (1, {"guests": "2"})
    assert "persons_joined" not in {note.code for note in other.notes}


def test_nobody_is_joined_unless_a_file_asks(setting: Setting) -> None:
    work = working(setting, CELLS)
    before = work.columns["customer_id"].to_pylist()
    assert match_customers([work], setting) is None
    assert work.columns["customer_id"].to_pylist() == before


def test_two_member_ids_of_one_person_are_no_conflict(setting: Setting) -> None:
    mapping = TableMapping(
        name="shop",
        table="customers",
        columns={
            "customer_id": Source(operation="column", headers=("会員ID",)),
            "first_date": Source(operation="column", headers=("登録日",)),
        },
        rows=RowRules(persons="match"),
    )
    cells = {
        "会員ID": ["A1", "A2", "A3"],
        "お名前": ["高橋 花子", "髙橋花子", "田中 実"],
        "メールアドレス": ["h@example.com", "h@example.com", "m@example.com"],
        "登録日": ["2024-01-01", "2024-02-02", "2024-03-03"],
    }
    grid = grid_of_columns(pa.table(cells), "customers.csv")
    work = start(grid, setting.kinds["customers"], mapping, setting)
    fill(work, setting)
    match_customers([work], setting)
    settle([work])
    assert [Fate(fate) for fate in work.fates] == [Fate.ACCEPTED, Fate.DEDUPLICATED, Fate.ACCEPTED]


def test_no_column_we_know_is_taken_for_a_persons_data(setting: Setting) -> None:
    taken = {
        alias
        for kind in setting.kinds.values()
        for column in kind.columns.values()
        for alias in (column.name, *column.aliases)
        if personal_roles([alias], setting.method).private
    }
    assert taken == set()
