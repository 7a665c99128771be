"""The slides as PowerPoint gets them: native, in Japanese type, with evidence; and held to it."""

from __future__ import annotations

import zipfile
from dataclasses import replace

import pytest
from pptx import Presentation
from pptx.util import Emu

from toolkit.deliverables.faces import Material
from toolkit.deliverables.slides import face
from toolkit.deliverables.theme import standard
from toolkit.outline.blocks import Card, Outline, Paragraph, Section, Table, words_of
from toolkit.outline.build import outline

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
HOSTILE = "=1+1 <b>x</b> {{y}} \x0b' DROP TABLE"


def material(document, diagnosis):
    return Material(document=document, diagnosis=diagnosis, theme=standard())


@pytest.fixture(scope="module")
def made(shop, tmp_path_factory):
    """The shop's deck: material, folder, and the file as python-pptx reads it."""
    given = material(outline(shop, "ja"), shop)
    folder = tmp_path_factory.mktemp("deck")
    face.write(given, folder, "")
    return given, folder, Presentation(str(folder / face.FILE))


def shapes(group):
    for shape in group:
        yield shape
        if shape.shape_type is not None and hasattr(shape, "shapes"):
            yield from shapes(shape.shapes)


def everything(deck):
    return [shape for slide in deck.slides for shape in shapes(slide.shapes)]


def test_a_wide_deck_of_some_twenty_slides(made):
    _, _, deck = made
    assert 12 <= len(deck.slides) <= 24
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.01)


def test_every_picture_of_figures_is_a_chart_to_edit(made):
    _, _, deck = made
    charts = [shape for shape in everything(deck) if getattr(shape, "has_chart", False)]
    assert len(charts) >= 6
    assert all(shape.chart.part.chart_workbook.xlsx_part is not None for shape in charts)
    assert not [shape for shape in everything(deck) if shape.shape_type == 13]  # a picture


def test_east_asian_type_is_named(made):
    _, folder, _ = made
    with zipfile.ZipFile(folder / face.FILE) as parts:
        themes = [parts.read(n) for n in parts.namelist() if n.startswith("ppt/theme/theme1")]
    assert all(b'<a:ea typeface="Yu Gothic"' in one for one in themes)
    assert themes


def test_nothing_leaves_the_slide(made):
    _, _, deck = made
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.left is None:
                continue
            assert Emu(0) <= shape.left <= shape.left + shape.width <= deck.slide_width
            assert Emu(0) <= shape.top <= shape.top + shape.height <= deck.slide_height


def test_graphics_say_what_they_show(made):
    _, _, deck = made
    for shape in everything(deck):
        if getattr(shape, "has_chart", False) or getattr(shape, "has_table", False):
            assert shape._element._nvXxPr.cNvPr.get("descr"), shape.name


def test_notes_carry_the_evidence(made):
    _, _, deck = made
    notes = "".join(
        slide.notes_slide.notes_text_frame.text for slide in deck.slides if slide.has_notes_slide
    )
    assert "customers.sales_12m" in notes
    assert "AFT006" in notes


def test_equal_bytes_on_a_second_run(made, tmp_path):
    given, folder, _ = made
    face.write(given, tmp_path, "")
    assert (tmp_path / face.FILE).read_bytes() == (folder / face.FILE).read_bytes()
    assert (tmp_path / face.FILE).stat().st_size < 1_000_000


def test_an_honest_deck_does_not_differ(made):
    given, folder, _ = made
    found = face.check(given, folder, "")
    assert found.differing == ()
    assert found.checked > 100


def test_a_changed_figure_is_named(made, shop):
    given, folder, _ = made
    fact = shop.facts["customers.sales_12m"]
    other = replace(shop, facts=shop.facts.replaced([replace(fact, value=fact.value * 2)]))
    changed = material(outline(other, given.document.lang), other)
    assert "customers.sales_12m" in {one.fact for one in face.check(changed, folder, "").differing}


def test_hostile_text_stays_text(shop, tmp_path):
    card = Card(anchor="a", code="AFT006", mark="!", tone="high", title=words_of(HOSTILE), body=())
    table = Table(columns=("a", "b"), rows=((words_of(HOSTILE), words_of("1")),), align="ll")
    blocks = (Paragraph(text=words_of(HOSTILE), style="lead"), table, card)
    names = ("summary", "findings", "actions", "plan")
    sections = tuple(Section(id=name, title=HOSTILE, blocks=blocks, number="1") for name in names)
    document = Outline(
        lang="en", title="T", client=HOSTILE, date="2026", sections=sections,
        chrome=outline(shop, "en").chrome,
    )  # fmt: skip
    given = material(document, shop)
    face.write(given, tmp_path, "")
    said = [
        shape.text_frame.text
        for shape in everything(Presentation(str(tmp_path / face.FILE)))
        if shape.has_text_frame
    ]
    assert any("=1+1 <b>x</b> {{y}}" in text for text in said)
    assert face.check(given, tmp_path, "").differing == ()
