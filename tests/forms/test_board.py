import random

import pytest

import toolkit as tk
from toolkit.forms.board import BoardState, WhatIfBoard, result_html
from toolkit.method import load_method
from toolkit.words import words


@pytest.mark.parametrize("name", ["shop", "minato", "firm"])
def test_any_settings_equal_the_library_to_the_yen(name, request):
    d = request.getfixturevalue(name)
    state, chance = BoardState(d), random.Random(7)
    for _ in range(60):
        key = chance.choice(state.facts)
        low, high = state.stretches[key].places(state.trial.tree.base[key])
        result = state.set(key, chance.randint(low, high))
        assert result == tk.what_if(d, state.settings)
    assert len(state.settings) > 5


def test_every_slider_moves_the_result(shop):
    board = WhatIfBoard(shop, "ja")
    for key, (slider, told) in board._rows.items():
        before, shown = board._result.value, told.value
        slider.value = slider.max
        assert told.value != shown, key
        assert board._result.value != before, key


def test_what_is_shown_is_the_result_of_the_settings(shop):
    board = WhatIfBoard(shop, "en")
    slider, _ = next(iter(board._rows.values()))
    slider.value = slider.min
    wanted = tk.what_if(shop, board.state.settings)
    assert board._result.value == result_html(wanted, words(load_method(), "en"), "JPY")
    board._reset()
    assert board.state.settings == {}
    assert slider.value == 0
    assert board._result.value == result_html(
        tk.what_if(shop, {}), words(load_method(), "en"), "JPY"
    )


def test_a_share_stays_a_share_and_a_count_whole(shop):
    state = BoardState(shop)
    for key, stretch in state.stretches.items():
        fact = shop.facts[key]
        assert stretch.at(0, fact.number) == fact.number
        assert stretch.low <= fact.number <= stretch.high
        if fact.unit == "share" and 0 <= fact.number <= 1:
            assert stretch.low >= -1e-9
            assert stretch.high <= 1 + 1e-9
        if fact.unit == "count":
            assert stretch.step == int(stretch.step)


def test_another_figure_is_added_once(shop):
    board = WhatIfBoard(shop, "ja")
    count = len(board._sliders.children)
    key = board._more.options[1][1]
    board._more.value = key
    board._more.value = key
    assert len(board._sliders.children) == count + 1
    assert key in board._rows
