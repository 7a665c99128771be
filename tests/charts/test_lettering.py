import pytest

from toolkit.charts.lettering import fit, has_glyph, safe, width


def test_width_is_the_sum_of_advances():
    assert width("万", 10) == pytest.approx(10, abs=0.01)
    assert width("1,240万円", 10) == pytest.approx(10 * (4 * 0.555 + 0.278 + 2), abs=0.05)


@pytest.mark.parametrize(
    "text", ["お問い合わせの記録", "a long label of several words", "長" * 50, "W" * 90]
)
@pytest.mark.parametrize("lines", [1, 2, 3])
def test_lines_never_leave_their_room(text, lines):
    made = fit(text, 60, lines=lines)
    assert len(made) <= lines
    assert all(width(line) <= 60 for line in made)


def test_what_fits_is_not_cut():
    assert fit("商品を選び、注文する", 12 * 7, lines=2) == ["商品を選び、", "注文する"]
    assert fit("short", 200) == ["short"]


def test_a_line_never_begins_with_a_closing_mark():
    for room in range(24, 120, 6):
        assert not any(
            line[:1] in "、。）ー" for line in fit("受注（電話）、メール。", room, lines=9)
        )


def test_characters():
    assert has_glyph("髙")
    assert not has_glyph("😀")
    assert safe("😀a\x07\u202eb") == "〓ab"
    assert safe("_x $y$") == "_x $y$"
