"""Axes in a notebook: a PNG on white, whatever fonts and ground the reader has."""

from __future__ import annotations

import pandas as pd

from toolkit.charts.bars import bars


def test_axes_show_themselves_as_png():
    frame = pd.DataFrame({"label": ["髙橋", "社長"], "value": [3, 5]})
    axes = bars(frame, labels={})
    data, about = axes._repr_png_()
    assert data.startswith(b"\x89PNG")
    assert about["width"] == 680
    assert axes._repr_png_()[0] == data
    assert b"Software" not in data
    assert not hasattr(axes, "_repr_html_")
