"""What is counted: persons found in other files, guests who are members, rows without a key."""

from __future__ import annotations

from invented.hanako import matched, only, rows_of

from toolkit.intake.persons.persons import match_persons
from toolkit.intake.persons.review import person_review
from toolkit.method import Method


def test_rates_between_files_and_guests_of_members(method: Method) -> None:
    matches = matched(
        method,
        only("mail", key="a", file="members.csv"),
        {"key": "b", "file": "members.csv"},
        only("mail", key="a", file="orders.csv", row=9),
        only("mail", key="g", file="orders.csv", member=False),
        {"key": "h", "file": "orders.csv", "member": False},
    )
    rates = matches.rates.set_index(["file", "other"])
    there, back = rates.loc[("members.csv", "orders.csv")], rates.loc[("orders.csv", "members.csv")]
    assert (there["keys"], there["keys_found"], there["key_share"]) == (2, 1, 0.5)
    assert (back["keys"], back["keys_found"]) == (3, 1)
    assert (back["persons"], back["persons_found"], back["person_share"]) == (2, 1, 0.5)
    counts = matches.counts
    assert (counts["guest_rows"], counts["member_rows"]) == (2, 3)
    assert (counts["guest_keys"], counts["guest_keys_of_members"]) == (2, 1)
    assert matches.representatives() == {"a": "a", "b": "b", "g": "a", "h": "h"}


def test_rows_without_a_key_are_left_out(method: Method) -> None:
    matches = matched(method, only("mail", key=None), only("mail", key="a"))
    assert matches.persons["key"].tolist() == ["a"]


def test_no_rows_give_no_persons(method: Method) -> None:
    matches = match_persons(rows_of(method, only()).iloc[:0], method)
    assert matches.counts["keys"] == 0
    assert person_review(matches, method, "ja").count(b"\r\n") == 1
