"""Blocks behind the charts."""

import pytest

from toolkit.deliverables.workbook.series import block_of, triangle
from toolkit.outline.blocks import Chart


def chart(kind, columns, units, rows, **labels):
    return Chart(
        id="x", kind=kind, columns=columns, units=units, rows=rows, labels=labels, title=(),
        caption=(), alt="",
    )  # fmt: skip


def test_a_waterfall_of_shares_stands_on_what_is_left():
    made = block_of(
        chart(
            "waterfall", ("item", "share"), ("text", "share"), (("cogs", 0.3), ("ads", 0.9)),
            start="売上", end="残り", **{"item.cogs": "原価"},
        )
    )  # fmt: skip
    assert [row[0] for row in made.rows] == ["売上", "原価", "ads", "残り"]
    assert [row[2] for row in made.rows] == pytest.approx([0.0, 0.7, -0.2, 0.0])
    assert [row[3] for row in made.rows] == pytest.approx([1.0, 0.3, 0.9, -0.2])


def test_a_waterfall_of_changes_goes_both_ways():
    made = block_of(
        chart("waterfall", ("item", "change"), ("text", "share"), (("lost", -0.2), ("more", 0.1)))
    )
    assert [row[2] for row in made.rows] == pytest.approx([0.0, 0.8, 0.8, 0.0])
    assert made.rows[-1][3] == pytest.approx(0.9)


def test_lines_stand_side_by_side():
    rows = (("a", 0, 1.0), ("a", 1, 2.0), ("b", 0, 3.0), ("b", 10, 4.0), ("b", 9, 5.0))
    made = block_of(chart("trend", ("line", "month", "value"), ("text", "count", "yen"), rows))
    assert made.columns == ("month", "=a", "=b")
    assert made.rows == ((0, 1.0, 3.0), (1, 2.0, None), (9, None, 5.0), (10, None, 4.0))


def test_ranges_reach_as_far_as_their_ends():
    columns = ("label", "low", "value", "high", "note")
    units = ("text", "yen", "yen", "yen", "text")
    rows = (("a", 1.0, 3.0, 8.0, ""), ("b", None, 3.0, None, ""))
    made = block_of(chart("ranges", columns, units, rows))
    assert [row[-2:] for row in made.rows] == [(2.0, 5.0), (0.0, 0.0)]


def test_cohorts_make_a_triangle():
    rows = (("2025-01", 0, 1.0), ("2025-01", 1, 0.5), ("2025-02", 0, 1.0))
    made = triangle(chart("cohort", ("cohort", "month", "share"), ("text",) * 3, rows))
    assert list(made) == [(None, 0, 1), ("2025-01", 1.0, 0.5), ("2025-02", 1.0, None)]
