"""Search in the documentation: a question is split in the browser as the page was for the index."""

from __future__ import annotations

import runpy

import pytest

pytestmark = pytest.mark.browser
SAID = (
    "リピート率",
    "2回目購入率（F2転換率）の基準",
    "customers.repeat_rate とは",
    "ｶﾅと全角ＡＢＣ",
    "々〆ヶ",
    "率",
    "",
)


def test_a_question_is_split_as_the_pages_are(chromium, root):
    pytest.importorskip("sphinx")
    found = runpy.run_path(str(root / "docs" / "site" / "japanese_search.py"))
    bigrams = found["Bigrams"]({})
    page = chromium.new_page()
    page.add_script_tag(content=bigrams.js_splitter_code)
    for text in SAID:
        assert page.evaluate("text => splitQuery(text)", text) == bigrams.split(text)
    page.close()
    assert bigrams.split("リピート率 n=30") == ["リピ", "ピー", "ート", "ト率", "n", "30"]
