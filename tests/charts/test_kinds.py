import inspect

import pandas as pd
import pytest

from toolkit.charts import KINDS
from toolkit.charts.lettering import FAMILY
from toolkit.charts.typeset import font_path


def words(ax):
    return [text for text in ax.texts if text.get_text()]


def test_one_signature():
    forms = {str(inspect.signature(kind)) for kind in KINDS.values()}
    assert len(forms) == 1


def test_no_text_leaves_the_sheet_or_touches_another(drawn):
    for name in drawn.names:
        ax = drawn(name)
        figure = ax.get_figure(root=True)
        renderer = figure.canvas.get_renderer()
        boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in words(ax)]
        assert boxes
        for text, box in boxes:
            inside = box.x0 >= -1 and box.x1 <= figure.bbox.x1 + 1
            assert inside, f"{name}: {text} leaves the sheet {box.x0:.0f}–{box.x1:.0f}"
            assert box.y0 >= -1, f"{name}: {text} below the sheet"
            assert box.y1 <= figure.bbox.y1 + 1, f"{name}: {text} above the sheet"
        for place, (one, box) in enumerate(boxes):
            for other, beside in boxes[place + 1 :]:
                wide = min(box.x1, beside.x1) - max(box.x0, beside.x0)
                high = min(box.y1, beside.y1) - max(box.y0, beside.y0)
                assert wide < 1 or high < 4, f"{name}: {one} on {other}"


def test_every_text_is_in_our_font_and_never_mathematics(drawn):
    for name in drawn.names:
        ax = drawn(name)
        assert not ax.get_title()
        assert not [t for t in ax.get_xticklabels() + ax.get_yticklabels() if t.get_text()]
        for text in words(ax):
            assert text.get_fontproperties().get_family() == [FAMILY]
            assert text.get_fontproperties().get_file() in (font_path(), font_path(True))
            assert text.get_parse_math() is False


def test_given_axes_are_drawn_on_and_kept_in_place(drawn):
    from matplotlib.figure import Figure

    for name in drawn.names:
        figure = Figure(figsize=(9, 5))
        ax = figure.add_axes((0.3, 0.2, 0.5, 0.6))
        assert drawn(name, ax=ax) is ax
        assert ax.get_position().bounds == pytest.approx((0.3, 0.2, 0.5, 0.6))


def test_axes_show_themselves_without_pyplot(drawn):
    import sys

    data, _ = drawn("funnel")._repr_png_()
    assert data.startswith(b"\x89PNG")
    assert (
        "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()
    )


def test_drawing_leaves_settings_as_they_were(drawn):
    import matplotlib

    before = dict(matplotlib.rcParams)
    drawn("trend" if "trend" in drawn.names else drawn.names[0])._repr_png_()
    assert dict(matplotlib.rcParams) == before


def test_waterfall_ends_at_the_rest(drawn):
    shown = [text.get_text() for text in words(drawn("cost"))]
    assert shown.count("8.1%") == 2


def test_funnel_marks_the_lowest_rate_in_words(drawn):
    ax = drawn("funnel")
    low = next(text for text in words(ax) if text.get_text() == "21.2%")
    assert low.get_fontproperties().get_weight() == 700
    assert any(text.get_text() in ("最も低い", "lowest") for text in words(ax))


def test_funnel_shows_the_interval_of_each_rate():
    frame = pd.DataFrame(
        [("visit", 1000, None, None), ("cart", 100, 0.08, 0.12), ("order", 50, None, None)],
        columns=["step", "count", "low", "high"],
    )
    ax = KINDS["funnel"](frame, labels={"range": " to "})
    shown = [text.get_text() for text in words(ax)]
    assert "8.0% to 12.0%" in shown
    assert sum("to" in text for text in shown) == 1
    figure = ax.figure
    figure.canvas.draw()
    boxes = {t.get_text(): t.get_window_extent() for t in words(ax)}
    assert boxes["8.0% to 12.0%"].y1 <= boxes["10.0%"].y0 + 4
    assert boxes["8.0% to 12.0%"].x1 <= figure.bbox.x1


def test_missed_target_is_hollow(drawn):
    faces = [line.get_markerfacecolor() for line in drawn("dots").lines if line.get_marker() == "o"]
    assert len(faces) == 5
    assert faces.count("#ffffff") == 3


def test_a_seam_by_hand_is_broken(drawn):
    diamonds = [line for line in drawn("journey").lines if line.get_marker() == "D"]
    assert len(diamonds) == 3 + 1  # and one in the key
