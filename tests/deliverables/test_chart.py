import re
from dataclasses import replace

import pytest

from toolkit.charts import KINDS
from toolkit.deliverables.chart import chart_svg
from toolkit.errors import OutputError
from toolkit.outline.blocks import Chart

BARS = Chart(id="b", kind="bars", columns=("label", "value"), units=("text", "count"),
             rows=(("x", 1.0),), labels={}, title=(), caption=(), alt="what it shows")  # fmt: skip


def shown_texts(svg):
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_sample_draws_every_kind(make):
    assert {chart.kind for chart in make["charts"]("ja").values()} == set(KINDS)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_equal_bytes_on_a_second_run(make, lang):
    for chart in make["charts"](lang).values():
        assert chart_svg(chart, lang) == chart_svg(chart, lang)


def test_ids_of_two_charts_differ(make):
    one = make["charts"]("ja")["funnel"]
    other = replace(one, id="funnel2")
    ids = [set(re.findall(r' id="([^"]*)"', chart_svg(c, "ja"))) for c in (one, other)]
    assert len(ids[0]) > 1
    assert not ids[0] & ids[1]
    for chart, own in zip((one, other), ids, strict=True):
        used = re.findall(r"url\(#([^)]*)\)", chart_svg(chart, "ja"))
        assert used
        assert set(used) <= own


def test_text_is_text_and_alt_is_title():
    svg = chart_svg(replace(BARS, rows=(("_label $x$", 1.0),)), "en")
    assert "_label $x$" in shown_texts(svg)
    assert '<title id="fig-b-title">what it shows</title>' in svg
    assert 'role="img"' in svg


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a<b>&\"'", "a&lt;b&gt;&amp;\"'"),
        ("url(#x) 1.23456", "url(#x) 1.23456"),
        ("a\x00b\x1b\u202e", "ab"),
        ("😀𠮷野家", "😀𠮷野家"),
    ],
)
def test_any_label_survives(text, shown):
    assert shown in shown_texts(chart_svg(replace(BARS, rows=((text, 1.0),)), "ja"))


def test_a_long_label_is_cut_not_lost():
    svg = chart_svg(replace(BARS, rows=(("長" * 80, 1.0),)), "ja")
    assert any(text.endswith("…") for text in shown_texts(svg))


def test_nothing_but_the_palette_and_no_style_for_the_page(make):
    for chart in make["charts"]("ja").values():
        svg = chart_svg(chart, "ja")
        assert "<style" not in svg
        assert "<metadata" not in svg


def test_unknown_kind_is_named():
    with pytest.raises(OutputError) as error:
        chart_svg(replace(BARS, kind="pie"), "ja")
    assert error.value.code == "chart_unknown"
    assert "bars" in error.value.params["known"]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_rows_is_no_error(make, kind):
    chart = next(c for c in make["charts"]("ja").values() if c.kind == kind)
    assert chart_svg(replace(chart, rows=()), "ja").startswith("<svg")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_missing_values_are_no_error(make, kind):
    chart = next(c for c in make["charts"]("ja").values() if c.kind == kind)
    keep = {"month", "cohort", "from", "to"}
    rows = tuple(
        tuple(v if c in keep else None for c, v in zip(chart.columns, row, strict=True))
        for row in chart.rows
    )
    assert "nan" not in chart_svg(replace(chart, rows=rows), "ja").lower()
