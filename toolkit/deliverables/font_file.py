"""A font of a page: the glyphs it needs put together from parts of the vendored font, as woff2.

Reading, scaling and transforming a glyph is done once in a process; a page chooses. fontTools
makes the same font in a hundred times the time, and the tests compare the two.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

from toolkit.charts.typeset import font_path
from toolkit.deliverables.font_glyphs import Glyph, glyphs
from toolkit.deliverables.font_spacing import Spacing, gpos, read_spacing

EM = 500
"""Units of an em on a page: half of the file's thousand moves no outline by a visible part of a
pixel, and a ninth of the bytes goes."""
QUALITY = 9
"""Of brotli: the two above it save a thirtieth of the bytes for a hundred times the time."""
WINDOW = 16
"""Of brotli, as a power of two: a wider one takes four times the time for the same size."""
NAMES = (1, 2, 4, 6)
FRAME = ("OS/2", "head", "hhea", "maxp", "name", "post")
"""Tables that do not depend on the characters, but for a number or two."""
CUT = ("nPoints", "flag", "glyph")
"""Streams after which brotli counts its letters anew."""
LONG_LOCA = 1
CHANGED = 1 << 11
"""Bit of the head's flags: the font was put together anew without loss."""


@dataclass(slots=True, kw_only=True)
class Source:
    """A vendored font as far as it has been read."""

    table: bytes
    spans: Sequence[tuple[int, int]]
    codes: Mapping[int, int]
    widths: Sequence[int]
    frame: Mapping[str, bytes]
    spacing: Spacing
    scale: float
    known: dict[int, Glyph] = field(default_factory=dict)

    def learn(self, wanted: Iterable[int]) -> None:
        """Prepare glyphs, all those not yet known at once."""
        new = [one for one in dict.fromkeys(wanted) if one not in self.known]
        self.known |= dict(
            zip(new, glyphs(self.table, [self.spans[one] for one in new], self.scale), strict=True)
        )


@lru_cache(maxsize=2)
def source(bold: bool) -> Source:
    """The vendored font of a weight, read once."""
    from fontTools.misc.fixedTools import otRound
    from fontTools.ttLib import TTFont

    with TTFont(font_path(bold), lazy=True, recalcTimestamp=False, recalcBBoxes=False) as font:
        scale = EM / font["head"].unitsPerEm
        places = list(font["loca"].locations)
        index = font.getReverseGlyphMap()
        widths = font["hmtx"].metrics
        return Source(
            table=font.reader["glyf"],
            spans=list(pairwise(places)),
            codes={code: index[name] for code, name in font.getBestCmap().items()},
            widths=[otRound(widths[name][0] * scale) for name in font.getGlyphOrder()],
            spacing=read_spacing(font, scale),
            frame=_frame(font),
            scale=scale,
        )


def _frame(font: Any) -> dict[str, bytes]:
    from fontTools.ttLib.scaleUpem import scale_upem

    for tag in [tag for tag in font.keys() if tag not in (*FRAME, "GlyphOrder")]:  # noqa: SIM118
        del font[tag]
    font["name"].names = [one for one in font["name"].names if one.nameID in NAMES]
    scale_upem(font, EM)
    font["head"].flags |= CHANGED
    font["head"].indexToLocFormat = LONG_LOCA
    return {tag: font.getTableData(tag) for tag in FRAME}


def cut(characters: Iterable[str], bold: bool = False) -> bytes:
    """The font with only some characters, as woff2; those it lacks are left out."""
    font = source(bold)
    codes = {ord(mark): font.codes[ord(mark)] for mark in characters if ord(mark) in font.codes}
    order = _order(font, codes)
    font.learn(order)
    places = {glyph: place for place, glyph in enumerate(order)}
    many = _measured(font, order)
    streams = _streams([font.known[one] for one in order])
    tables = {
        "GPOS": gpos(font.spacing, places),
        **font.frame,
        "cmap": _cmap({code: places[glyph] for code, glyph in codes.items()}),
        "hhea": font.frame["hhea"][:-2] + struct.pack(">H", many),
        "hmtx": b"\3" + b"".join(struct.pack(">H", font.widths[one]) for one in order[:many]),
        "maxp": _replaced(font.frame["maxp"], 4, struct.pack(">H", len(order))),
        "glyf": b"".join(streams.values()),
        "loca": b"",
    }
    room = {
        "glyf": sum(font.known[one].room for one in order),
        "loca": 4 * (len(order) + 1),
        "hmtx": 2 * many + 2 * len(order),
    }
    return _packed(
        dict(sorted((t, d) for t, d in tables.items() if d or t == "loca")), room, streams
    )


def _order(font: Source, codes: Mapping[int, int]) -> list[int]:
    """Glyphs in the order of their codes, those of a full em last: one width tells of them all."""
    listed = dict.fromkeys(codes[code] for code in sorted(codes))
    own = [glyph for glyph in listed if font.widths[glyph] != EM]
    return [0, *own, *(glyph for glyph in listed if font.widths[glyph] == EM)]


def _measured(font: Source, order: Sequence[int]) -> int:
    """How many of the glyphs have their width told; the others are as wide as the last one."""
    own = sum(1 for glyph in order[1:] if font.widths[glyph] != EM)
    return min(own + 2, len(order))


def _streams(parts: Sequence[Glyph]) -> dict[str, bytes]:
    """The transformed ``glyf``: its head and its streams, in their order."""
    made = {
        "nContour": struct.pack(f">{len(parts)}h", *(one.contours for one in parts)),
        "nPoints": b"".join(one.counts for one in parts),
        "flag": b"".join(one.flags for one in parts),
        "glyph": b"".join(one.triplets for one in parts),
        "composite": b"",
        "bbox": bytes(-(-len(parts) // 32) * 4),
        "instruction": b"",
    }
    sizes = (len(one) for one in made.values())
    return {"head": struct.pack(">4H7I", 0, 0, len(parts), LONG_LOCA, *sizes), **made}


def _cmap(places: Mapping[int, int]) -> bytes:
    """Format 4, a segment for a run of codes whose glyphs are neighbours as well."""
    runs: list[list[int]] = []
    for code, glyph in sorted(places.items()):
        if runs and code == runs[-1][1] + 1 and glyph - code == runs[-1][2]:
            runs[-1][1] = code
        else:
            runs.append([code, code, glyph - code])
    runs.append([0xFFFF, 0xFFFF, 1])
    count = len(runs)
    power = count.bit_length() - 1
    search = 2 << power
    head = (4, 16 + 8 * count, 0, 2 * count, search, power, 2 * count - search)
    starts, ends, deltas = zip(*runs, strict=True)
    body = struct.pack(
        f">7H{count}H{count + 1}H{count}H{count}H",
        *head,
        *ends,
        0,
        *starts,
        *(delta & 0xFFFF for delta in deltas),
        *(0 for _ in runs),
    )
    records = struct.pack(">HHHHIHHI", 0, 2, 0, 3, 20, 3, 1, 20)
    return records + body


def _replaced(table: bytes, place: int, part: bytes) -> bytes:
    return table[:place] + part + table[place + len(part) :]


def _packed(
    tables: Mapping[str, bytes], room: Mapping[str, int], cuts: Mapping[str, bytes]
) -> bytes:
    """The file: a directory, then all tables in one stream of brotli."""
    from fontTools.ttLib.woff2 import packBase128, woff2KnownTags

    directory, whole = b"", 12 + 16 * len(tables)
    for tag, data in tables.items():
        size = room.get(tag, len(data))
        whole += -(-size // 4) * 4
        transform = 1 << 6 if tag == "hmtx" else 0
        known = woff2KnownTags.index(tag) if tag in woff2KnownTags else 63
        directory += bytes((known | transform,)) + packBase128(size)
        directory += packBase128(len(data)) if tag in room else b""
    body = _compressed(tables, cuts)
    size = 48 + len(directory) + len(body)
    head = struct.pack(
        ">4s4sIHHIIHHIIIII",
        *(b"wOF2", b"\0\1\0\0", -(-size // 4) * 4, len(tables), 0, whole, len(body)),
        *(1, 0, 0, 0, 0, 0, 0),
    )
    made = head + directory + body
    return made + bytes(-len(made) % 4)


def _compressed(tables: Mapping[str, bytes], cuts: Mapping[str, bytes]) -> bytes:
    import brotli

    press = brotli.Compressor(mode=brotli.MODE_FONT, quality=QUALITY, lgwin=WINDOW)
    made = b""
    for tag, data in tables.items():
        if tag != "glyf":
            made += press.process(data)
            continue
        for name, stream in cuts.items():
            made += press.process(stream)
            if name in CUT:
                made += press.flush()
    return bytes(made + press.finish())
