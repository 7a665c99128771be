"""The PDF as a file: fonts, tags, places, contents, bookmarks, bytes."""

import io
import re
import subprocess
from dataclasses import replace

import pytest
from pypdf import PdfReader

from toolkit.deliverables.faces import FACES, face
from toolkit.deliverables.pdf.face import made
from toolkit.deliverables.pdf.printed import printed, squeezed
from toolkit.outline.blocks import (
    Chart,
    Definitions,
    Outline,
    Paragraph,
    Section,
    Span,
    Table,
    spans,
    words_of,
)
from toolkit.outline.places import anchor_of


def reader(pdf):
    return PdfReader(io.BytesIO(pdf))


def run(*command, pdf):
    return subprocess.run([*command], input=pdf, capture_output=True, check=True).stdout.decode()


def bookmarks(file, entries=None):
    for one in file.outline if entries is None else entries:
        if isinstance(one, list):
            yield from bookmarks(file, one)
        else:
            yield squeezed(one.title), file.get_destination_page_number(one) + 1


def test_the_face_is_the_one_of_the_format():
    assert face("pdf").FILE == "report.pdf"
    assert FACES["pdf"] == "toolkit.deliverables.pdf.face"


def test_fonts_are_ours_embedded_and_known_by_their_characters(report):
    lines = run("pdffonts", "-", pdf=report[1]).splitlines()[2:]
    assert {line.split("+")[1].split()[0] for line in lines} == {
        "ShindanSansJP-Regular",
        "ShindanSansJP-Bold",
    }
    assert all(re.search(r"Identity-H\s+yes yes yes", line) for line in lines)


def test_text_can_be_selected(report):
    text = squeezed(run("pdftotext", "-", "-", pdf=report[1]))
    assert squeezed(report[0].document.client) in text
    assert all(squeezed(one.title) in text for one in report[0].document.sections[1:])


def test_it_is_tagged_in_its_language_with_title_and_marked_as_accessible(sample):
    given, pdf = sample
    root = reader(pdf).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 — a PDF's own truth
    assert root["/Lang"].startswith(given.document.lang)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "StructTreeRoot" in str(root)
    assert given.document.client in reader(pdf).metadata.title
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_charts_tell_their_content_to_who_cannot_see_them(sample):
    given, pdf = sample
    file = reader(pdf)
    told = []

    def walk(node):
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif hasattr(node, "get"):
            told.append(node.get("/Alt"))
            walk(node.get("/K", []))

    walk(file.trailer["/Root"]["/StructTreeRoot"]["/K"])
    charts = [b for s in given.document.sections for b in s.blocks if isinstance(b, Chart)]
    assert charts
    assert all(chart.alt in told for chart in charts)


def test_heads_of_tables_are_heads(report):
    tags = b"".join(_small(report[1]))
    tables = [b for s in report[0].document.sections for b in s.blocks if isinstance(b, Table)]
    assert tags.count(b"/S/TH/") == sum(len(one.columns) for one in tables)


def _small(pdf):
    file = reader(pdf)
    for number in sorted({stream for stream, _ in file.xref_objStm.values()}):
        yield file.get_object(number).get_data()


def test_contents_and_bookmarks_name_the_pages_of_the_sections(report):
    given, pdf = report
    file = reader(pdf)
    texts = [squeezed(page) for page in run("pdftotext", "-raw", "-", "-", pdf=pdf).split("\f")]
    pages = dict(bookmarks(file))
    sections = given.document.sections[1:]
    assert sections
    for one in sections:
        title = squeezed(one.number + one.title)
        page = pages[title]
        assert f"{title}{page}" in texts[1]
        assert title in texts[page - 1]
        assert f"{page}/{len(file.pages)}" in texts[page - 1]
    body = [pages[squeezed(one.number + one.title)] for one in sections if not one.appendix]
    after = [pages[squeezed(one.number + one.title)] for one in sections if one.appendix]
    assert max(body) < pages[squeezed(given.document.chrome["appendix"])] <= min(after)


def test_each_figure_leads_to_its_definition(report):
    given, pdf = report
    file = reader(pdf)
    cards = {
        card.anchor
        for section in given.document.sections
        for block in section.blocks
        if isinstance(block, Definitions)
        for card in block.cards
    }
    wanted = [
        one
        for section in given.document.sections
        if section.id != "definitions"
        for one in spans(section.blocks)
        if one.fact is not None and anchor_of(one.fact) in cards
    ]
    links = [note.get_object() for page in file.pages[2:] for note in page.get("/Annots", ())]
    assert all(link["/Subtype"] == "/Link" and link["/Contents"] for link in links)
    assert len(links) >= len(wanted) > 60


def test_a_figure_without_definition_is_no_link(material_of, make):
    figure = Span(text="7人", fact="customers.nowhere", value=7)
    blocks = (Paragraph(text=(figure,)),)
    document = Outline(
        lang="ja",
        title="題",
        client="社",
        date="",
        sections=(Section(id="a", title="章", blocks=blocks, number="1"),),
        chrome=make["CHROME"]["ja"],
    )
    file = reader(made(material_of(document)))
    assert "/Annots" not in file.pages[2]
    assert "7人" in file.pages[2].extract_text()


def test_firm_cover_and_closing_text_stand_verbatim(sample):
    given, pdf = sample
    text = printed(pdf)
    lang = given.document.lang
    assert text.endswith(squeezed(given.theme.closing[lang] + given.theme.firm))
    assert squeezed(given.theme.cover[lang]) in text


def test_pictures_take_the_colours_of_the_theme(sample):
    contents = b"".join(page.get_contents().get_data() for page in reader(sample[1]).pages)
    assert b"0.41960785 0.1764706 0.36078432 scn" in contents
    assert b"0.11372549 0.30588236 0.47843137 scn" not in contents


@pytest.mark.parametrize(
    "said",
    ["#panic()", "$\\frac{a}{b}$", "<script>alert(1)</script>", "{{ 7 * 7 }}", "javascript:"],
)
def test_hostile_text_stays_text(hostile, material_of, make, said):
    text = printed(hostile[1])
    assert squeezed(said if said != "#panic()" else hostile[0].theme.firm) in text
    assert not any(
        "/URI" in str(note.get_object()) or "/JS" in str(note.get_object())
        for page in reader(hostile[1]).pages
        for note in page.get("/Annots", ())
    )


def test_a_character_the_font_lacks_is_a_geta(hostile):
    assert squeezed("〓 〓〓 〓") in printed(hostile[1])


def test_no_word_leaves_the_page(hostile, material_of):
    document = hostile[0].document
    kept = tuple(
        replace(one, blocks=tuple(b for b in one.blocks if not isinstance(b, Chart)))
        for one in document.sections
    )
    pdf = made(material_of(replace(document, sections=kept)))
    boxes = run("pdftotext", "-bbox", "-", "-", pdf=pdf)
    sides = re.findall(r'<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.]+)"', boxes)
    assert min(float(one) for one, _ in sides) > 59
    assert max(float(one) for _, one in sides) < 595.3 - 50


def test_bytes_are_equal_on_each_run_and_written_whole(sample, tmp_path):
    given, pdf = sample
    assert made(given) == pdf
    face("pdf").write(given, tmp_path, ".en")
    assert (tmp_path / "report.en.pdf").read_bytes() == pdf


def test_a_full_report_is_light(report):
    assert len(report[1]) < 1_000_000


def test_a_text_of_two_lines_keeps_them(material_of, make):
    document = Outline(
        lang="ja",
        title="題",
        client="社",
        date="",
        sections=(
            Section(id="a", title="章", blocks=(Paragraph(text=words_of("一行目\n二行目")),)),
        ),
        chrome=make["CHROME"]["ja"],
        short=True,
    )
    file = reader(made(material_of(document)))
    assert "一行目\n二行目" in file.pages[0].extract_text()


def test_nothing_stands_below_the_foot_of_a_page(sample, report):
    for pdf in (sample[1], report[1]):
        boxes = run("pdftotext", "-bbox", "-", "-", pdf=pdf)
        ends = [float(one) for one in re.findall(r'yMax="([\d.]+)">', boxes)]
        assert max(ends) < 841.9 - 20
