"""A firm's logo: PNG as it is; SVG only where every element and attribute is known to be safe."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.deliverables.theme import Logo

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_BYTES = 200_000
MOST_PIXELS = 4000
PNG = b"\x89PNG\r\n\x1a\n"
SVG_SPACE = "{http://www.w3.org/2000/svg}"
DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>\s*")
CALL = re.compile(r"([A-Za-z-]+)\s*\(")

ELEMENTS = frozenset((
    "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "defs",
    "title", "desc", "linearGradient", "radialGradient", "stop", "clipPath",
))  # fmt: skip
ATTRIBUTES = frozenset((
    "id", "class", "viewBox", "version", "width", "height", "x", "y", "x1", "x2", "y1", "y2",
    "cx", "cy", "r", "rx", "ry", "fx", "fy", "d", "points", "transform", "fill", "fill-rule",
    "fill-opacity", "clip-path", "clip-rule", "clipPathUnits", "opacity", "style", "offset",
    "stop-color", "stop-opacity", "gradientUnits", "gradientTransform", "spreadMethod",
    "preserveAspectRatio", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin",
    "stroke-miterlimit", "stroke-opacity", "stroke-dasharray", "stroke-dashoffset", "role",
    "aria-label", "aria-hidden", "{http://www.w3.org/XML/1998/namespace}space",
))  # fmt: skip
CALLS = frozenset((
    "url", "rgb", "rgba", "hsl", "matrix", "translate", "scale", "rotate", "skewX", "skewY",
))  # fmt: skip
"""What a value may call; ``url`` only for a place within the picture."""

Fault = tuple[str, dict[str, str]]


def read_logo(path: Path) -> tuple[Logo | None, tuple[Fault, ...]]:
    """The logo in a file, or the faults for which it is refused: a code and its details each."""
    ending = path.suffix.lower()
    if not path.is_file():
        return None, (("theme_logo_missing", {}),)
    if ending not in (".png", ".svg"):
        return None, (("theme_logo_kind", {}),)
    if path.stat().st_size > MOST_BYTES:
        size = {"size": f"{path.stat().st_size / 1000:.0f}", "most": f"{MOST_BYTES / 1000:.0f}"}
        return None, (("theme_logo_size", size),)
    data = path.read_bytes()
    return _png(data) if ending == ".png" else _svg(data)


def _png(data: bytes) -> tuple[Logo | None, tuple[Fault, ...]]:
    if not data.startswith(PNG) or data[12:16] != b"IHDR" or len(data) < 24:
        return None, (("theme_logo_broken", {}),)
    wide, high = struct.unpack(">II", data[16:24])
    if not (0 < wide <= MOST_PIXELS and 0 < high <= MOST_PIXELS):
        found = {"wide": str(wide), "high": str(high), "most": str(MOST_PIXELS)}
        return None, (("theme_logo_pixels", found),)
    if not _opens(data):
        return None, (("theme_logo_broken", {}),)
    return Logo(media="image/png", data=data), ()


def _opens(data: bytes) -> bool:
    """Whether the picture behind a good head is whole."""
    from io import BytesIO

    from PIL import Image

    try:
        with Image.open(BytesIO(data)) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return True


def _svg(data: bytes) -> tuple[Logo | None, tuple[Fault, ...]]:
    """An SVG by allow-list; its XML declaration goes, as it could name another encoding."""
    from xml.etree.ElementTree import ParseError, fromstring

    try:
        text = DECLARATION.sub("", data.decode("utf-8"), count=1)
    except UnicodeDecodeError:
        return None, (("theme_logo_broken", {}),)
    if "<?" in text or re.search(r"<!(?!--)", text):
        # Before the parser: a document type can define entities that grow without end.
        return None, (("theme_logo_part", {"part": "<!DOCTYPE> / <?…?>"}),)
    try:
        root = fromstring(text)
    except ParseError:
        return None, (("theme_logo_broken", {}),)
    if root.tag != f"{SVG_SPACE}svg":
        return None, (("theme_logo_broken", {}),)
    refused = tuple(dict.fromkeys(part for one in root.iter() for part in _refused(one)))
    if refused:
        return None, tuple(("theme_logo_part", {"part": part}) for part in refused)
    return Logo(media="image/svg+xml", data=text.encode("utf-8")), ()


def _refused(one: Element) -> Iterator[str]:
    """What of an element is not on the lists, as it is written in the file."""
    tag = str(one.tag).removeprefix(SVG_SPACE)
    if not str(one.tag).startswith(SVG_SPACE) or tag not in ELEMENTS:
        yield f"<{_bare(str(one.tag))}>"
        return
    for name, value in one.attrib.items():
        if name not in ATTRIBUTES:
            yield f"<{tag} {_bare(name)}=…>"
        elif not _harmless(value):
            yield f'<{tag} {_bare(name)}="{value[:40]}">'


def _harmless(value: str) -> bool:
    """Whether a value calls nothing but known functions, and refers to nothing outside."""
    if "\\" in value or "@" in value:
        return False  # escapes and rules of style sheets can hide an address
    calls = {name for name in CALL.findall(value)}
    outside = re.search(r"url\s*\(\s*[\"']?\s*(?!#)", value) if "url" in calls else None
    return calls <= CALLS and outside is None


def _bare(name: str) -> str:
    return name.rpartition("}")[2]
