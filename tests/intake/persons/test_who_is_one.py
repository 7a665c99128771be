"""Who is one person: what joins, what is only shown, and what stays apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented.hanako import CONTACT, HANAKO, hanako, matched, only

from toolkit.errors import MethodError
from toolkit.intake.persons.rules import person_rules
from toolkit.method import Method, load_method

SAME = {
    "mail_name": (only("mail"), only("mail", given_kana="ﾊﾅｺ", family_name="髙橋")),
    "phone_name_birthday": (only("phone", "birthday"), only("phone", birthday="S60.3.5")),
    "mail_given": (only("mail"), only("mail", family_name="田中", family_kana="タナカ")),
    "address_name_birthday": (only("birthday", "postcode"), only("birthday", "postcode")),
    "phone_given_birthday": (
        only("phone", "birthday"),
        only("phone", "birthday", family_name="田中", family_kana="タナカ"),
    ),
    "phone_name": (only("phone"), only(phone="+81 9000001234")),
    "address_given_birthday": (
        only("birthday", "postcode", "street"),
        only("birthday", "postcode", "street", family_name="田中", family_kana="タナカ"),
    ),
    "mail": (only("mail"), {"mail": HANAKO["mail"]}),
    "address_name": (
        only("postcode", "street"),
        only("postcode", street="架空区緑が丘３丁目２番８号"),
    ),
    "name_birthday_prefecture": (only("birthday"), only("birthday")),
    "company_name": (
        only("postcode", company="青山商店(株)"),
        only("postcode", company="株式会社青山商店"),
    ),
    "mobile": (only("phone"), {"phone": HANAKO["phone"]}),
}


@pytest.mark.parametrize("rule", SAME)
def test_each_rule_joins(rule: str, method: Method) -> None:
    matches = matched(method, *SAME[rule])
    assert matches.links["rule"].tolist() == [rule]
    assert matches.persons["person"].tolist() == [1, 1]


def test_every_rule_that_joins_has_its_case(method: Method) -> None:
    assert {rule.id for rule in person_rules(method).rules if rule.strength} == set(SAME)


SHOWN = {
    "ask_name_birthday": (only("birthday"), only("birthday", prefecture="大阪府")),
    "ask_phone": (only(phone="03-0000-1234"), {"phone": "03-0000-1234"}),
    "ask_name_postcode": (only("postcode"), only("postcode", street="架空区緑ヶ丘9-9-9")),
    "ask_phone_birthday": (
        only("phone", "birthday", given_name="春子"),
        only("phone", "birthday", given_name="夏子", given_kana="ハナコ", family_name="林"),
    ),
}


@pytest.mark.parametrize("rule", ["ask_name_birthday", "ask_phone", "ask_name_postcode"])
def test_weak_grounds_are_shown_and_join_nothing(rule: str, method: Method) -> None:
    matches = matched(method, *SHOWN[rule])
    assert matches.counts["persons"] == 2
    assert matches.held[["rule", "reason"]].to_numpy().tolist() == [[rule, "weak"]]


APART = {
    "couple with one mail": hanako(given_name="太郎", given_kana="タロウ", birthday="1983-01-20"),
    "twins": hanako(given_name="春子", given_kana="ハルコ"),
    "father and son on one telephone": hanako(
        "mail birthday", given_name="一郎", given_kana="イチロウ"
    ),
    "one name and birthday in another prefecture": only("birthday", prefecture="福岡県"),
    "one name on one telephone, born later": only("phone", birthday="2010-01-20"),
    "one name at one mail, born later": only("mail", birthday="2010-01-20"),
    "one name in the same town": only("postcode", street="架空区緑ヶ丘3-2-9"),
    "one name and town without a number": only("postcode", street="架空区緑ヶ丘"),
    "one sound in other characters": only("postcode", "street", given_name="華子"),
    "one name alone": only(),
}


@pytest.mark.parametrize("case", APART)
def test_others_stay_others(case: str, method: Method) -> None:
    matches = matched(method, hanako(), APART[case])
    assert matches.counts["persons"] == 2
    assert matches.links.empty


def test_namesakes_in_one_block_of_flats(method: Method) -> None:
    one = only("postcode", street="架空区緑ヶ丘3-2-8 青葉ハイツ301")
    other = only("postcode", street="架空区緑ヶ丘3-2-8-502")
    same = only("postcode", street="架空区緑ヶ丘3-2-8 青葉ハイツ301号室")
    nobody = only("postcode", street="架空区緑ヶ丘3-2-8")
    assert matched(method, one, other).counts["persons"] == 2
    assert matched(method, one, same).counts["persons"] == 1
    assert matched(method, one, nobody, other).counts["persons"] == 3


def test_a_family_is_clearly_apart_and_a_doubt_is_shown(method: Method) -> None:
    family = matched(method, hanako(), APART["couple with one mail"])
    assert (family.counts["apart"], len(family.held)) == (1, 0)
    doubt = matched(method, only("mail"), {"mail": HANAKO["mail"], "name": "高橋華子"})
    assert (doubt.counts["apart"], doubt.held["reason"].tolist()) == (0, ["contradiction"])
    assert doubt.held["contradicting"].tolist() == [("given", "kanji")]


def test_a_chain_over_a_contradiction_joins_nobody(method: Method) -> None:
    husband = hanako(CONTACT, mail=HANAKO["mail"], given_name="太郎", given_kana="タロウ")
    wife, nameless = only("mail"), {"mail": HANAKO["mail"]}
    matches = matched(method, husband, wife, nameless)
    assert matches.counts["persons"] == 3
    assert matches.links.empty
    assert matches.held["reason"].tolist() == ["chain", "chain"]
    assert {(a, b) for a, b in zip(matches.held["key_a"], matches.held["key_b"], strict=True)} == {
        ("k0", "k2"),
        ("k1", "k2"),
    }


def test_what_a_stronger_rule_joined_stays_joined(method: Method) -> None:
    husband = hanako(CONTACT, mail=HANAKO["mail"], given_name="太郎", given_kana="タロウ")
    again = husband | {"phone": "03-0000-9876"}
    matches = matched(method, husband, only("mail"), {"mail": HANAKO["mail"]}, again)
    assert matches.persons["person"].tolist() == [1, 2, 3, 1]


def test_a_stronger_rule_goes_before_a_weaker_one(method: Method) -> None:
    young, old = only("mail", "birthday"), only("postcode", "street", birthday="1960-01-02")
    matches = matched(method, young, only("mail", "postcode", "street"), old)
    assert matches.persons["person"].tolist() == [1, 1, 2]
    assert matches.held[["key_a", "key_b", "reason"]].to_numpy().tolist() == [["k1", "k2", "chain"]]


def test_no_rule_brings_together_what_is_apart(method: Method) -> None:
    written, both = only("mail") | {"given_kana": "", "family_kana": ""}, only("mail")
    matches = matched(method, written, both, only("mail", given_name="華子"))
    assert matches.counts["persons"] == 3
    assert set(matches.held["reason"]) == {"chain", "contradiction"}


def test_a_pair_joined_by_way_of_a_third_is_not_asked_about(method: Method) -> None:
    one = only("mail", "postcode", "street")
    other = only("phone", "postcode", street="架空区緑ヶ丘9-9-9")
    assert len(matched(method, one, other).held) == 1
    matches = matched(method, one, other, only("mail", "phone"))
    assert matches.counts["persons"] == 1
    assert matches.held.empty


def test_a_name_in_one_cell_is_told_apart_by_families_seen_elsewhere(method: Method) -> None:
    whole = {"mail": HANAKO["mail"], "name": "田中花子"}
    married = [only("mail"), whole]
    tanaka = {"family_name": "田中", "given_name": "実"}
    assert matched(method, *married).counts["persons"] == 2
    assert matched(method, *married, tanaka).links["rule"].tolist() == ["mail_given"]


def test_a_family_name_alone_is_no_name(method: Method) -> None:
    one, other = [{"phone": "03-0000-1234", "name": "高橋", "row": row} for row in (2, 3)]
    assert matched(method, one, other).counts["persons"] == 1
    assert matched(method, one, other, only(birthday="1960-01-02")).counts["persons"] == 3


def test_a_firms_rule_with_an_unknown_field_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "firm" / "personal"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text('[rule_mail]\nagree = ["mial"]\nunless = ["wrong"]\n', "utf-8")
    with pytest.raises(MethodError) as caught:
        person_rules(load_method(tmp_path / "firm"))
    assert [(p.key, p.params["name"]) for p in caught.value.problems] == [
        ("mail", "mial"),
        ("mail", "wrong"),
    ]


def test_a_firm_may_switch_a_rule_off(tmp_path: Path) -> None:
    folder = tmp_path / "firm" / "personal"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text("[rule_mobile]\noff = true\n", "utf-8")
    own = load_method(tmp_path / "firm")
    assert matched(own, *SAME["mobile"]).counts["persons"] == 2
