"""Ids, amounts, numbers, minutes, flags and choices: what each text is taken for."""

from __future__ import annotations

import pytest

from toolkit.intake.mappings.columns import Column, vocabulary
from toolkit.intake.values.cells import Unreadable, choice_parser, flag_parser, is_blank, parse_id
from toolkit.intake.values.minutes import parse_minutes
from toolkit.intake.values.money import Money, money_words, number_parser, parse_money
from toolkit.method import Method


@pytest.fixture
def yen(method: Method) -> Money:
    return money_words(vocabulary(method), "JPY")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("-1400", -1400),
        ("1200.50", 1200.5),
        (" 980 ", 980),
        ("１２，３４５", 12345),
        ("￥1,200", 1200),
        ("¥ 1,200", 1200),
        ("1,200円", 1200),
        ("JPY 1,200", 1200),
        ("△1,200", -1200),
        ("▲1200円", -1200),
        ("−500", -500),
        ("¥-500", -500),
        ("-¥500", -500),
        ("(1,200)", -1200),
        ("+300", 300),
        ("1.5千円", 1500),
        ("3万円", 30000),
        ("2百万円", 2000000),
        ("1.2億円", 120000000),
        ("1,234,567", 1234567),
    ],
)
def test_amounts(text: str, value: float, yen: Money) -> None:
    assert parse_money(text, yen)[0] == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NaN", "amount_not_finite"),
        ("Infinity", "amount_not_finite"),
        ("-inf", "amount_not_finite"),
        ("1e309", "amount_scientific"),
        ("1.2E+05", "amount_scientific"),
        ("12 34", "amount_unreadable"),
        ("1,23", "amount_unreadable"),
        ("12,34,567", "amount_unreadable"),
        ("--5", "amount_unreadable"),
        ("1.2.3", "amount_unreadable"),
        ("約100", "amount_unreadable"),
        ("円", "amount_unreadable"),
        ("$12.00", "amount_other_currency"),
        ("12 EUR", "amount_other_currency"),
        ("1" + "0" * 15, "amount_too_large"),
    ],
)
def test_amounts_refused(text: str, code: str, yen: Money) -> None:
    with pytest.raises(Unreadable) as raised:
        parse_money(text, yen)
    assert raised.value.code == code


def test_each_currency_takes_its_own_marks_only(method: Method) -> None:
    dollars = money_words(vocabulary(method), "USD")
    assert parse_money("US$1,200.50", dollars)[0] == 1200.5
    with pytest.raises(Unreadable):
        parse_money("1,200円", dollars)


def test_a_plain_amount_is_not_rewritten(yen: Money) -> None:
    assert [parse_money(text, yen)[1] for text in ("12", "12.0", "1,200")] == [False, False, True]


def test_bounds_of_a_column() -> None:
    parse = number_parser(Column(name="n", type="number", low=0, high=10))
    assert parse("10") == (10.0, False)
    for text, code in (("-1", "number_below"), ("11", "number_above"), ("¥3", "amount_unreadable")):
        with pytest.raises(Unreadable) as raised:
            parse(text)
        assert raised.value.code == code


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5),
        ("5分", 5),
        ("１０", 10),
        ("1時間半", 90),
        ("1.5時間", 90),
        ("1時間30分", 90),
        ("30秒", 0.5),
        ("2h", 120),
        ("1h 5min", 65),
        ("0", 0),
        ("10080", 10080),
    ],
)
def test_minutes(text: str, value: float) -> None:
    assert parse_minutes(text)[0] == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-3", "minutes_out_of_range"),
        ("10081", "minutes_out_of_range"),
        ("200時間", "minutes_out_of_range"),
        ("約10", "minutes_unreadable"),
        ("1:30", "minutes_unreadable"),
        ("半", "minutes_unreadable"),
        ("1e9", "amount_scientific"),
    ],
)
def test_minutes_refused(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as raised:
        parse_minutes(text)
    assert raised.value.code == code


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("C001", ("C001", False)),
        ("0012", ("0012", False)),
        ("c001", ("c001", False)),
        ("C001 ", ("C001", True)),
        ("\u3000Ｃ００１", ("C001", True)),
        ("C\u200b001", ("C001", True)),
        ("A 1", ("A 1", False)),
        ("12e5", ("12e5", False)),
    ],
)
def test_ids(text: str, value: tuple[str, bool]) -> None:
    assert parse_id(text) == value


def test_an_id_that_lost_its_digits_is_refused() -> None:
    for text in ("1.23E+17", "1E+05", "４.5e+10"):
        with pytest.raises(Unreadable):
            parse_id(text)


def test_flags(method: Method) -> None:
    parse = flag_parser(vocabulary(method))
    assert [parse(text)[0] for text in ("Yes", "はい", "１", "○", "no", "なし", "0")] == [
        *[True] * 4,
        *[False] * 3,
    ]
    with pytest.raises(Unreadable):
        parse("たぶん")


def test_choices_are_codes_or_words_that_stand_for_them() -> None:
    choices = {"manual": ("手作業",), "auto": ()}
    closed = choice_parser(Column(name="mode", type="choice", choices=choices))
    assert closed("manual") == ("manual", False)
    assert closed("手作業") == ("manual", True)
    with pytest.raises(Unreadable):
        closed("口頭")
    opened = choice_parser(Column(name="item", type="choice", choices=choices, open=True))
    assert opened("口頭") == ("口頭", False)


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\t", "\u200b", " \u3000\ufeff"])
def test_blank_of_any_width(text: str) -> None:
    assert is_blank(text)
    assert not is_blank(f"{text}x")
