"""Which columns of a system's export are the buyer's, and which must not leave."""

from __future__ import annotations

import pytest

from toolkit.intake.persons.personal_roles import compact, personal_roles
from toolkit.method import Method

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
