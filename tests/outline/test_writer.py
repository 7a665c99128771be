"""What the writer makes of the cells of a breakdown."""

import pytest

from toolkit.outline.writer import writer


@pytest.mark.parametrize(
    ("lang", "bucket", "words"),
    [
        ("ja", "90+", "期日経過90日超"),
        ("en", "not_due", "not yet due"),
        ("en", "unheard of", "unheard of"),
    ],
)
def test_a_cell_is_named_by_its_own_word_where_it_has_one(shop, lang, bucket, words):
    assert writer(shop, lang).cell("receivables.ageing", {"bucket": bucket}) == words
    said = writer(shop, "ja").cell("costs.cost_share_actual", {"item": "cogs"})
    assert said == "原価"
