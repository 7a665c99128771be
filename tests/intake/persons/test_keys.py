"""A key of a customer over several rows: one person in two spellings, or two people."""

from __future__ import annotations

import pytest
from invented.hanako import CONTACT, HANAKO, hanako, matched, only

from toolkit.method import Method


@pytest.mark.parametrize("phone", ["03-0000-1234", "03-0000-9876"])
def test_a_key_with_two_numbers_agrees_in_either(phone: str, method: Method) -> None:
    both = [only("mail", key="m", phone=text) for text in ("03-0000-1234", "03-0000-9876")]
    matches = matched(method, *both, only("mail", key="w", phone=phone))
    assert "phone" in matches.links["agreed"][0]


def test_a_key_was_first_seen_in_its_first_row_of_each_file(method: Method) -> None:
    rows = [("b.csv", 9), ("b.csv", 4), ("a.csv", 7)]
    matches = matched(method, *[only(key="m", file=file, row=row) for file, row in rows])
    assert matches.places.to_numpy().tolist() == [["m", "a.csv", 7], ["m", "b.csv", 4]]


def test_a_key_of_two_people_joins_nothing(method: Method) -> None:
    two = hanako(CONTACT, key="m", mail=HANAKO["mail"], given_name="太郎", given_kana="タロウ")
    matches = matched(method, two, only("mail", key="m"), only("mail", key="w"))
    assert matches.counts["persons"] == 2
    assert matches.held["reason"].tolist() == ["mixed"]


def test_a_key_with_one_name_in_two_spellings_is_one_person(method: Method) -> None:
    other = only("mail", key="m", given_name="華子")
    assert (
        matched(method, only("mail", key="m"), other, only("mail", key="w")).counts["persons"] == 1
    )


def test_a_key_of_two_people_is_known_though_one_gives_no_kana(method: Method) -> None:
    other = {"key": "m", "mail": HANAKO["mail"], "family_name": "高橋", "given_name": "太郎"}
    matches = matched(method, only("mail", key="m"), other, only("mail", key="w"))
    assert matches.held["reason"].tolist() == ["mixed"]


def test_a_key_of_one_who_gives_now_the_name_and_now_the_kana(method: Method) -> None:
    one = {"key": "m", "mail": HANAKO["mail"], "name": "高橋 花子"}
    other = {"key": "m", "name_kana": "タカハシ ハナコ"}
    assert matched(method, one, other, only("mail", key="w")).counts["persons"] == 1


def test_a_key_of_two_birthdays_joins_nothing(method: Method) -> None:
    one, other = only("mail", "birthday", key="m"), only("mail", key="m", birthday="1960-01-02")
    assert matched(method, one, other, only("mail", key="w")).held["reason"].tolist() == ["mixed"]


def test_a_key_knows_what_all_its_rows_say(method: Method) -> None:
    first, second = only("phone", key="m"), only(key="m", birthday=HANAKO["birthday"])
    matches = matched(method, first, second, only("phone", "birthday", key="w"))
    assert matches.links["rule"].tolist() == ["phone_name_birthday"]
