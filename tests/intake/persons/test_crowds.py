"""What many share is nobody's, and no person has keys without end."""

from __future__ import annotations

from invented.hanako import matched, only

from toolkit.intake.persons.persons import Matches
from toolkit.intake.persons.rules import person_rules
from toolkit.method import Method


def test_what_many_names_share_is_nobodys(method: Method) -> None:
    shop = [
        {"mail": "shop@example.com", "phone": "03-0000-1234", "name": name}
        for name in (
            "佐藤 明",
            "鈴木 愛",
            "高橋 蓮",
            "田中 実",
            "伊藤 舞",
            "渡辺 葵",
            "山本 剛",
            "中村 彩",
        )
    ]
    again = [*shop, shop[0]]
    matches = matched(method, *again)
    assert matches.counts["ignored_values"] == 2
    assert matches.counts["persons"] == len(again)
    few = matched(method, *shop[:5], shop[0])
    assert few.counts["ignored_values"] == 0
    assert few.counts["persons"] == 5


def test_too_many_keys_on_one_value_say_nothing(method: Method) -> None:
    limit = person_rules(method).largest_block
    assert matched(method, *[only("phone")] * limit).counts["persons"] == 1
    matches = matched(method, *[only("phone")] * (limit + 1))
    assert matches.counts["persons"] == limit + 1
    assert matches.counts["crowds"] > 0


def test_a_person_has_no_more_keys_than_the_limit(method: Method) -> None:
    limit = person_rules(method).largest_person

    def chain(length: int) -> Matches:
        links = [
            only(key=f"k{at:03d}", mail=f"h{mail}@example.com")
            for at in range(length)
            for mail in (at, at + 1)
        ]
        return matched(method, *links)

    assert chain(limit).counts["persons"] == 1
    assert chain(limit + 1).counts["persons"] == limit + 1
