"""A sheet of our own shows what matplotlib would show."""

import math
from dataclasses import replace

import pandas as pd
import pytest

from toolkit.charts import KINDS, lettering, picture
from toolkit.charts.columns import Rows
from toolkit.charts.drawing import Drawing
from toolkit.charts.palette import BLUE, DASHED, PAPER, RUST, SOFT
from toolkit.charts.picture import svg


def both(draw):
    """The picture by matplotlib and by ourselves."""
    ours = Drawing()
    draw(ours)
    return svg(draw(None), "fig-a"), ours.svg("fig-a")


def kinds(sample, lang):
    for chart in sample["charts"](lang).values():
        yield chart
        yield replace(chart, rows=())
        keep = {"month", "cohort", "from", "to"}
        rows = tuple(
            tuple(v if c in keep else None for c, v in zip(chart.columns, row, strict=True))
            for row in chart.rows
        )
        yield replace(chart, rows=rows)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_kind_is_drawn_as_matplotlib_draws_it(sample, lang):
    found = 0
    for chart in kinds(sample, lang):
        units = {f"unit.{c}": u for c, u in zip(chart.columns, chart.units, strict=True)}

        def draw(ax, chart=chart, units=units):
            return KINDS[chart.kind](
                pd.DataFrame(list(chart.rows), columns=list(chart.columns)),
                labels={**units, **chart.labels},
                marks=chart.marks,
                lang=lang,
                ax=ax,
            )

        expected, made = both(draw)
        assert made == expected, chart.id
        found += 1
    assert found > 40


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_rows_are_read_as_a_frame_is(sample, lang):
    for chart in kinds(sample, lang):
        made = []
        for frame in (
            pd.DataFrame(list(chart.rows), columns=list(chart.columns)),
            Rows(chart.columns, chart.rows),
        ):
            ours = Drawing()
            KINDS[chart.kind](frame, labels=chart.labels, marks=chart.marks, lang=lang, ax=ours)
            made.append(ours.svg("fig-a"))
        assert made[0] == made[1], chart.id


def sheet(ax, ends=(0, 10)):
    ax = picture.sheet(ax, 200, (40, 60, 10, 20))
    ax.set_xlim(*ends)
    ax.set_ylim(0, 1)
    return ax


@pytest.mark.parametrize(
    "ys",
    [
        [0.2, math.nan, 0.4, 0.6, math.nan, 0.5],
        [math.nan] * 4,
        [0.5],
        [0.5 + math.sin(n / 9) / 3 for n in range(500)],
        [0.1, 9.0, -9.0, 0.3],
    ],
)
@pytest.mark.parametrize("clip_on", [True, False])
def test_gaps_long_lines_and_lines_beyond_the_sheet(ys, clip_on):
    def draw(ax):
        ax = sheet(ax, (0, max(len(ys) - 1, 1)))
        ax.axhline(0.5, color=SOFT, linewidth=0.6)
        ax.plot(range(len(ys)), ys, color=BLUE, clip_on=clip_on, solid_capstyle="round")
        ax.plot(range(len(ys)), ys, color=RUST, linestyle=DASHED, linewidth=2.25)
        return ax

    expected, made = both(draw)
    assert made == expected


@pytest.mark.parametrize("marker", ["o", "v", "^", ">", "D", "X", "|"])
@pytest.mark.parametrize("clip_on", [True, False])
def test_marks(marker, clip_on):
    def draw(ax):
        ax = sheet(ax)
        look = {"marker": marker, "markersize": 7.5, "clip_on": clip_on}
        ax.plot(3.3, 0.41, color=BLUE, **look)
        ax.plot([1, 2, 7], [0.3, 0.2, 0.8], color=SOFT, markeredgewidth=1.8, **look)
        ax.plot(5, 0.5, markerfacecolor=PAPER, markeredgecolor=RUST, **look)
        return ax

    expected, made = both(draw)
    assert made == expected


@pytest.mark.parametrize("across", ["data", "axes"])
@pytest.mark.parametrize("down", ["center", "top", "bottom", "baseline"])
@pytest.mark.parametrize("beside", ["left", "center", "right"])
def test_texts_stand_where_matplotlib_sets_them(across, down, beside):
    def draw(ax):
        ax = sheet(ax)
        for place, text in enumerate(["売上", "g。", "一 ー", "A<b>&\"V'", " ", "", "〓", "$x_1$"]):
            lettering.put(
                ax, place / 9, 0.3, text, at=(beside, down), across=across, offset=(3, -4),
                size=9 + place / 3, bold=place % 2 == 0,
            )  # fmt: skip
        return ax

    expected, made = both(draw)
    assert made == expected
    assert made.count("<text") == 7


def test_what_lies_over_what_and_the_ground_of_a_text():
    def draw(ax):
        ax = sheet(ax)
        words = lettering.put(ax, 4, 0.5, "AVA 御社", size=13)
        words.set_bbox({"facecolor": PAPER, "edgecolor": "none", "pad": 1.5})
        words.set_zorder(0.5)
        picture.box(ax, (1, 0.2), (3, 0.4), facecolor=BLUE, edgecolor=RUST, hatch="////")
        ax.axhline(0.5, color=SOFT, linewidth=0.9, zorder=0)
        ax.axvline(5, color=SOFT, linewidth=1, linestyle=DASHED)
        return ax

    expected, made = both(draw)
    assert made == expected


def test_a_line_feed_in_a_text_is_a_blank():
    ours = sheet(Drawing())
    lettering.put(ours, 1, 0.5, "一\n二")
    assert ">一 二</text>" in ours.svg("fig-a")
