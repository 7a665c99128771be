"""A chart for the PDF: the very picture of the page, in the colours of the theme."""

from __future__ import annotations

import re
from typing import Any

from toolkit.charts.lettering import FAMILY, SIZE
from toolkit.deliverables.chart import chart_id, chart_svg
from toolkit.deliverables.pdf.letters import clean
from toolkit.deliverables.pdf.setter import Setter
from toolkit.deliverables.theme import recolour
from toolkit.outline.blocks import Chart

ROOT = (
    f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{FAMILY}" font-size="{SIZE:g}" '
    'stroke-linejoin="round" '
)
"""What the page's style says of a picture; here the picture says it itself."""

VIEW = re.compile(r'viewBox="\S+ \S+ (\S+) (\S+)"')
HEIGHT = 168.0
"""Points a chart should not be higher than."""

SCALES = (0.6, 0.7)
"""A tall chart shrinks until its letters of 12 points are of 7, a flat one fills the width."""


def set_chart(pen: Setter, block: Chart) -> dict[str, Any]:
    """Title, picture, caption and what the picture says to who cannot see it."""
    drawn = recolour(chart_svg(block, pen.document.lang), pen.theme)
    found = VIEW.search(drawn)
    across, high = (float(found[1]), float(found[2])) if found else (1.0, 1.0)
    scale = min(SCALES[1], max(SCALES[0], HEIGHT / high))
    return {
        "anchor": pen.label(chart_id(block)),
        "label": pen.document.chrome["figure"],
        "title": pen.runs(block.title),
        "caption": pen.runs(block.caption),
        "alt": clean(block.alt) or clean(block.kind),
        "svg": clean(drawn).replace("<svg ", ROOT, 1),
        "width": round(across * scale, 1),
    }
