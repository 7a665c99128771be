"""What to ask on the page: what it decides and changes, where it is found; the hypotheses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from toolkit.diagnosis.ask import NextQuestion
from toolkit.method import LANGUAGES
from toolkit.outline.blocks import Card, Paragraph, Table, plain
from toolkit.outline.build import outline


def part(diagnosis, lang="ja"):
    return next(one for one in outline(diagnosis, lang).sections if one.id == "next")


def rows(diagnosis, lang="ja"):
    tables = (block for block in part(diagnosis, lang).blocks if isinstance(block, Table))
    return [tuple(plain(cell) for cell in row) for table in tables for row in table.rows]


def notes(diagnosis):
    blocks = part(diagnosis).blocks
    return [plain(one.text) for one in blocks if isinstance(one, Paragraph) and one.style == "note"]


def asking(diagnosis, **fields):
    one = NextQuestion(**{"id": "q.pla.fit", "kind": "question", "rules": ("PLA002",), **fields})
    return replace(diagnosis, questions=(one,))


@pytest.mark.parametrize(
    ("value", "said"), [(0.0, "変わらない見込み"), (2 / 3, "平均0.7件が入れ替わる見込み")]
)
def test_the_change_that_is_expected(shop, value, said):
    ((_, _, change, _),) = rows(asking(shop, value=value))
    assert change == said


def test_two_titles_by_weight_and_how_many_more(shop):
    codes = ("PLA001", "OFF005", "PLA002", "PLA005")  # OFF005 is the only one of high severity
    ((_, decides, _, _),) = rows(asking(shop, rules=codes))
    words = shop.content.words["ja"]
    first, second = words["rules.OFF005.title"], words["rules.PLA001.title"]
    assert decides == f"{first}、{second} ほか2件"


def test_yen_that_would_become_known_are_told_and_how_they_count(shop):
    made = asking(shop, id="q.pla.cost_rates", rules=(), priced=("AFT009", "AFT006"), value=1.0)
    ((_, decides, _, _),) = rows(made)
    assert decides == "打ち手2件の金額"
    assert any("0.5件" in one for one in notes(made))
    assert not any("0.5件" in one for one in notes(asking(shop)))


def test_of_a_table_that_was_handed_over_the_columns_are_asked(shop):
    assert rows(asking(shop, id="orders", kind="table", rules=("OFF005",)))[0][0] == (
        "受注（お試し注文の印の列）"
    )
    assert rows(asking(shop, id="leads", kind="table", rules=("SAL006",)))[0][0] == "見込み客・商談"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_and_table_says_where_it_is_found(shop, lang):
    words, method = shop.content.words[lang], shop.content
    for question in method.section("questions"):
        assert words[f"questions.{question}.how"]
    for table in method.section("columns"):
        if f"requests.table.{table}" in words:
            assert words[f"requests.how.{table}"]
    assert all(found for *_, found in rows(shop, lang))


def test_the_assumption_is_told_beside_the_figures(shop):
    assert any("等しく起こりうる" in one and "当ツールの目安" in one for one in notes(shop))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_hypothesis_has_grounds_that_lead_to_their_figures(shop, lang):
    cards = [one for one in part(shop, lang).blocks if isinstance(one, Card)]
    assert [one.anchor for one in cards] == [f"hypothesis-{one.id}" for one in shop.hypotheses]
    for card, hypothesis in zip(cards, shop.hypotheses, strict=True):
        grounds = card.rows[0][1]
        assert {span.fact for span in grounds if span.fact} == set(hypothesis.facts)


def test_what_was_answered_already_is_marked(shop):
    card = next(one for one in part(shop).blocks if isinstance(one, Card))
    asked = shop.hypotheses[0].questions
    assert all(shop.facts.breakdown(key)[0].known for key in asked)
    assert plain(card.rows[2][1]).count("（ご回答あり）") == len(asked)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_fewer_than_three_are_owned_up_to(shop, count):
    made = replace(shop, hypotheses=shop.hypotheses[:count])
    assert sum(isinstance(one, Card) for one in part(made).blocks) == count
    assert any("まだ言えません" in one for one in notes(made))
    assert not any("まだ言えません" in one for one in notes(shop))
