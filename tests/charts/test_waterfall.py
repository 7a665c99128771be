"""A waterfall of changes: signs in the labels, and the end where they add up to."""

import pandas as pd
import pytest

from toolkit.charts import KINDS


@pytest.fixture
def shown():
    frame = pd.DataFrame(
        {"item": ["churned", "reduced", "expanded"], "change": [-0.25, -0.05, 0.12]}
    )
    ax = KINDS["waterfall"](frame, labels={"start": "Then", "end": "Now"}, lang="en")
    return ax, [text.get_text() for text in ax.texts if text.get_text()]


def test_changes_carry_their_sign(shown):
    _, words = shown
    assert {"−25.0%", "−5.0%", "+12.0%"} <= set(words)


def test_it_ends_where_the_changes_add_up_to(shown):
    ax, words = shown
    assert "82.0%" in words
    ends = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in ax.patches]
    assert [tuple(sorted(map(lambda x: round(x, 9), pair))) for pair in ends] == [
        (0.0, 1.0),
        (0.75, 1.0),
        (0.7, 0.75),
        (0.7, 0.82),
        (0.0, 0.82),
    ]


def test_what_adds_has_another_colour_than_what_takes_away(shown):
    ax, _ = shown
    colours = [bar.get_facecolor() for bar in ax.patches]
    assert colours[1] == colours[2] != colours[3] == colours[4]


def test_what_first_adds_is_drawn_whole():
    frame = pd.DataFrame({"item": ["more", "less"], "change": [0.35, -0.36]})
    ax = KINDS["waterfall"](frame, labels={}, lang="en")
    left, right = ax.get_xlim()
    assert all(left <= bar.get_x() + bar.get_width() <= right for bar in ax.patches)
    assert right == pytest.approx(1.35)
