"""Amounts in every writing met, what is refused by name, tax marks, units and scaled columns."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from toolkit.intake.mappings.columns import Column, Vocabulary, vocabulary
from toolkit.intake.values.cells import Unreadable
from toolkit.intake.values.minutes import minutes_parser, parse_minutes
from toolkit.intake.values.money import Money, money_words, number_parser, parse_money
from toolkit.intake.values.tax_marks import column_tax, tax_mark
from toolkit.intake.values.widths import narrow
from toolkit.method import Method

POINTS = {"pt": 1, "ポイント": 1, "P": 1}


@pytest.fixture
def words(method: Method) -> Vocabulary:
    return vocabulary(method)


@pytest.fixture
def yen(words: Vocabulary) -> Money:
    return money_words(words, "JPY")


def code(text: str, marks: Money) -> str:
    with pytest.raises(Unreadable) as raised:
        parse_money(text, marks)
    return raised.value.code


@pytest.mark.parametrize("minus", ["-", "−", "－", "﹣", "–", "—", "‐", "ー", "△", "▲", "▼", "▽"])
def test_every_minus_in_front(minus: str, yen: Money) -> None:
    for form in ("{}1,200", "{} 1,200円", "{}¥1,200", "¥{}1,200", "{}1.2千円", "￥ {}１，２００"):
        assert parse_money(form.format(minus), yen) == (-1200, True), form


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("マイナス1,200円", -1200),
        ("（1,200）", -1200),
        ("(1,200円)", -1200),
        ("(1,200)円", -1200),
        ("¥(1,200)", -1200),
        ("(¥1,200)", -1200),
        ("¥1,200円", 1200),
        ("1 200", 1200),
        ("1\u202f234\u00a0567", 1234567),
        (".5", 0.5),
        ("１２３", 123),
        ("￥1,200-", 1200),
        ("¥1,200―", 1200),
        ("¥ 1,200.-", 1200),
        ("金１，２００円也", 1200),
        ("1,200円也", 1200),
        ("1,200円（税込）", 1200),
        ("¥1,200-（税込）", 1200),
        ("1,200円 税抜", 1200),
        ("税込み 1,200円", 1200),
        ("1,200円(消費税10%込)", 1200),
        ("1,000円+税", 1000),
        ("1.5万円", 15000),
        ("1億2,000万円", 120_000_000),
        ("12万3,456円", 123_456),
        ("1万2千円", 12_000),
        ("2千万円", 20_000_000),
        ("▲1億2,000万円", -120_000_000),
        ("3百万円", 3_000_000),
        ("1.2兆円", 1.2e12),
        ("5百円", 500),
    ],
)
def test_amounts(text: str, value: float, yen: Money) -> None:
    assert parse_money(text, yen) == (value, True)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1,200-", "amount_sign_last"),
        ("1,200円-", "amount_sign_last"),
        ("JPY 1,200-", "amount_sign_last"),
        ("1,200△", "amount_sign_last"),
        ("¥1,200▲", "amount_sign_last"),
        ("-¥1,200-", "amount_sign_last"),
        ("¥-1,200-", "amount_sign_last"),
        ("-", "amount_placeholder"),
        ("―", "amount_placeholder"),
        ("¥ -", "amount_placeholder"),
        ("なし", "amount_placeholder"),
        ("N/A", "amount_placeholder"),
        ("NULL", "amount_placeholder"),
        ("#N/A", "amount_not_finite"),
        ("#DIV/0!", "amount_not_finite"),
        ("10%", "amount_percent"),
        ("１０％", "amount_percent"),
        ("1.200,50", "amount_decimal_comma"),
        ("¥1.234.567,00", "amount_decimal_comma"),
        ("千二百円", "amount_kanji"),
        ("金壱万円也", "amount_kanji"),
        ("1,20", "amount_unreadable"),
        ("0,123", "amount_unreadable"),
        ("1,2345", "amount_unreadable"),
        ("1 20", "amount_unreadable"),
        ("1 200,300", "amount_unreadable"),
        ("5.", "amount_unreadable"),
        ("(-5)", "amount_unreadable"),
        ("-+5", "amount_unreadable"),
        ("(1,200", "amount_unreadable"),
        ("¥¥1,200", "amount_unreadable"),
        ("税抜1,000円（税込1,100円）", "amount_unreadable"),
        ("1,000~1,500円", "amount_unreadable"),
        ("1.5億2000万円", "amount_unreadable"),
        ("1億20,000万円", "amount_unreadable"),
        ("1万2億円", "amount_unreadable"),
        ("10²", "amount_unreadable"),
        ("⑴", "amount_unreadable"),
        ("①", "amount_unreadable"),
        ("½", "amount_unreadable"),
        ("١٢٣", "amount_unreadable"),
        ("1_000", "amount_unreadable"),
        ("500pt", "amount_unreadable"),
        ("100ユーロ", "amount_other_currency"),
        ("NT$100", "amount_other_currency"),
        ("1,000兆円", "amount_too_large"),
    ],
)
def test_refused(text: str, reason: str, yen: Money) -> None:
    assert code(text, yen) == reason


def test_plain_numbers_are_as_they_were(yen: Money) -> None:
    for text in ("1200", "1200.00", "-3.25", "0.30000000000000004"):
        assert parse_money(text, yen) == (float(text), False)
    assert str(parse_money("-0", yen)[0]) == "0.0"


def test_no_character_hides_a_digit() -> None:
    for point in (*range(0x20, 0xD800), *range(0xE000, 0x20000)):
        wide = narrow(f"1{chr(point)}")
        digits = sum(letter in "0123456789" for letter in wide)
        assert digits == 1 + (0x30 <= point <= 0x39 or 0xFF10 <= point <= 0xFF19), hex(point)


def test_marks_that_currencies_share(words: Vocabulary) -> None:
    assert parse_money("¥1,200", money_words(words, "CNY"))[0] == 1200
    assert parse_money("12ユーロ", money_words(words, "EUR"))[0] == 12
    assert parse_money("$12", money_words(words, "CAD"))[0] == 12
    with pytest.raises(Unreadable) as raised:
        parse_money("¥1,200", money_words(words, "USD"))
    assert raised.value.params["currency"] == "JPY"


def test_unit_words_only_where_the_content_allows_them(words: Vocabulary) -> None:
    points = money_words(words, "JPY", POINTS)
    for text in ("500pt", "５００ＰＴ", "500ポイント", "500 ﾎﾟｲﾝﾄ", "500P", "500円", "¥500"):
        assert parse_money(text, points)[0] == 500, text
    assert parse_money("▲1,500pt", points)[0] == -1500
    assert parse_money("1.5万ポイント", points)[0] == 15000
    share = number_parser(Column(name="rate", type="number", high=1), {"%": 0.01})
    assert share("12.5％") == (0.125, True)
    with pytest.raises(Unreadable):
        share("101%")
    pieces = number_parser(Column(name="quantity", type="number"), {"個": 1, "ダース": 12})
    assert [pieces(text)[0] for text in ("3個", "2ダース", "1,000")] == [3, 24, 1000]


def test_texts_that_the_content_lists_as_zero(words: Vocabulary) -> None:
    zeros = money_words(words, "JPY", zeros=["-", "なし"])
    assert parse_money("－", zeros) == parse_money("なし", zeros) == (0.0, True)
    assert code("―-", zeros) == "amount_placeholder"


def test_a_scale_of_the_header_multiplies_what_has_no_unit(yen: Money) -> None:
    thousands = replace(yen, scale=1000)
    assert parse_money("1200", thousands) == (1_200_000, False)
    assert parse_money("▲1,200.5", thousands) == (-1_200_500, True)
    assert parse_money("3千円", thousands)[0] == 3000
    for text in ("3万円", "3,000円", "(3,000円)", "¥3,000", "1億2,000万"):
        assert code(text, thousands) == "amount_unit_twice", text
    assert code("999999999999999", thousands) == "amount_too_large"
    people = number_parser(Column(name="n", type="number"), scale=1000)
    assert people("1.5") == (1500, False)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("1,200円（税込）", "included"),
        ("１，２００円（税込み）", "included"),
        ("税込10% 1,200", "included"),
        ("Amount (tax included)", "included"),
        ("incl. VAT", "included"),
        ("1,200円+税", "excluded"),
        ("単価［税抜］", "excluded"),
        ("税別", "excluded"),
        ("price excl. tax", "excluded"),
        ("税込別", None),
        ("消費税", None),
        ("税抜1,000円（税込1,100円）", None),
        ("1,200円", None),
    ],
)
def test_tax_marks(text: str, mark: str | None) -> None:
    assert tax_mark(text) == mark


def test_a_column_that_mixes_tax_is_told() -> None:
    assert column_tax(["1円(税込)", "2円(税抜)", "3円"]) == "mixed"
    assert column_tax(["1円(税抜)", "3円"]) == "excluded"
    assert column_tax(["1", "2円"]) is None


def test_minutes_under_a_header_with_a_unit() -> None:
    assert minutes_parser(60)("1.5") == (90, False)
    assert minutes_parser(60)("45分") == (45, True)
    assert parse_minutes("1,200") == (1200, True)
    assert parse_minutes("２時間半") == (150, True)
    with pytest.raises(Unreadable):
        minutes_parser(60)("200")
    with pytest.raises(Unreadable):
        parse_minutes("1²分")


def test_words_of_orders_that_were_never_real(method: Method, words: Vocabulary) -> None:
    entry = method.section("columns")["vocabulary"]
    assert {"注文取消し", "キャンセル確定", "受注取消し", "voided"} <= words.cancelled
    assert not {"返品", "返金", "refunded", "返品済み"} & words.cancelled
    forms = {unicodedata.normalize("NFKC", word).casefold() for word in entry["test_words"]}
    assert {"テスト", "テスト注文", "test order"} <= forms
    assert not forms & words.cancelled
    assert entry["zeros"] == []
