from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from toolkit.charts.columns import Reader, apart, number, numbers, steps, texts


@pytest.mark.parametrize("value", [None, "3", float("nan"), float("inf"), pd.NA, np.float64("nan")])
def test_no_number_is_none(value):
    assert number(value) is None


def test_columns_that_are_absent():
    frame = pd.DataFrame({"a": ["x", None]})
    assert texts(frame, "a") == ["x", ""]
    assert texts(frame, "b") == ["", ""]
    assert numbers(frame, "b") == [None, None]


@pytest.mark.parametrize(
    ("low", "high"), [(0, 1), (-3, 7), (0, 0), (5, 5), (0, 12_345_678), (0, 0.003)]
)
def test_steps_span_the_range_evenly(low, high):
    made = steps(low, high)
    assert made[0] <= low
    assert made[-1] >= high
    assert len({round(b - a, 9) for a, b in pairwise(made)}) == 1
    assert 2 <= len(made) <= 8


def test_apart_keeps_order_and_distance():
    made = apart([10, 11, 50, 10.5], 20)
    assert sorted(range(4), key=made.__getitem__) == [0, 3, 1, 2]
    ordered = sorted(made)
    assert all(b - a >= 20 - 1e-9 for a, b in pairwise(ordered))


def test_words_and_units():
    reader = Reader(labels={"unit.v": "share", "item.x": "名", "b": "二"}, lang="ja")
    assert reader.tick(0.5, "v") == "50%"
    assert reader.value(0.123, "v") == "12.3%"
    assert reader.item("x") == "名"
    assert reader.item("own word") == "own word"
    assert reader.word("a", "b") == "二"
    assert reader.month("2026-04-30") == "4月"
