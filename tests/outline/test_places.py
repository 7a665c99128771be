"""Each figure's card tells what it is held against, where it is kept, and leads back."""

from __future__ import annotations

import pytest

from toolkit.method import LANGUAGES
from toolkit.outline.blocks import Definitions, Table, plain, spans
from toolkit.outline.build import outline
from toolkit.outline.held import JUDGED
from toolkit.outline.places import anchor_of, place_of


@pytest.fixture(scope="module", params=["shop", "firm"])
def diagnosis(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module", params=LANGUAGES)
def document(request, diagnosis):
    return outline(diagnosis, request.param)


@pytest.fixture(scope="module")
def cards(document):
    blocks = (block for section in document.sections for block in section.blocks)
    return next(block for block in blocks if isinstance(block, Definitions)).cards


def links(card):
    return [span.link for _, text in card.rows for span in text if span.link]


def test_every_link_has_its_place_once(document):
    sections = document.sections
    places = [span.place for span in spans(sections) if span.place]
    assert len(places) == len(set(places))
    blocks = [block for section in sections for block in section.blocks]
    there = {
        *places,
        *(f"sec-{section.id}" for section in sections),
        *(f"fig-{block.id}" for block in blocks if hasattr(block, "kind")),
        *(anchor for block in blocks if isinstance(block, Table) for anchor in block.anchors),
    }
    wanted = {span.link for span in spans(sections) if span.link}
    assert len(wanted) > 50
    assert wanted <= there


def test_a_place_is_the_first_print_of_its_figure(document):
    seen: set[str] = set()
    for section in document.sections:
        printed = (block for block in section.blocks if not isinstance(block, Definitions))
        for span in spans(printed):
            if span.fact is None:
                continue
            anchor = anchor_of(span.fact)
            if span.place:
                assert span.place == place_of(anchor)
                assert anchor not in seen
            seen.add(anchor)


def test_every_card_leads_back_first_to_the_first_place(cards):
    assert len(cards) > 30
    for card in cards:
        back = [link for link in links(card) if not link.startswith("rule-")]
        assert back[0] == place_of(card.anchor) or back[0].startswith("fig-")
        assert all(link.startswith("sec-") for link in back[1:])
        assert plain(card.rows[-1][1]).startswith("↑ ")


def test_a_card_names_table_files_evidence_and_the_row_of_the_workbook(cards, diagnosis):
    known = {anchor_of(fact.key): fact for fact in diagnosis.facts.values() if fact.known}
    for card in cards:
        fact = known[card.anchor]
        told = [plain(text) for _, text in card.rows]
        assert fact.id in told
        if fact.table in diagnosis.evidence:
            assert any(f"evidence/{fact.table}.parquet" in text for text in told)


def test_each_judging_finding_is_named_with_threshold_and_statements(cards, diagnosis):
    by_anchor = {card.anchor: card for card in cards}
    judged = [f for f in diagnosis.judged if f.status in JUDGED]
    named = 0
    for finding in judged:
        for key in finding.evidence.facts:
            card = by_anchor.get(anchor_of(key))
            if card is None or key.startswith("q."):
                continue
            told = {f"rule-{finding.id}": plain(text) for _, text in card.rows
                    if any(span.link == f"rule-{finding.id}" for span in text)}  # fmt: skip
            assert set(told) == {f"rule-{finding.id}"}
            assert all(one in told[f"rule-{finding.id}"] for one in finding.sources)
            named += 1
    assert named > 10


def test_a_row_that_defines_a_printed_figure_leads_back(document):
    rows = [
        (anchor, row)
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Table)
        for anchor, row in zip(block.anchors, block.rows, strict=False)
        if anchor.startswith("def-")
    ]
    places = {span.place for span in spans(document.sections) if span.place}
    own = {anchor: [span.place for span in spans(row) if span.place] for anchor, row in rows}
    back = {anchor: row[0][-1].link for anchor, row in rows if row[0][-1].link}
    assert back
    for anchor, link in back.items():
        assert link.startswith("fig-") or link == place_of(anchor)
        assert place_of(anchor) not in own[anchor]
    for anchor, _ in rows:
        assert anchor in back or place_of(anchor) not in places


def test_a_threshold_keeps_its_origin(shop):
    cards = {
        card.anchor: card
        for section in outline(shop, "ja").sections
        for block in section.blocks
        if isinstance(block, Definitions)
        for card in block.cards
    }
    rows = cards["def-costs-system_cost_ratio_12m"].rows
    told = [plain(text) for label, text in rows if label == "基準"]
    assert told[0].startswith("5.0%（貴社の実績・計画・目標） PAY001")
