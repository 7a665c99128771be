"""The file: read back by python-pptx, in a firm's look, and held against what it should show."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from lxml import etree
from pptx import Presentation

from toolkit.deliverables.slides.checking import compared
from toolkit.deliverables.slides.ooxml import clean
from toolkit.deliverables.slides.pages import pages
from toolkit.deliverables.theme import Logo, standard

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cf"
    "c000000301010018dd8db00000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def written(placed, wrote, tmp_path_factory):
    """Pages and the file made of them."""
    shown, lang = placed
    path = tmp_path_factory.mktemp("slides") / "deck.pptx"
    path.write_bytes(wrote(shown, lang))
    return shown, path


def roots(path):
    """The slides, charts and notes of a file as XML."""
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            shown = name.startswith(("ppt/slides/", "ppt/charts/", "ppt/notesSlides/"))
            if shown and name.endswith(".xml"):
                yield name, etree.fromstring(parts.read(name))


def shapes(group):
    for shape in group:
        yield shape
        if hasattr(shape, "shapes"):
            yield from shapes(shape.shapes)


def said(path):
    """Every character of a file's slides, charts and notes, without white space."""
    return "".join("".join(root.itertext()) for _, root in roots(path)).translate(
        dict.fromkeys(map(ord, " \n\t\v"))
    )


def first(deck, kind):
    return next(
        shape for slide in deck.slides for shape in shapes(slide.shapes) if getattr(shape, kind)
    )


def saved(deck, path):
    deck.save(path)
    return path


def test_an_honest_file_has_no_differences(written):
    shown, path = written
    found = compared(path, shown, "deck.pptx")
    assert found.differing == ()
    assert found.checked > 0


def test_every_run_names_its_type_and_language(written):
    for name, root in roots(written[1]):
        for run in root.iter(f"{A}rPr", f"{A}defRPr"):
            assert run.find(f"{A}ea") is not None, name
            assert run.get("lang"), name


def test_every_number_of_a_shape_is_its_own(written):
    for name, root in roots(written[1]):
        ids = [one.get("id") for one in root.iter() if one.tag.endswith("}cNvPr")]
        assert len(ids) == len(set(ids)), name


def test_what_is_drawn_says_what_it_shows(written):
    for slide in Presentation(str(written[1])).slides:
        for shape in slide.shapes:
            graphic = shape._element.tag.endswith(("graphicFrame", "grpSp"))
            if graphic:
                assert shape._element._nvXxPr.cNvPr.get("descr"), shape.name


def test_hostile_text_is_there_to_the_letter(decks, wrote, make, tmp_path):
    path = tmp_path / "deck.pptx"
    path.write_bytes(wrote(pages(decks["hostile"], standard()), "ja"))
    text = said(path)
    used = [slide.kicker for slide in decks["hostile"].slides if slide.kicker]
    assert len(set(used)) >= 7
    for kicker in used:
        assert "".join(clean(kicker).split()) in text


def test_equal_bytes_twice(decks, wrote):
    shown = pages(decks["charts ja"], standard())
    assert wrote(shown, "ja") == wrote(shown, "ja")


def test_a_changed_figure_is_named_with_its_fact(decks, wrote, tmp_path):
    shown = pages(decks["ja"], standard())
    deck = Presentation(io.BytesIO(wrote(shown, "ja")))
    (run,) = [
        run
        for slide in deck.slides
        if slide.name == "verdict"
        for shape in shapes(slide.shapes)
        if shape.name == "tile-1"
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if any(mark.isdigit() for mark in run.text) and run.font.size.pt > 14
    ]
    right = run.text
    run.text = right.replace(next(mark for mark in right if mark.isdigit()), "7", 1) + "9"
    found = compared(saved(deck, tmp_path / "x.pptx"), shown, "deck.pptx").differing
    (one,) = found
    assert one.fact.startswith("customers.")
    assert (one.format, one.printed, one.recomputed) == ("deck.pptx", run.text, right)


def test_a_changed_value_of_a_chart_is_named(decks, wrote, tmp_path):
    shown = pages(decks["charts ja"], standard())
    deck = Presentation(io.BytesIO(wrote(shown, "ja")))
    chart = first(deck, "has_chart")
    value = chart.chart._chartSpace.xpath("//c:ser/c:val//c:v")[0]
    value.text = str(float(value.text) * 2)
    found = compared(saved(deck, tmp_path / "x.pptx"), shown, "deck.pptx").differing
    assert [float(one.printed) for one in found] == [pytest.approx(2 * float(found[0].recomputed))]


def test_a_changed_cell_of_a_table_and_a_lost_slide_are_named(decks, wrote, tmp_path):
    shown = pages(decks["ja"], standard())
    deck = Presentation(io.BytesIO(wrote(shown, "ja")))
    frame = first(deck, "has_table")
    frame.table.cell(1, 0).text_frame.paragraphs[0].runs[0].text = "xyz"
    listed = deck.slides._sldIdLst
    gone = deck.slides[len(deck.slides) - 2].name
    listed.remove(listed[len(listed) - 2])
    found = compared(saved(deck, tmp_path / "x.pptx"), shown, "deck.pptx").differing
    assert any(one.fact.endswith(frame.name) or one.printed == "xyz" for one in found)
    assert any(one.printed is None and gone in one.fact for one in found)


def test_a_slide_that_was_moved_is_still_known(decks, wrote, tmp_path):
    shown = pages(decks["ja"], standard())
    deck = Presentation(io.BytesIO(wrote(shown, "ja")))
    listed = deck.slides._sldIdLst
    listed.append(listed[0])
    assert compared(saved(deck, tmp_path / "x.pptx"), shown, "deck.pptx").differing == ()


def test_a_firm_has_its_name_colours_logo_and_words_and_still_no_difference(decks, wrote, tmp_path):
    firm = replace(
        standard(),
        colours={**standard().colours, "accent": "#123456"},
        firm="山田＆Co",
        logo=Logo(media="image/png", data=PIXEL),
        cover={"ja": "ご報告"},
        closing={"ja": "ありがとうございました"},
    )
    path = tmp_path / "deck.pptx"
    path.write_bytes(wrote(pages(decks["ja"], firm), "ja", firm))
    with zipfile.ZipFile(path) as parts:
        assert b'<a:accent1><a:srgbClr val="123456"/>' in parts.read("ppt/theme/theme1.xml")
    text = said(path)
    assert all(one in text for one in ("山田＆Co", "ご報告", "ありがとうございました"))
    deck = Presentation(str(path))
    logo = next(one for one in deck.slides[0].shapes if one.name == "theme-logo")
    assert logo._element.nvPicPr.cNvPr.get("descr") == "山田＆Co"
    assert compared(path, pages(decks["ja"], standard()), "deck.pptx").differing == ()


def test_the_file_tells_nothing_of_who_made_it_or_when_but_its_date(decks, wrote):
    about = Presentation(io.BytesIO(wrote(pages(decks["ja"], standard()), "ja"))).core_properties
    assert (about.author, about.last_modified_by) == ("", "")
    assert about.created == about.modified
    assert about.created.year == 2026


def test_layouts_have_titles_and_slides_numbers(decks, wrote):
    deck = Presentation(io.BytesIO(wrote(pages(decks["ja"], standard()), "ja")))
    assert [one.name for one in deck.slide_layouts] == [
        "Cover", "Section", "Title over content", "Title and text", "Two columns",
        "Blank with footer",
    ]  # fmt: skip
    for slide in deck.slides:
        assert slide.shapes.title is not None
        assert slide.shapes.title.text_frame.text
    kinds = [one.placeholder_format.type for one in deck.slides[1].placeholders]
    assert len(kinds) == 3  # title, footer, number
