"""Columns of a row put together: numbers in parts, the first usable one, names and kana."""

from __future__ import annotations

import pytest
from invented.hanako import rows_of

from toolkit.intake.persons.normal_forms import load_forms
from toolkit.intake.persons.personal_roles import personal_roles
from toolkit.intake.persons.rows import person_rows
from toolkit.method import Method


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
