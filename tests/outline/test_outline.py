"""The document: every number with its fact, no hole, no raw key, in both languages."""

from __future__ import annotations

import re

import pytest

from toolkit.diagnosis.amounts import amounts
from toolkit.outline.blocks import Card, Chart, Definitions, Paragraph, Table, Tiles, plain, spans
from toolkit.outline.build import outline
from toolkit.outline.definitions import anchor_of
from toolkit.outline.writer import writer

KEY = re.compile(
    r"\b(report|rules|common|charts|questions|definitions|frameworks|errors|sources|legal)\.[a-z]"
)


@pytest.fixture(scope="module", params=["ja", "en"])
def lang(request):
    return request.param


@pytest.fixture(scope="module", params=["shop", "firm"])
def diagnosis(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def document(diagnosis, lang):
    return outline(diagnosis, lang)


def test_no_raw_key_and_no_hole(document):
    for span in spans(document.sections):
        assert not KEY.search(span.text), span.text
        assert span.text == "None" or "None" not in span.text  # a choice of that name
        assert "nan" not in span.text.lower().split()
        assert "{" not in span.text


def test_every_number_is_of_a_known_fact_or_amount(document, diagnosis):
    seen = [span for span in spans(document.sections) if span.fact is not None]
    assert len(seen) > 50
    known = amounts(diagnosis)
    for span in seen:
        if span.fact.startswith("yen."):
            assert span.value == known[span.fact]
        else:
            assert diagnosis.facts[span.fact].known


def test_every_printed_number_has_its_definition(document):
    cards = next(
        block
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Definitions)
    )
    anchors = {card.anchor for card in cards.cards}
    tables = (b for s in document.sections for b in s.blocks if isinstance(b, Table))
    anchors |= {anchor for table in tables for anchor in table.anchors}
    for span in spans(document.sections):
        if span.fact is not None:
            assert anchor_of(span.fact) in anchors
    assert all(plain(card.text) and card.name for card in cards.cards)


def test_sections_of_the_report_are_there_and_numbered(document):
    ids = [section.id for section in document.sections]
    assert ids[0] == "cover"
    assert {"summary", "business", "strengths", "system", "findings", "actions"} <= set(ids)
    assert {"next", "rules", "definitions", "answers", "health", "scoring"} <= set(ids)
    body = [section for section in document.sections if not section.appendix]
    assert len(body) >= 8
    numbers = [section.number for section in document.sections[1:]]
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]


def test_charts_state_their_conclusion_and_their_source(document, diagnosis):
    charts = [b for s in document.sections for b in s.blocks if isinstance(b, Chart)]
    assert len(charts) >= 5
    for chart in charts:
        assert len(plain(chart.title)) > 5
        assert plain(chart.caption)
        assert chart.alt
        assert len(chart.columns) == len(chart.units) == len(chart.rows[0])


def test_red_findings_have_a_card_with_basis_and_action(document, diagnosis, lang):
    cards = {b.code: b for s in document.sections for b in s.blocks if isinstance(b, Card)}
    for finding in diagnosis.judged:
        if finding.red:
            labels = [label for label, _ in cards[finding.id].rows]
            assert {"根拠", "打ち手"} <= set(labels) or {"Basis", "Action"} <= set(labels)


def test_the_verdict_names_the_first_action_s_finding(document, diagnosis):
    summary = next(section for section in document.sections if section.id == "summary")
    lead = next(b for b in summary.blocks if isinstance(b, Paragraph) and b.style == "lead")
    first = diagnosis.actions[0].findings[0]
    words = diagnosis.content.words[document.lang]
    assert words[f"rules.{first}.title"] in plain(lead.text)


def test_cost_assignee_and_date_are_open_until_they_are_stated(document, lang):
    summary = next(section for section in document.sections if section.id == "summary")
    table = next(block for block in summary.blocks if isinstance(block, Table))
    open_ = {"ja": ("費用未入力", "未定", "未定"), "en": ("not stated", "not set", "not set")}
    assert {tuple(plain(cell) for cell in row[-3:]) for row in table.rows} == {open_[lang]}


def test_equal_numbers_in_both_languages(diagnosis):
    def numbers(lang):
        return sorted(
            (span.fact, span.value)
            for span in spans(outline(diagnosis, lang).sections)
            if span.fact is not None and isinstance(span.value, float | int)
        )

    assert numbers("ja") == numbers("en")


def test_a_small_client_s_document_has_no_red_and_says_what_to_send(client_of):
    import toolkit as tk

    document = outline(tk.diagnose(client_of()), "ja")
    text = "".join(span.text for span in spans(document.sections))
    assert "優先対応にあたる診断はありません" in text
    assert any(section.id == "next" for section in document.sections)
    assert "nan" not in text.lower()


def test_no_heading_of_a_column_is_the_name_of_a_missing_sentence(document):
    tables = (b for s in document.sections for b in s.blocks if isinstance(b, Table))
    assert [text for table in tables for text in table.columns if KEY.search(text)] == []


def test_the_tiles_are_of_the_clients_model(shop):
    """The second order says nothing of a maker who sells to companies."""
    from dataclasses import replace

    def tiles(diagnosis):
        parts = next(one for one in outline(diagnosis, "ja").sections if one.id == "summary").blocks
        found = next(block for block in parts if isinstance(block, Tiles)).tiles
        return [plain(tile.label) for tile in found]

    model = replace(shop.facts["q.pla.model"], value="made_to_order")
    maker = replace(shop, facts=shop.facts.replaced([model]))
    second = writer(shop, "ja").name("customers.f2_conversion")
    assert second in tiles(shop)
    assert second not in tiles(maker)
    assert len(tiles(maker)) == 4
