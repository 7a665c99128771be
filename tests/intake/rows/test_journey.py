"""Journey tables: steps without a hand, loops of data, double entry."""

from __future__ import annotations

import pytest

from toolkit.intake.rows.journey import cycles

HEAD = "step_no,step,actor,mode,data_in,data_out\n"


def warned(report) -> list[tuple[str, int, str | None]]:
    return [(w.code, w.count, w.params.get("detail")) for w in report.warnings]


def test_nobody_is_counted_only_where_the_column_is_there(read) -> None:
    text = HEAD + "1,a,,manual,,x\n2,b,\u3000,auto,x,y\n3,c,佐藤,auto,y,z\n"
    assert warned(read(text, kind="journey")) == [("no_owner", 2, None)]
    assert warned(read("step_no,step\n1,a\n", kind="journey")) == []


def test_manual_entry_of_the_same_data_counts_from_the_second_on(read) -> None:
    text = HEAD + "1,a,p,manual,,顧客情報\n2,b,p,manual,, 顧客情報\n3,c,p,auto,,顧客情報\n"
    assert warned(read(text, kind="journey")) == [("duplicate_entry", 1, None)]


@pytest.mark.parametrize(
    ("edges", "found"),
    [
        ([("", "a"), ("a", "b"), ("b", "c")], []),
        ([("a", "a")], []),
        ([("c", "a"), ("a", "b"), ("b", "c")], [[0, 1, 2]]),
        ([("b", "a"), ("a", "b"), ("d", "c"), ("c", "d")], [[0, 1], [2, 3]]),
        ([("", "a"), ("c", "b"), ("x", "y"), ("b", "c")], [[1, 3]]),
    ],
)
def test_cycles(edges: list[tuple[str, str]], found: list[list[int]]) -> None:
    steps = [{"data_in": start or None, "data_out": end} for start, end in edges]
    assert cycles(steps) == found


def test_a_loop_is_named_by_its_steps(read) -> None:
    text = HEAD + "10,a,p,auto,z,x\n20,b,p,auto,x,y\n30,c,p,auto,,q\n40,d,p,auto,y,z\n"
    assert warned(read(text, kind="journey")) == [("cycle", 1, "10, 20, 40")]
