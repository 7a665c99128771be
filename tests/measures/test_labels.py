"""What words in a client's cells mean."""

from types import SimpleNamespace

import pandas as pd
import pytest

from toolkit.measures.labels import labelled, says
from toolkit.method import load_method


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("代金引換", "代引", False),
        ("クロネコ代引", "代引", True),
        ("ＮＰ後払い", "np", True),
        ("NPO法人", "np", False),
        ("pay  later", "later", True),
        ("C.O.D.", "c.o.d.", True),
        ("1", "1", True),
        ("10", "1", False),
    ],
)
def test_words_in_a_cell(text, word, found):
    assert says(text, [word]) is found


def test_blank_cells_hold_no_word():
    cells = pd.Series(["代引き", None, "カード", "COD"], dtype="str")
    for method in (None, load_method()):
        marked = labelled(SimpleNamespace(method=method), cells, "cash_on_delivery", "refused")
        assert marked.tolist() == [True, False, False, True]


def test_a_firm_adds_its_words(tmp_path):
    (tmp_path / "columns.toml").write_text('[labels]\ncash_on_delivery = ["玄関払い"]\n', "utf-8")
    cells = pd.Series(["玄関払い", "代引"], dtype="str")
    summaries = SimpleNamespace(method=load_method(tmp_path))
    assert labelled(summaries, cells, "cash_on_delivery").tolist() == [True, False]
