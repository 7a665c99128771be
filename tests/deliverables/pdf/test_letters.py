import pytest

from toolkit.charts.lettering import width
from toolkit.deliverables.pdf.letters import MAY_BREAK, broken, clean, lines


@pytest.mark.parametrize(
    ("given", "wanted"),
    [("a\r\nb", "a\nb"), ("a\tb", "a b"), ("nul\x00", "nul"), ("x\u202ey", "xy"), ("😀", "〓")],
)
def test_lines_are_kept_controls_go_and_lacking_characters_are_marked(given, wanted):
    assert lines(given) == wanted
    assert clean(given) == wanted.replace("\n", " ")


def test_a_long_word_breaks_after_punctuation_and_loses_nothing():
    word = "https://example.com/very/long/path?with=query&and=more"
    made = broken(word, 80.0, 8.0)
    pieces = made.split(MAY_BREAK)
    assert "".join(pieces) == word
    assert max(width(one, 8.0) for one in pieces) <= 80
    assert pieces[0].endswith(":")


def test_japanese_and_short_words_stay_as_they_are():
    assert broken("日本語の文章 and words", 80.0, 8.0) == "日本語の文章 and words"
