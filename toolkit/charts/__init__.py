"""Pictures of series: frame → Axes, without titles; every word comes through labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.charts.bars import bars
from toolkit.charts.cohort import cohort
from toolkit.charts.composition import composition
from toolkit.charts.curve import curve
from toolkit.charts.dots import dots
from toolkit.charts.funnel import funnel
from toolkit.charts.histogram import histogram
from toolkit.charts.lorenz import lorenz
from toolkit.charts.modules import modules
from toolkit.charts.ranges import ranges
from toolkit.charts.survival import survival
from toolkit.charts.swimlane import swimlane
from toolkit.charts.trend import trend
from toolkit.charts.waterfall import waterfall

if TYPE_CHECKING:
    from matplotlib.axes import Axes

KINDS: Mapping[str, Callable[..., Axes]] = MappingProxyType(
    {
        "bars": bars,
        "cohort": cohort,
        "composition": composition,
        "curve": curve,
        "dots": dots,
        "funnel": funnel,
        "histogram": histogram,
        "lorenz": lorenz,
        "modules": modules,
        "ranges": ranges,
        "survival": survival,
        "swimlane": swimlane,
        "trend": trend,
        "waterfall": waterfall,
    }
)
"""Each kind of chart by name; all have the one signature of ``trend``."""

__all__ = ["KINDS"]
