"""Measuring text, setting tables and writing XML: the rules that every slide rests on."""

from __future__ import annotations

import pytest
from lxml import etree

from toolkit.deliverables.slides import tables
from toolkit.deliverables.slides.fitting import cut, ems, fit, height, held, lines, tall
from toolkit.deliverables.slides.ooxml import NAMESPACES, Pen, clean, colour, paragraph
from toolkit.deliverables.slides.paper import Box, Para, Rule
from toolkit.outline.blocks import Span, Table, plain, words_of

LONG = "受注データの取込を、担当を決めて順に見直します。" * 4


def para(text, size=14.0, **more):
    return Para(text=words_of(text), size=size, **more)


def test_text_is_set_smaller_only_as_far_as_it_must():
    shown, fits = fit([para(LONG)], 300, 90)
    assert fits
    assert height(shown, 300) <= 90
    assert height([para(LONG, shown[0].size + 0.5)], 300) > 90


def test_text_is_never_smaller_than_ten_points_and_says_that_it_does_not_fit():
    shown, fits = fit([para(LONG)], 100, 40)
    assert (shown[0].size, fits) == (10.0, False)


def test_what_is_cut_ends_in_an_ellipsis_and_is_given_back_whole():
    (shown,), lost = held([para(LONG)], 100, 40)
    assert plain(shown.text).endswith("…")
    assert tall(shown, 100) <= 40
    assert lost == (LONG,)


def test_a_number_that_is_cut_is_no_longer_that_fact():
    number = Span(text="1,234,567円", fact="x.y")
    shown = cut(Para(text=(*words_of(LONG), number)), 120, 200)
    assert all(span.fact is None for span in shown.text)


def test_a_word_without_spaces_is_broken_over_lines():
    assert lines("W" * 100, 10.0) >= 8


def test_japanese_beside_latin_takes_more_room_than_its_letters():
    assert ems("あAあAあA") > ems("あああAAA")


def test_short_columns_stay_whole_and_the_table_fills_the_slide():
    shown = Table(
        columns=("順", "打ち手", "費用"),
        rows=((words_of("1"), words_of(LONG), words_of("費用未入力")),),
    )
    wide = tables.widths(shown, 876, 12)
    assert sum(wide) == pytest.approx(876)
    assert lines("費用未入力", (wide[2] - 10) / 12) == 1
    assert wide[1] > 500


def test_a_hostile_column_leaves_room_for_the_others():
    shown = Table(columns=("W" * 300, "b"), rows=((words_of("x"), words_of(LONG)),))
    assert min(tables.widths(shown, 876, 12)) > 60


def test_rows_are_packed_in_order_onto_as_few_slides_as_hold_them():
    spans = tables.split([10] + [20] * 9, [100, 100])
    assert spans[0][0] == 1
    assert spans[-1][1] == 10
    assert [one[1] for one in spans[:-1]] == [one[0] for one in spans[1:]]
    assert len(spans) == 3


def test_control_characters_go_and_everything_else_stays():
    assert clean("a\x00\x0b\x1b[31m\ud800<b>&amp;\u202e😀\ufffe") == "a[31m<b>&amp;\u202e😀"


def test_a_run_says_its_language_and_its_east_asian_type():
    xml = paragraph(para("<a> & b\nc"), "ja")
    found = etree.fromstring(f"<r {NAMESPACES}>{xml}</r>")
    space = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    assert found.xpath("string(.)", namespaces=space) == "<a> & bc"
    assert len(found.xpath("//a:br", namespaces=space)) == 1
    assert set(found.xpath("//a:rPr/@lang", namespaces=space)) == {"ja-JP"}
    assert len(found.xpath("//a:r/a:rPr/a:ea", namespaces=space)) == 2


def test_tones_are_colours_of_the_theme():
    assert colour("high") == '<a:schemeClr val="accent2"/>'
    assert colour("unknown") == colour("check")
    assert "lumMod" in colour("accent+60")
    assert "alpha" in colour("accent~40")


def test_a_connector_is_joined_to_the_shapes_by_their_numbers():
    rule = Rule(name="r", start=(0, 0), end=(10, 20), bent=True, joins=(("a", 3), ("b", 0)))
    xml = Pen(lang="ja", ids={"r": 4, "a": 2, "b": 3}).rule(rule)
    assert '<a:stCxn id="2" idx="3"/><a:endCxn id="3" idx="0"/>' in xml
    assert "bentConnector2" in xml


def test_a_box_within_a_margin():
    assert Box(x=0, y=0, w=100, h=50).inner(10, 5) == Box(x=10, y=5, w=80, h=40)
