"""What a header says of unit, scale and tax, and which column it may then be."""

from __future__ import annotations

import pytest

from toolkit.intake.mappings.columns import Vocabulary, vocabulary
from toolkit.intake.values.header_unit import HeaderUnit, header_unit, suits
from toolkit.method import Method


@pytest.fixture
def words(method: Method) -> Vocabulary:
    return vocabulary(method)


@pytest.mark.parametrize(
    ("header", "bare", "scale", "tax", "unit"),
    [
        ("金額(千円)", "金額", 1000, None, "JPY"),
        ("売上高（百万円）", "売上高", 1_000_000, None, "JPY"),
        ("金額[円]", "金額", 1, None, "JPY"),
        ("金額【億円】", "金額", 100_000_000, None, "JPY"),
        ("金額（単位：千円）", "金額", 1000, None, "JPY"),
        ("売上高(千円単位)", "売上高", 1000, None, "JPY"),
        ("金額 千円", "金額", 1000, None, "JPY"),
        ("売上(M円)", "売上", 1_000_000, None, "JPY"),
        ("金額(千)", "金額", 1000, None, None),
        ("価格(税込)", "価格", 1, "included", None),
        ("販売価格(消費税込)", "販売価格", 1, "included", None),
        ("単価（税抜）", "単価", 1, "excluded", None),
        ("税込金額", "金額", 1, "included", None),
        ("税抜の合計", "合計", 1, "excluded", None),
        ("金額_税込", "金額", 1, "included", None),
        ("売上高（百万円、税抜）", "売上高", 1_000_000, "excluded", "JPY"),
        ("金額(税込)(円)", "金額", 1, "included", "JPY"),
        ("単価(円/個)", "単価", 1, None, "JPY"),
        ("Amount (JPY thousand)", "Amount", 1000, None, "JPY"),
        ("Amount (incl. tax)", "Amount", 1, "included", None),
        ("Sales_USD", "Sales", 1, None, "USD"),
        ("所要時間(分)", "所要時間", 1, None, "minutes"),
        ("所要時間（時間）", "所要時間", 60, None, "minutes"),
        ("数量(個)", "数量", 1, None, "個"),
        ("来店者数(千人)", "来店者数", 1000, None, "人"),
        ("利用ポイント(pt)", "利用ポイント", 1, None, "pt"),
        ("値引率(%)", "値引率", 0.01, None, "%"),
    ],
)
def test_units(
    header: str, bare: str, scale: float, tax: str, unit: str, words: Vocabulary
) -> None:
    found = header_unit(header, words)
    assert (found.bare, found.scale, found.tax, found.unit) == (bare, scale, tax, unit)


@pytest.mark.parametrize(
    "header",
    [
        *("金額", "order_total", " 金額 ", "件数/日", "消費税", "消費税込", "税込別", "外税額"),
        *("都道府県(名称)", "氏名(姓)", "メモタグ(複数指定可、カンマ区切り)", "Created date (UTC)"),
        *(
            "(税込)",
            "税込",
            "【千円】",
            "単価(円/月)",
            "金額(税込)税抜",
            "金額(円)(USD)",
            "納期(日)",
        ),
        *("Lineitem price", "配送先 都道府県名", "item_s", "受注 千葉", "", "()"),
    ],
)
def test_what_is_no_unit_stays(header: str, words: Vocabulary) -> None:
    assert header_unit(header, words) == HeaderUnit(bare=header)


def test_a_shared_mark_is_the_clients(words: Vocabulary) -> None:
    assert header_unit("金额(¥)", words, "CNY").unit == "CNY"
    assert header_unit("金額(¥)", words).unit == "JPY"


@pytest.mark.parametrize(
    ("header", "kind", "fits"),
    [
        ("金額(千円)", "money", True),
        ("金額(千)", "money", True),
        ("金額(USD)", "money", False),
        ("金額(税込)", "money", True),
        ("金額(pt)", "money", False),
        ("金額(件)", "money", False),
        ("商品名(税込)", "text", False),
        ("数量(個)", "number", True),
        ("数量(円)", "number", False),
        ("数量(税込)", "number", False),
        ("時間(分)", "minutes", True),
        ("時間(円)", "minutes", False),
        ("注文日(円)", "date", False),
        ("注文日(千)", "date", False),
        ("注文日", "date", True),
        ("値引率(%)", "number", False),
    ],
)
def test_which_columns_may_have_the_unit(
    header: str, kind: str, fits: bool, words: Vocabulary
) -> None:
    assert suits(header_unit(header, words), kind, "JPY") is fits


def test_units_that_the_content_allows(words: Vocabulary) -> None:
    points = header_unit("利用ポイント(pt)", words)
    assert suits(points, "money", "JPY", ("PT", "ポイント"))
    assert not suits(points, "label", "JPY", ("pt",))
