"""Native charts: the workbook that PowerPoint opens holds what the chart shows."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest
from lxml import etree

from toolkit.deliverables.slides.chart_book import chart_book
from toolkit.deliverables.slides.chart_xml import chart_xml, serial
from toolkit.deliverables.slides.panels import KINDS
from toolkit.deliverables.slides.paper import Box, Plot
from toolkit.deliverables.slides.values import Data
from toolkit.outline.blocks import Chart

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
BOX = Box(x=40, y=100, w=420, h=300)
MARKS = {"scale_yen": "円", "scale_man": "万円", "scale_oku": "億円"}
MADE = datetime(2026, 1, 1)
DRAWN = {"cohort", "modules", "swimlane"}


def chart(kind, columns, units, rows, **more):
    given = {"labels": {}, "title": (), "caption": (), "alt": "x", **more}
    return Chart(id="c", kind=kind, columns=columns, units=units, rows=rows, **given)


def plot(shown, lang="ja"):
    pieces = KINDS[shown.kind](Data(chart=shown, lang=lang, marks=MARKS), BOX)
    return next(piece for piece in pieces if isinstance(piece, Plot))


def bars(*values, unit="yen", **more):
    rows = tuple((f"r{n}", value) for n, value in enumerate(values))
    return chart("bars", ("label", "value"), ("text", unit), rows, **more)


@pytest.fixture(scope="module", params=sorted(set(KINDS) - DRAWN - {"ranges"}))
def drawn(request, make):
    """A chart of the sample of each kind, placed."""
    return plot(next(one for one in make["charts"]("ja").values() if one.kind == request.param))


def test_the_workbook_holds_what_the_chart_shows(drawn):
    sheet = openpyxl.load_workbook(io.BytesIO(chart_book(drawn, MADE))).active
    seen = 0
    for where in etree.fromstring(chart_xml(drawn, "ja").encode()).iter(f"{C}f"):
        column, row = re.match(r"Sheet1!\$([A-Z]+)\$(\d+)", where.text).groups()
        for point in where.getparent().iter(f"{C}pt"):
            cell = sheet[f"{column}{int(row) + int(point.get('idx'))}"].value
            value = point.find(f"{C}v").text
            if isinstance(cell, datetime):
                cell = (cell - datetime(1899, 12, 30)).days
            same = cell == value if isinstance(cell, str) else cell == pytest.approx(float(value))
            assert same, (where.text, value)
            seen += 1
    assert seen > 4


def test_a_workbook_is_the_same_each_time(drawn):
    assert chart_book(drawn, MADE) == chart_book(drawn, MADE)


def test_a_chart_names_its_type_and_colours_by_the_theme(drawn):
    xml = chart_xml(drawn, "ja")
    assert 'typeface="+mn-ea"' in xml
    assert "srgbClr" not in xml


def test_yen_stand_in_ten_thousands_from_where_the_page_does_so():
    shown = plot(bars(1_000_000.0, 1_510_000.0))
    assert shown.series[0].values == (100.0, 151.0)
    assert shown.code.startswith('#,##0"万円"')


def test_small_yen_stay_yen_and_large_ones_become_hundred_millions():
    assert plot(bars(98_000.0)).series[0].values == (98_000.0,)
    assert plot(bars(250_000_000.0)).series[0].values == (2.5,)


def test_english_and_other_money_is_not_scaled():
    assert plot(bars(1_510_000.0), "en").code.startswith('"¥"#,##0')
    assert plot(bars(1_510_000.0, currency="USD"), "en").code.startswith('"$"#,##0')


def test_a_currency_cannot_break_out_of_its_number_format():
    assert '"' not in plot(bars(1.0, currency='X"Y'), "en").code.split('"')[1]


def test_client_names_are_text_in_the_workbook():
    shown = replace(bars(1.0), rows=(("=1+1", 1.0), ("http://x.example", 2.0)))
    sheet = openpyxl.load_workbook(io.BytesIO(chart_book(plot(shown), MADE))).active
    assert [sheet["A2"].data_type, sheet["A3"].data_type] == ["s", "s"]
    assert sheet["A3"].hyperlink is None


def test_months_are_dates_so_that_the_axis_can_skip_some():
    rows = tuple((f"2026-{month:02d}", float(month)) for month in range(1, 13))
    shown = plot(chart("trend", ("month", "a"), ("text", "yen"), rows, labels={"a": "A"}))
    xml = chart_xml(shown, "ja")
    assert "<c:dateAx>" in xml
    assert f"<c:v>{serial('2026-02')}</c:v>" in xml


def test_lines_that_end_close_together_have_their_names_apart():
    rows = (("2026-01", 1.0, 9.0), ("2026-02", 5.0, 5.1))
    labels = {"a": "A", "b": "B"}
    shown = plot(chart("trend", ("month", "a", "b"), ("text", "yen", "yen"), rows, labels=labels))
    one, other = (series.points[1].shift[1] for series in shown.series)
    assert abs(one - other) * BOX.h >= 30


def test_a_waterfall_splits_an_item_at_its_guide():
    rows = (("cogs", 0.3), ("system", 0.08))
    labels = {"start": "S", "end": "E", "guide": "基準 5.0%"}
    shown = plot(
        chart("waterfall", ("item", "share"), ("text", "share"), rows, labels=labels,
              marks={"system": 0.05})
    )  # fmt: skip
    base, own, over = shown.series
    assert base.colour == ""
    assert own.values == pytest.approx((1.0, 0.3, 0.05, 0.62))
    assert over.values[2] == pytest.approx(0.03)
    assert over.name == "基準 5.0%"


def test_a_waterfall_that_ends_below_nought_is_lifted_not_turned():
    rows = (("cogs", 0.8), ("other", 0.5))
    shown = plot(chart("waterfall", ("item", "share"), ("text", "share"), rows))
    base, *others = shown.series
    ends = [series.values[3] for series in others if series.values[3] is not None]
    assert min(base.values) >= 0
    assert ends == [pytest.approx(0.3)]


def test_a_range_is_a_band_with_its_value_as_printed():
    rows = (("a", 2e6, 3e6, 5e6, "小"), ("b", None, 1e6, None, ""))
    shown = plot(
        chart("ranges", ("label", "low", "value", "high", "note"),
              ("text", "yen", "yen", "yen", "text"), rows)
    )  # fmt: skip
    band, dots = shown.series
    assert band.across == (200.0, 500.0)
    assert dots.across == (300.0, 100.0)
    assert [point.shown for point in dots.points.values()] == ["300万円", "100万円"]


def test_a_dot_that_misses_its_target_is_hollow():
    rows = (("a", 3.0, 2.0), ("b", 1.0, 2.0))
    shown = plot(chart("dots", ("label", "value", "target"), ("text", "count", "count"), rows))
    full, missed = shown.series[1:]
    assert (full.across, full.hollow) == ((3.0,), False)
    assert (missed.across, missed.hollow) == ((1.0,), True)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_chart_without_rows_is_still_drawn(kind, make):
    shown = next((one for one in make["charts"]("ja").values() if one.kind == kind), None)
    empty = replace(shown, rows=()) if shown else chart(kind, ("label", "value"), ("t", "yen"), ())
    KINDS[kind](Data(chart=empty, lang="ja", marks=MARKS), BOX)
