from html.parser import HTMLParser

import pytest

from toolkit.deliverables.html import lean_html, nav_html, section_html
from toolkit.outline.blocks import (
    Card,
    Chart,
    Definition,
    Definitions,
    Paragraph,
    Section,
    Span,
    Table,
)

CHROME = {"contents": "目次", "appendix": "付録", "figure": "図", "table": "表"}


class Elements(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def tags(self):
        return {tag for tag, _ in self.found}


def shown(*blocks, **fields):
    return section_html(
        Section(id="x", title="題", number="3", blocks=blocks, **fields), "ja", CHROME
    )


def test_number_carries_its_fact_and_leads_to_its_definition():
    span = Span(text="30.1%", fact="customers.f2[window_days=180]", value=0.30123)
    card = Definition(anchor="def-customers-f2", name="名", text=())
    elements = Elements(shown(Paragraph(text=(span,)), Definitions(cards=(card,)))).found
    data = next(attrs for tag, attrs in elements if tag == "data")
    assert data["data-fact"] == "customers.f2[window_days=180]"
    assert data["value"] == "0.30123"
    link = next(attrs["href"] for tag, attrs in elements if tag == "a")
    assert link == "#def-customers-f2"
    assert link[1:] in [attrs.get("id") for _, attrs in elements]


def test_every_text_survives_and_adds_no_element(make):
    plain = make["hostile"]()
    innocent = Elements(section_html(plain.sections[-1], "ja", CHROME)).tags()
    for section in plain.sections:
        elements = Elements(section_html(section, "ja", CHROME))
        assert elements.tags() <= innocent
        assert "".join(section.title.split()) in "".join(elements.text.split())
        for _, attrs in elements.found:
            assert not any(name.startswith("on") for name in attrs)
            assert attrs.get("href", "#").startswith("#")


def test_table_has_scopes_tones_and_anchors():
    row = ((Span(text="a"),), (Span(text="1"),))
    html = shown(
        Table(columns=("k", "v"), rows=(row,), align="lr", anchors=("r 1",), tones=("high",))
    )
    found = Elements(html).found
    scopes = [attrs["scope"] for tag, attrs in found if tag == "th"]
    assert scopes == ["col", "col", "row"]
    assert ("tr", {"id": "r-1", "class": "tone-high"}) in found
    assert [attrs["class"] for tag, attrs in found if tag == "td"] == ["r b"]


def test_figures_and_tables_are_numbered_within_the_section():
    chart = Chart(
        id="c",
        kind="bars",
        columns=("label", "value"),
        units=("text", "count"),
        rows=(("a", 1.0),),
        labels={},
        title=(Span(text="結論"),),
        caption=(),
        alt="代替",
    )
    table = Table(columns=("k",), rows=(), caption=(Span(text="表題"),))
    html = shown(chart, table, chart)
    assert [part in html for part in ("図 3-1", "図 3-2", "表 3-1", "図 3-3")] == [
        True,
        True,
        True,
        False,
    ]
    figure = html[html.index("<figure") : html.index("</figure>")]
    assert figure.count("<figcaption>") == 1


def test_mark_is_a_word_beside_its_colour():
    card = Card(anchor="f", code="AFT006", mark="優先対応", tone="high", title=(), body=())
    assert "優先対応" in Elements(shown(card)).text


def test_empty_section_shows_nothing():
    assert shown() == ""


def test_contents_leave_out_the_cover_and_part_the_appendix():
    sections = [
        {"id": "cover", "title": "表紙", "number": "", "appendix": False},
        {"id": "a b", "title": "<要約>", "number": "1", "appendix": False},
        {"id": "z", "title": "定義", "number": "2", "appendix": True},
    ]
    html = nav_html(sections, CHROME)
    assert "表紙" not in html
    assert 'href="#sec-a-b"' in html
    assert "&lt;要約&gt;" in html
    assert html.index("付録") < html.index("定義")


def test_a_place_and_a_way_back_are_links_of_the_page():
    number = Span(text="3", fact="a.b", value=3, place="at-a-b")
    found = Elements(shown(Paragraph(text=(number, Span(text="戻る", link="rule-X 1"))))).found
    links = [attrs for tag, attrs in found if tag == "a"]
    assert links == [{"id": "at-a-b", "href": "#def-a-b"}, {"href": "#rule-X-1"}]


@pytest.mark.parametrize(
    ("columns", "align", "rows", "stacks", "labelled"),
    [
        (6, "clllll", 3, True, True),
        (6, "clllll", 13, False, False),
        (6, "lrrrrr", 3, False, False),
        (4, "llll", 3, False, False),
        (3, "lll", 40, True, False),
        (3, "llr", 3, False, False),
    ],
)
def test_tables_of_words_are_marked_to_stack_on_a_phone(columns, align, rows, stacks, labelled):
    row = tuple((Span(text=f"c{place}"),) for place in range(columns))
    names = tuple(f"h{place}" for place in range(columns))
    found = Elements(shown(Table(columns=names, rows=(row,) * rows, align=align))).found
    classes = next(attrs["class"] for tag, attrs in found if tag == "table").split()
    assert ("stack" in classes) is stacks
    labels = [attrs["data-l"] for tag, attrs in found if "data-l" in attrs]
    assert labels == list(names) * rows * labelled


def test_lean_html_loses_nothing_a_parser_sees(make):
    section = make["sample"]("ja").sections[2]
    whole = section_html(section, "ja", CHROME)
    slim = lean_html(whole)
    assert len(slim) < len(whole)
    one, other = Elements(whole), Elements(slim)
    assert (one.found, one.text) == (other.found, other.text)
