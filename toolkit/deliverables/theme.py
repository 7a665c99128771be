"""Theme: a firm's colours, name, logo, cover text and closing note over a standard look."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from toolkit import resources
from toolkit.charts import palette
from toolkit.deliverables.colours import full, ramp_of

ROLES = (
    "ink", "soft", "line", "hair", "mist", "paper",
    "accent", "high", "medium", "check", "good",
)  # fmt: skip
"""Colours of a theme by what they are for: text, lines, grounds, emphasis, tones of findings."""

DRAWN = {
    palette.INK: "ink",
    palette.SOFT: "soft",
    palette.LINE: "line",
    palette.MIST: "mist",
    palette.PAPER: "paper",
    palette.BLUE: "accent",
    palette.RUST: "high",
    palette.OCHRE: "medium",
    palette.SLATE: "check",
    palette.TEAL: "good",
}
"""Which role a colour of the charts plays."""

PAINT = re.compile(r'((?:fill|stroke)=")(#[0-9a-f]{3}(?:[0-9a-f]{3})?)(?=")')
TAG = re.compile(r"<[^<>]+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A picture of the firm: ``media`` is image/png or image/svg+xml."""

    media: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """How the deliverables look and who hands them over.

    ``colours`` has each of ``ROLES`` as ``#rrggbb``; ``cover`` and ``closing`` a text by
    language; ``firm`` is empty where no firm is named.
    """

    colours: Mapping[str, str]
    firm: str = ""
    logo: Logo | None = None
    cover: Mapping[str, str] = field(default_factory=dict)
    closing: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=1)
def standard() -> Theme:
    """The look of the product itself."""
    path = resources.folder("templates") / "themes" / "standard.toml"
    return Theme(colours=tomllib.loads(path.read_text(encoding="utf-8"))["colours"])


def load_theme(path: str | Path | None) -> Theme:
    """The theme in a TOML file; the standard one where none is named.

    Args:
        path: the file. A logo it names lies in its folder; what it leaves out stays standard.

    Raises:
        UsageError: ``theme_missing``, there is no such file.
        MethodError: ``theme_wrong``, with every fault of the file: unknown keys, values that
            cannot be used, a text too pale to read, tones that look alike to the colour-blind.
    """
    from toolkit.deliverables.theme_file import read_theme

    return read_theme(Path(path)) if path else standard()


def recolour(drawn: str, theme: Theme | None) -> str:
    """A picture, or one of its colours, in the colours of a theme.

    Args:
        drawn: SVG or HTML drawn in the palette of the charts, or a single ``#rrggbb``. Only
            paint within tags is changed, never a word of the client's.
        theme: the firm's. What it leaves standard stays as drawn.

    >>> from dataclasses import replace
    >>> own = replace(standard(), colours={**standard().colours, "accent": "#6b2d5c"})
    >>> recolour("#1d4e7a", own), recolour("#1d4e7a", standard())
    ('#6b2d5c', '#1d4e7a')
    >>> recolour('<text fill="#1d4e7a">fill="#1d4e7a"</text>', own)
    '<text fill="#6b2d5c">fill="#1d4e7a"</text>'
    """
    colours = _changed(tuple((theme or standard()).colours.items()))
    if not colours:
        return drawn
    if drawn.startswith("#"):
        return colours.get(full(drawn), drawn)

    def painted(found: re.Match[str]) -> str:
        return found[1] + colours.get(full(found[2]), found[2])

    return TAG.sub(lambda tag: PAINT.sub(painted, tag[0]), drawn)


@lru_cache(maxsize=8)
def _changed(given: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Colours of the charts that a theme changes, with what they become."""
    own, usual = dict(given), standard().colours
    changed = {drawn: own[role] for drawn, role in DRAWN.items() if own[role] != usual[role]}
    if any(own[role] != usual[role] for role in ("accent", "paper", "ink")):
        ramp = ramp_of(own["paper"], own["accent"], own["ink"])
        changed |= dict(zip(palette.BLUES, ramp, strict=True))
    return changed
