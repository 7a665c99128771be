"""Outside figures are shown with grade, country, year and sample, or not at all."""

from __future__ import annotations

import pytest

from toolkit.method import LANGUAGES, load_method
from toolkit.outline.blocks import Definitions, plain
from toolkit.outline.build import outline

BENCHMARKS = load_method().section("benchmarks")


def cards(diagnosis, lang):
    blocks = (block for section in outline(diagnosis, lang).sections for block in section.blocks)
    found = next(block for block in blocks if isinstance(block, Definitions))
    return {card.anchor: card for card in found.cards}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_figure_has_its_outside_figures_beside_it(firm, lang):
    """The SaaS client: the published GRR by contract value, grade A, and who was asked."""
    rows = [plain(text) for _, text in cards(firm, lang)["def-contracts-grr"].rows]
    published = [row for row in rows if "1.2" in row or "12k" in row]
    assert len(published) == 1
    for part in ("90.0%", "2023", "1,500", "A"):
        assert part in published[0]


def test_another_currency_is_left_out(shop):
    """Average order value is published in yen alone; a client in dollars is told nothing."""
    from dataclasses import replace

    yen = [label for label, _ in cards(shop, "ja")["def-customers-aov"].rows]
    dollars = replace(shop, client={**shop.client, "currency": "USD"})
    other = [label for label, _ in cards(dollars, "ja")["def-customers-aov"].rows]
    assert "参考（外部の数字）" in yen
    assert "参考（外部の数字）" not in other


def test_every_country_has_its_word():
    for lang in LANGUAGES:
        book = load_method().words[lang]
        assert all(
            f"report.reference.country.{one['country']}" in book for one in BENCHMARKS.values()
        )
