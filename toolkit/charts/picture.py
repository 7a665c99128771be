"""The sheet a chart is drawn on: axes of a known size in points, and the SVG made of it."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from toolkit.charts import lettering
from toolkit.charts.drawing import Drawing
from toolkit.charts.lean import lean
from toolkit.charts.palette import LINE, SOFT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

WIDTH = 680.0
"""Points from edge to edge; one point is one CSS pixel on a desktop page."""


@lru_cache(maxsize=1)
def _picture_class() -> type[Axes]:
    from matplotlib.axes import Axes

    class Picture(Axes):
        """Axes that show themselves in a notebook, without pyplot and its global figures.

        As PNG: a notebook may be read where no Japanese font is installed, or on a dark ground.
        """

        name = "toolkit-picture"

        def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
            return png(self), {"width": round(WIDTH)}

    return Picture


def sheet(
    ax: Axes | None,
    height: float,
    margins: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0),
) -> Axes:
    """The axes given, or new ones on a sheet of ``WIDTH`` × height points, bare of ticks.

    Args:
        ax: axes of the caller; their place is kept.
        height: of the sheet, in points.
        margins: left, right, top, bottom, in points.
    """
    if isinstance(ax, Drawing):
        ax.open((WIDTH, height), margins)
        return ax
    if ax is None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72, facecolor="none")
        FigureCanvasAgg(figure)
        left, right, top, bottom = margins
        place = (
            left / WIDTH,
            bottom / height,
            (WIDTH - left - right) / WIDTH,
            (height - top - bottom) / height,
        )
        ax = _picture_class()(figure, place)
        figure.add_axes(ax)
    bare(ax)
    return ax


def bare(ax: Axes) -> None:
    """Axes without frame, ticks or background: each chart sets its own words."""
    from matplotlib.ticker import NullLocator

    ax.set_facecolor("none")
    for spine in ax.spines.values():
        spine.set_visible(False)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(NullLocator())
        axis.set_minor_locator(NullLocator())


def points(ax: Axes) -> tuple[float, float]:
    """Width and height of axes in points."""
    if isinstance(ax, Drawing):
        return ax.extent
    box = ax.get_position()
    across, up = ax.get_figure(root=True).get_size_inches()  # type: ignore[union-attr]
    return float(box.width * across * 72), float(box.height * up * 72)


def box(ax: Axes, place: tuple[float, float], size: tuple[float, float], **look: Any) -> None:
    """A rectangle in data, as ``matplotlib.patches.Rectangle`` looks."""
    if isinstance(ax, Drawing):
        ax.box(place, size, **look)
        return
    from matplotlib.patches import Rectangle

    ax.add_patch(Rectangle(place, *size, **look))


def badge(ax: Axes, offset: tuple[float, float], side: float, **look: Any) -> None:
    """A square in points, moved from the upper left corner of the axes."""
    if isinstance(ax, Drawing):
        ax.badge(offset, side, **look)
        return
    from matplotlib.patches import Rectangle
    from matplotlib.transforms import ScaledTranslation

    figure = ax.get_figure(root=True)
    width, height = points(ax)
    moved = ScaledTranslation(offset[0] / 72, offset[1] / 72, figure.dpi_scale_trans)  # type: ignore[union-attr]
    corner = ax.transAxes + moved
    ax.add_patch(
        Rectangle((0, 1), side / width, side / height, transform=corner, clip_on=False, **look)
    )


def arrow(ax: Axes, x: float, ends: tuple[float, float], *, color: str, linewidth: float) -> None:
    """An arrow along the axes: ``x`` is a share of their width, ``ends`` in data."""
    if isinstance(ax, Drawing):
        ax.arrow(x, ends, color=color, linewidth=linewidth)
        return
    across = ax.get_yaxis_transform()
    ax.annotate(
        "",
        (x, ends[1]),
        xytext=(x, ends[0]),
        xycoords=across,
        textcoords=across,
        annotation_clip=False,
        arrowprops={
            "arrowstyle": "-|>",
            "color": color,
            "linewidth": linewidth,
            "shrinkA": 0,
            "shrinkB": 0,
        },
    )


def ground(ax: Axes, at: Sequence[tuple[float, str]], *, base: float | None = 0.0) -> None:
    """Horizontal rules with their labels to the left; the base line is darker."""
    for place, text in at:
        strong = base is not None and place == base
        ax.axhline(
            place, color=SOFT if strong else LINE, linewidth=0.9 if strong else 0.6, zorder=0
        )
        lettering.note(ax, 0, place, text, at=("right", "center"), offset=(-8, 0), across="axes")


def below(ax: Axes, at: Sequence[tuple[float, str]], *, row: int = 0, bold: bool = False) -> None:
    """Labels under the axes at places of x; each row stands 16 points lower."""
    low = ax.get_ylim()[0]
    for place, text in at:
        lettering.put(
            ax,
            place,
            low,
            text,
            size=lettering.SMALL,
            bold=bold,
            colour=SOFT,
            at=("center", "top"),
            offset=(0, -7 - 16 * row),
        )


def png(ax: Axes) -> bytes:
    """The sheet of some axes as PNG on white, two pixels a point, equal bytes each time."""
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("axes without a figure")
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=144, facecolor="white", metadata={"Software": None})
    return stream.getvalue()


def svg(ax: Axes, prefix: str) -> str:
    """The sheet of some axes as inline SVG: real text, equal bytes each time, own ids."""
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("axes without a figure")
    stream = io.StringIO()
    held = figure.canvas
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": prefix, "svg.id": None}):
        FigureCanvasSVG(figure).print_svg(  # type: ignore[no-untyped-call]
            stream, metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
        )
    figure.set_canvas(held)
    box, drawn = lean(stream.getvalue(), prefix, lettering.FAMILY)
    return f'<svg viewBox="{box}" preserveAspectRatio="xMinYMin">{drawn}</svg>'
