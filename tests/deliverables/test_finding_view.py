"""One finding in a notebook, and the rows behind it."""

import pytest

import toolkit as tk
from toolkit.errors import UsageError


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_finding_shows_its_card_in_the_language(shop, lang):
    shown = tk.finding(shop, "FUL007", lang)._repr_html_()
    section = tk.section(shop, "findings", lang)._repr_html_()
    title = shop.content.words[lang]["rules.FUL007.title"]
    assert title in shown
    assert title in section
    assert "FUL007" in shown
    assert "report." not in shown


def test_the_rows_behind_a_finding(shop):
    assert shop.rows("JRN004") is shop.evidence["journey"]
    with pytest.raises(UsageError, match="no_rows_behind"):
        shop.rows("SAL008")
    with pytest.raises(KeyError):
        tk.finding(shop, "NOPE")
