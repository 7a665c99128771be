"""Which columns are whose, which keys are one person, and what the review sheet shows."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from toolkit.errors import MethodError
from toolkit.intake.persons.normal_forms import load_forms
from toolkit.intake.persons.personal_roles import compact, personal_roles
from toolkit.intake.persons.persons import Matches, match_persons
from toolkit.intake.persons.review import COLUMNS, REASONS, person_review
from toolkit.intake.persons.rows import FIELDS, person_rows
from toolkit.intake.persons.rules import person_rules
from toolkit.method import Method, load_method

HANAKO = {
    "family_name": "高橋",
    "given_name": "花子",
    "family_kana": "タカハシ",
    "given_kana": "ハナコ",
    "mail": "hanako@example.com",
    "phone": "090-0000-1234",
    "birthday": "1985-03-05",
    "postcode": "100-0001",
    "prefecture": "東京都",
    "street": "架空区緑ヶ丘3-2-8",
}
HEADERS = {
    "mail": "メールアドレス",
    "phone": "電話番号",
    "name": "氏名",
    "family_name": "姓",
    "given_name": "名",
    "name_kana": "フリガナ",
    "family_kana": "セイ",
    "given_kana": "メイ",
    "birthday": "生年月日",
    "postcode": "郵便番号",
    "prefecture": "都道府県",
    "street": "住所",
    "company": "会社名",
    "gender": "性別",
}


def rows_of(method: Method, *people: dict[str, Any]) -> pd.DataFrame:
    """Rows of normal forms from texts by role; key, file, row and member may be given too."""
    texts = [[str(person.get(role, "")) for person in people] for role in HEADERS]
    roles = personal_roles(list(HEADERS.values()), method)
    frame = person_rows(roles, texts.__getitem__, load_forms(method))
    frame.insert(0, "key", [person.get("key", f"k{at}") for at, person in enumerate(people)])
    frame.insert(1, "file", [person.get("file", "a.csv") for person in people])
    frame.insert(2, "row", [person.get("row", at + 2) for at, person in enumerate(people)])
    frame.insert(3, "member", [person.get("member", True) for person in people])
    return frame


def matched(method: Method, *people: dict[str, Any]) -> Matches:
    return match_persons(rows_of(method, *people), method)


def hanako(without: str = "", **changed: Any) -> dict[str, Any]:
    kept = {role: text for role, text in HANAKO.items() if role not in without.split()}
    return kept | changed


CONTACT = "mail phone birthday postcode street"


def only(*roles: str, **changed: Any) -> dict[str, Any]:
    """Her name and kana, and of the rest what is named."""
    names = ("family_name", "given_name", "family_kana", "given_kana", "prefecture")
    return {role: HANAKO[role] for role in (*names, *roles)} | changed


# Roles of columns

SYSTEMS: dict[str, tuple[str, dict[str, list[list[str]]], list[str]]] = {
    "rakuten": (
        "注文番号,注文者郵便番号1,注文者郵便番号2,注文者住所都道府県,注文者住所郡市区,"
        "注文者住所それ以降の住所,注文者姓,注文者名,注文者姓カナ,注文者名カナ,注文者電話番号1,"
        "注文者電話番号2,注文者電話番号3,注文者メールアドレス,送付先姓,送付先名カナ,送付先電話番号1,送付先送料",
        {
            "mail": [["注文者メールアドレス"]],
            "phone": [["注文者電話番号1", "注文者電話番号2", "注文者電話番号3"]],
            "family_name": [["注文者姓"]],
            "given_name": [["注文者名"]],
            "family_kana": [["注文者姓カナ"]],
            "given_kana": [["注文者名カナ"]],
            "postcode": [["注文者郵便番号1", "注文者郵便番号2"]],
            "prefecture": [["注文者住所都道府県"]],
            "city": [["注文者住所郡市区"]],
            "street": [["注文者住所それ以降の住所"]],
        },
        ["送付先姓", "送付先名カナ", "送付先電話番号1"],
    ),
    "base": (
        "氏(請求先),名(請求先),住所(請求先),住所2(請求先),電話番号(請求先),メールアドレス(請求先),"
        "氏(配送先),電話番号(配送先),商品名",
        {
            "mail": [["メールアドレス(請求先)"]],
            "phone": [["電話番号(請求先)"]],
            "family_name": [["氏(請求先)"]],
            "given_name": [["名(請求先)"]],
            "street": [["住所(請求先)", "住所2(請求先)"]],
        },
        ["氏(配送先)", "電話番号(配送先)"],
    ),
    "shopify": (
        "Name,Email,Financial Status,Lineitem name,Billing Name,Billing Street,Billing Address1,"
        "Billing Phone,Shipping Name,Shipping Phone,Phone,Tax 1 Name",
        {
            "mail": [["Email"]],
            "phone": [["Phone"], ["Billing Phone"]],
            "name": [["Billing Name"]],
            "street": [["Billing Street"], ["Billing Address1"]],
        },
        ["Shipping Name", "Shipping Phone"],
    ),
    "eccube": (
        "会員ID,お名前（姓）,お名前（名）,お名前（セイ）,お名前（メイ）,TEL,誕生日,"
        "配送先_お名前(姓),配送先_TEL",
        {
            "phone": [["TEL"]],
            "family_name": [["お名前（姓）"]],
            "given_name": [["お名前（名）"]],
            "family_kana": [["お名前（セイ）"]],
            "given_kana": [["お名前（メイ）"]],
            "birthday": [["誕生日"]],
        },
        ["配送先_お名前(姓)", "配送先_TEL"],
    ),
    "amazon": (
        "order-id,buyer-email,buyer-name,buyer-phone-number,recipient-name,ship-phone-number",
        {
            "mail": [["buyer-email"]],
            "phone": [["buyer-phone-number"]],
            "name": [["buyer-name"]],
        },
        ["recipient-name", "ship-phone-number"],
    ),
    "color_me": (
        "購入者 顧客ID,購入者 名前,購入者 メールアドレス,購入者 電話番号,購入者 携帯番号,"
        "配送先 名前",
        {
            "mail": [["購入者 メールアドレス"]],
            "phone": [["購入者 電話番号"], ["購入者 携帯番号"]],
            "name": [["購入者 名前"]],
        },
        ["配送先 名前"],
    ),
    "next_engine": (
        "受注名,受注名カナ,受注電話番号,受注メールアドレス,発送先名,発送先カナ,発送電話番号,発送方法",
        {
            "mail": [["受注メールアドレス"]],
            "phone": [["受注電話番号"]],
            "name": [["受注名"]],
            "name_kana": [["受注名カナ"]],
        },
        ["発送先名", "発送先カナ", "発送電話番号"],
    ),
    "yahoo": (
        "OrderId,BillLastName,BillFirstName,BillMailAddress,ShipLastName",
        {
            "mail": [["BillMailAddress"]],
            "family_name": [["BillLastName"]],
            "given_name": [["BillFirstName"]],
        },
        ["ShipLastName"],
    ),
    "square": (
        "Customer ID,Customer Name,Device Name,Staff Name",
        {"name": [["Customer Name"]]},
        [],
    ),
    "stripe": ("id,Customer Email,Description", {"mail": [["Customer Email"]]}, []),
    "second_set": (
        "氏名,電話番号,氏名,電話番号",
        {"phone": [["電話番号"]], "name": [["氏名"]]},
        ["氏名", "電話番号"],
    ),
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_roles_of_a_systems_columns(system: str, method: Method) -> None:
    text, buyer, shipping = SYSTEMS[system]
    header = text.split(",")
    roles = personal_roles(header, method)
    shown = {
        role: [[header[at] for at in part] for part in found] for role, found in roles.buyer.items()
    }
    assert shown == buyer
    assert [header[at] for at in roles.shipping] == shipping
    assert not set(roles.shipping) & set(roles.positions)


def test_columns_that_must_not_leave_are_named_whoever_they_are_of(method: Method) -> None:
    header = [
        "注文者姓",
        "送付先姓",
        "BillFirstName",
        "tel01",
        "都道府県",
        "会社名",
        "性別",
        "商品名",
    ]
    assert personal_roles(header, method).private == {0, 1, 2, 3}


def test_the_role_of_a_column(method: Method) -> None:
    roles = personal_roles(["Email", "Shipping Phone", "SKU"], method)
    assert [roles.role_at(at) for at in range(3)] == ["mail", None, None]


def test_no_word_stands_for_two_roles_or_two_parties(method: Method) -> None:
    entries = list(method.section("personal").values())
    words = [
        (entry["kind"], compact(word))
        for entry in entries
        if entry.get("kind") in ("role", "party")
        for word in dict.fromkeys(map(compact, entry.get("aliases", entry.get("marks", ()))))
    ]
    assert len(words) == len(set(words))


# Rows


def test_parts_in_several_columns_are_one_value(method: Method) -> None:
    header = ["電話番号1", "電話番号2", "電話番号3", "郵便番号1", "郵便番号2", "住所1", "住所2"]
    texts = [["90", ""], ["0000", ""], ["1234", ""], ["60", ""], ["1", ""], ["札原市本町", ""]]
    texts.append(["5丁目6-7", ""])
    frame = person_rows(personal_roles(header, method), texts.__getitem__, load_forms(method))
    first = frame.iloc[0]
    assert (first["phone"], first["mobile"]) == ("09000001234", "09000001234")
    assert (first["postcode"], first["street"]) == ("0600001", "札原市本町5-6-7")
    assert frame.iloc[1].isna().all()


def test_three_columns_of_whole_numbers_give_the_first(method: Method) -> None:
    texts = [[""], ["03-0000-1234"], ["090-0000-1234"]]
    roles = personal_roles(["TEL1", "TEL2", "TEL3"], method)
    frame = person_rows(roles, texts.__getitem__, load_forms(method))
    assert frame["phone"].tolist() == ["0300001234"]


def test_the_first_column_that_is_usable_counts(method: Method) -> None:
    texts = [["0000000000", "03-0000-1234"], ["090-0000-1234", "090-0000-9876"]]
    roles = personal_roles(["Phone", "Billing Phone"], method)
    frame = person_rows(roles, texts.__getitem__, load_forms(method))
    assert frame["phone"].tolist() == ["09000001234", "0300001234"]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"name": "高橋　花子 様"}, {"name": "高橋花子", "given": "花子", "family": "高橋"}),
        ({"name": "高橋花子"}, {"name": "高橋花子", "given": None}),
        (
            {"name": "タカハシ ハナコ"},
            {"name": None, "kana": "タカハシハナコ", "given_kana": "ハナコ"},
        ),
        ({"name": "Hanako TAKAHASHI"}, {"name": None, "latin": "hanako takahashi", "given": None}),
        ({"name": "ゲスト"}, {"name": None, "kana": None}),
        (
            {"family_name": "髙橋", "given_name": "さくら"},
            {"name": "高橋さくら", "given_kana": "サクラ"},
        ),
        ({"name_kana": "ﾀｶﾊｼ ﾊﾅｺ"}, {"kana": "タカハシハナコ", "family_kana": "タカハシ"}),
    ],
)
def test_names_of_a_row(
    texts: dict[str, str], expected: dict[str, str | None], method: Method
) -> None:
    row = rows_of(method, texts).iloc[0]
    assert {field: row[field] for field in expected} == expected


# Who is one person

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


# The review sheet

CANARIES = {
    "mail": "canary.mail@example.com",
    "phone": "090-0777-1234",
    "family_name": "カナリア姓",
    "given_name": "カナリア名",
    "family_kana": "カナリアセイ",
    "given_kana": "カナリアメイ",
    "birthday": "1971-11-17",
    "postcode": "177-7177",
    "prefecture": "沖縄県",
    "street": "金糸雀市鳴町17-71-7 金糸雀荘717",
    "company": "金糸雀商会",
    "gender": "女性",
}


def canaries(method: Method) -> Matches:
    link = CANARIES | {"file": "=orders.csv", "row": 7}
    doubt = CANARIES | {"birthday": "1977-01-07", "file": "mall.csv"}
    other = {key: CANARIES[key] for key in ("family_name", "given_name", "birthday")}
    return matched(method, CANARIES, link, doubt, other | {"prefecture": "青森県"})


def hidden(method: Method) -> set[str]:
    forms = rows_of(method, CANARIES)[list(FIELDS)].iloc[0].dropna()
    return set(CANARIES.values()) | set(forms)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_review_shows_no_value_of_a_person(lang: str, method: Method) -> None:
    matches = canaries(method)
    assert not matches.links.empty
    assert not matches.held.empty
    text = person_review(matches, method, lang).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))[1:]
    cells = {part for row in rows for cell in row for part in (cell, *cell.split("、"))}
    assert not cells & hidden(method)
    long = [value for value in hidden(method) if len(value) > 3]
    assert not [value for value in long if value in text]


def test_no_frame_of_the_matches_holds_a_value_of_a_person(method: Method) -> None:
    matches = canaries(method)
    frames = (matches.persons, matches.links, matches.held, matches.places, matches.rates)
    cells = {cell for frame in frames for cell in frame.astype(str).to_numpy().ravel()}
    assert not [v for v in hidden(method) if len(v) > 3 and any(v in cell for cell in cells)]


def test_the_review_sheet(method: Method) -> None:
    sheet = person_review(canaries(method), method, "ja")
    assert sheet.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(sheet.decode("utf-8-sig")))
    assert header[:2] == ["区分", "顧客キーA"]
    assert len(header) == len(COLUMNS)
    assert {row[-1] for row in rows} == {""}
    kinds = [row[0] for row in rows]
    assert kinds == sorted(kinds, key=["保留", "統合"].index)
    link = next(row for row in rows if row[0] == "統合")
    assert link[1:6] == ["k0", "a.csv 2行目", "k1", "'=orders.csv 7行目", "メールアドレスと氏名"]
    assert "生年月日" in link[6].split("、")
    held = next(row for row in rows if row[0] == "保留" and row[3] == "k2")
    assert held[7] == "生年月日"
    assert held[8] == "名・生年月日などが食い違うため"


def test_each_code_of_the_sheet_has_its_word(method: Method) -> None:
    rules = person_rules(method)
    names = {
        "rule": [rule.id for rule in rules.rules],
        "field": FIELDS,
        "contradiction": [item.id for item in rules.contradictions],
        "reason": REASONS,
        "column": COLUMNS,
        "kind": ("link", "held"),
    }
    for lang in ("ja", "en"):
        known = method.words[lang]
        wanted = [f"errors.persons.{kind}.{name}" for kind in names for name in names[kind]]
        assert not [key for key in wanted if key not in known]
