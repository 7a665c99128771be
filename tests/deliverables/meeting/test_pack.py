"""The files of a meeting: whole, equal on each run, safe with any name, kept beside the report."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import openpyxl
import pypdf
import pytest

from toolkit.deliverables.faces import Material
from toolkit.deliverables.hearing_workbook import hearing_workbook
from toolkit.deliverables.meeting.pack import PackOptions, meeting, write_pack
from toolkit.deliverables.page import broken_links, page_of
from toolkit.deliverables.theme import Logo, standard
from toolkit.errors import InputError, UsageError
from toolkit.intake.profiles.checking import Faults
from toolkit.intake.profiles.hearing import read_hearing
from toolkit.outline.meeting import KINDS, Occasion, asked_first, meeting_outline
from toolkit.store import MANIFEST, publish, whole_files

HOSTILE = "<script>alert(1)</script>=1+1|#let x = 1 [*]\\ {name}"
FILES = {
    "first": {"first_meeting.html", "first_meeting.pdf", "hearing.xlsx", "request.xlsx"},
    "follow_up": {"follow_up.html", "follow_up.pdf", "action_tracker.xlsx"},
}


def material(diagnosis, kind, lang="ja", theme=None):
    theme = theme or standard()
    document = meeting_outline(diagnosis, lang, Occasion(kind=kind, firm=theme.firm))
    return Material(document=document, diagnosis=diagnosis, theme=theme)


def written(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def packs(shop, firm, tmp_path_factory):
    """The files of each meeting of two clients, by client, meeting and name."""
    made = {}
    for name, diagnosis, lang in (("shop", shop, "ja"), ("firm", firm, "en")):
        for kind in KINDS:
            folder = tmp_path_factory.mktemp(f"{name}-{kind}")
            write_pack(kind, material(diagnosis, kind, lang), folder, "")
            made[name, kind] = written(folder)
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_equal_bytes_twice(kind, shop, packs, tmp_path):
    write_pack(kind, material(shop, kind), tmp_path, "")
    assert written(tmp_path) == packs["shop", kind]
    assert set(packs["shop", kind]) == FILES[kind]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("client", ["shop", "firm"])
def test_pages_are_few_and_the_text_can_be_read(client, kind, packs):
    data = packs[client, kind][f"{'first_meeting' if kind == 'first' else kind}.pdf"]
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    assert len(pages) in ({3, 4, 5} if kind == "first" else {1, 2, 3})
    text = "".join(pages[0].extract_text().split())
    said = {"shop": "株式会社あおば里山堂", "firm": "株式会社ほしのふね"}
    assert said[client] in text


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_asks_for_nothing_and_every_link_leads_somewhere(kind, packs):
    html = packs["shop", kind][f"{'first_meeting' if kind == 'first' else kind}.html"].decode()
    assert broken_links(html) == ()
    assert not re.search(r"(?:src|href)=\"(?!#|data:)", html)
    assert "<nav" not in html
    assert html.count("data-fact=") > 3


def test_hostile_names_stay_text_in_every_file(shop, tmp_path):
    client = replace(shop, client={**shop.client, "company_name": HOSTILE})
    for kind in KINDS:
        write_pack(kind, material(client, kind), tmp_path, "")
    for page in ("first_meeting.html", "follow_up.html"):
        html = (tmp_path / page).read_text(encoding="utf-8")
        assert "<script" not in html
        assert "&lt;script&gt;alert(1)" in html
    text = pypdf.PdfReader(tmp_path / "follow_up.pdf").pages[0].extract_text()
    assert "<script>alert(1)" in text
    for book in ("request.xlsx", "hearing.xlsx", "action_tracker.xlsx"):
        for sheet in openpyxl.load_workbook(tmp_path / book).worksheets:
            for row in sheet.iter_rows():
                assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)


def test_the_firm_stands_on_the_paper_and_closes_it(shop):
    dot = Logo(media="image/svg+xml", data=b'<svg xmlns="http://www.w3.org/2000/svg"/>')
    theme = replace(
        standard(), firm="みらい<相談室>", logo=dot, closing={"ja": "またお会いします。"}
    )
    html = page_of(material(shop, "first", theme=theme).document, theme)
    assert html.count("みらい&lt;相談室&gt;") >= 2
    assert "data:image/svg+xml;base64," in html
    assert "またお会いします。" in html


def test_the_hearing_sheet_follows_the_meeting_and_is_read_back(shop, tmp_path):
    asked = asked_first(shop, "ja", "first")
    path = tmp_path / "hearing.xlsx"
    path.write_bytes(hearing_workbook(shop.content, "ja", shop, asked))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[1:3] == ["3つの仮説", "初回の面談"]
    sheet = book["初回の面談"]
    order = [key for part in asked for key in part.questions]
    codes = [cell.value for cell in sheet["A"] if cell.value]
    places = [codes.index(key) for key in order]
    assert places == sorted(places)
    numbered = {sheet.cell(row, 1).value: sheet.cell(row, 2).value for row in range(4, 80)}
    for number, key in enumerate(order, start=1):
        assert numbered[key].startswith(f"{number}．")
    blank = tmp_path / "blank.xlsx"
    blank.write_bytes(hearing_workbook(shop.content, "ja"))

    def all_codes(name):
        pages = openpyxl.load_workbook(tmp_path / name).worksheets[1:]
        return sorted(
            str(c.value) for p in pages for c in p["A"] if str(c.value or "").startswith("q.")
        )

    assert all_codes("hearing.xlsx") == all_codes("blank.xlsx")
    row = next(row for row in range(4, 80) if sheet.cell(row, 1).value == "q.sal.repeat_kpi")
    sheet.cell(row, 6).value = "はい"
    book.save(path)
    faults = Faults(file="hearing.xlsx")
    read = read_hearing(path, shop.content, faults)
    assert not faults.problems
    assert list(read.entries["answers"].node.entries) == ["q.sal.repeat_kpi"]


def test_of_a_client_with_nothing_but_a_name(client_of, tmp_path):
    made = meeting("first", client_of("aoyama"), tmp_path / "out", PackOptions(langs=("ja", "en")))
    names = {path.name for path in made.iterdir()}
    assert made == tmp_path / "out" / "aoyama" / "first_meeting"
    assert names == {*FILES["first"], MANIFEST} | {
        name.replace(".", ".en.") for name in FILES["first"]
    }
    assert all(whole_files(made).values())
    assert "3つの仮説" not in openpyxl.load_workbook(made / "hearing.xlsx").sheetnames
    html = (made / "first_meeting.en.html").read_text(encoding="utf-8")
    assert "First meeting" in html
    assert not list((tmp_path / "out").glob(".staging*"))


def test_the_next_report_leaves_the_papers_in_place(tmp_path):
    final, papers = tmp_path / "out", tmp_path / "out" / "first_meeting"
    papers.mkdir(parents=True)
    for round_ in ("a", "b", "c"):
        staged = tmp_path / round_
        staged.mkdir()
        (staged / "report.html").write_text(round_, encoding="utf-8")
        publish(staged, final)
        if round_ == "a":
            paper = tmp_path / "paper"
            paper.mkdir()
            (paper / "first_meeting.pdf").write_text("p", encoding="utf-8")
            publish(paper, papers)
    assert (papers / "first_meeting.pdf").is_file()
    assert set(whole_files(final)) == {"report.html"}


def test_what_cannot_be_used_leaves_the_papers_of_last_time(client_of, tmp_path):
    client = client_of("aoyama")
    made = meeting("follow_up", client, tmp_path / "out")
    before = written(made)
    (client / "client.yaml").write_text("client_id: aoyama\nno_such: 1\n", encoding="utf-8")
    with pytest.raises(InputError):
        meeting("follow_up", client, tmp_path / "out")
    with pytest.raises(UsageError):
        meeting("follow_up", client, tmp_path / "out", PackOptions(langs=("xx",)))
    assert written(made) == before
