from toolkit.charts.lettering import width
from toolkit.deliverables.pdf.columns import PADDING, widths


def test_columns_fill_the_room_exactly_whatever_they_hold():
    for rows in ([], [("", "")], [("長" * 300, "W" * 300)], [("a b c " * 90, "1")]):
        made = widths(("見出し", "n"), rows, 476.0, 8.0)
        assert abs(sum(made) - 476) < 0.5
        assert min(made) > 8


def test_a_figure_keeps_its_line_beside_long_texts():
    rows = [("1,234万円", "説明の文章が続きます。" * 20, "2026年10月31日")]
    first, _, last = widths(("金額", "説明", "日付"), rows, 476.0, 8.0)
    assert first >= width(rows[0][0], 8.0) + PADDING
    assert last >= width(rows[0][2], 8.0) + PADDING


def test_the_column_that_makes_rows_high_gets_the_room():
    rows = [("短い名前", "長い文章です。" * 60, "ふつうの文です。" * 8)] * 5
    name, long, usual = widths(("a", "b", "c"), rows, 476.0, 8.0)
    assert long > 3 * usual > 200
    assert name < 60


def test_many_columns_share_alike_where_all_fit():
    made = widths(("a", "b", "c", "d"), [("1", "2", "3", "4")] * 3, 400.0, 8.0)
    assert max(made) - min(made) < 2
