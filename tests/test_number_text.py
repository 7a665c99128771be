"""Numbers are written as Babel writes them, digit for digit."""

import random

import pytest
from babel.numbers import format_decimal

from toolkit.words import MINUS, number_text

CHANCE = random.Random(20261031)
EDGES = (0.0, -0.0, 0.5, 1.5, 2.5, -0.5, 0.25, 0.125, -0.04, 1e-9, 0.00999, 1e9, 1e15, 1e16, 1 / 3)
VALUES = [
    *EDGES,
    *(CHANCE.uniform(-1, 1) * 10 ** CHANCE.randint(-6, 13) for _ in range(400)),
    *(round(CHANCE.uniform(-1, 1) * 1000, CHANCE.randint(0, 4)) for _ in range(400)),
]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    ("unit", "pattern", "times", "mark"),
    [
        ("ratio", "#,##0.00", 1, {}),
        ("count", "#,##0", 1, {}),
        ("points", "+#,##0.0;-#,##0.0", 100, {"ja": "ポイント", "en": " pt"}),
    ],
)
def test_rounded_and_grouped_as_babel_does(unit, pattern, times, mark, lang):
    for value in VALUES:
        expected = f"{format_decimal(value * times, pattern, locale=lang)}{mark.get(lang, '')}"
        assert number_text(value, unit, lang) == expected.replace("-", MINUS), value


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_share_has_one_decimal_a_small_one_two(lang):
    for value in VALUES:
        pattern = "#,##0.00" if 0 < abs(value) < 0.01 else "#,##0.0"
        expected = f"{format_decimal(value * 100, pattern, locale=lang)}%"
        assert number_text(value, "share", lang) == expected.replace("-", MINUS), value


def test_a_language_that_writes_numbers_otherwise_is_left_to_babel():
    assert number_text(1234.5, "ratio", "de") == "1.234,50"
    assert number_text(-0.005, "points", "sv") == "−0,5 pt"
    assert number_text(float("inf"), "count", "ja") == "∞"


def test_money_in_japanese():
    shown = [number_text(v, "yen", "ja") for v in (99_999, 100_000, 1.26e8, 1.26e9, 1.26e10)]
    assert shown == ["99,999円", "10万円", "1.26億円", "12.6億円", "126億円"]
