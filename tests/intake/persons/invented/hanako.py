"""One invented person: her rows as she writes them here and there, and what is matched."""

from __future__ import annotations

from typing import Any

import pandas as pd

from toolkit.intake.persons.normal_forms import load_forms
from toolkit.intake.persons.personal_roles import personal_roles
from toolkit.intake.persons.persons import Matches, match_persons
from toolkit.intake.persons.rows import person_rows
from toolkit.method import Method

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
