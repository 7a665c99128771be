"""Outlines of the vendored font on the coarser grid of a page, as the streams of woff2 hold them.

The font has neither composed glyphs nor instructions; the tests see to that.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Numbers = NDArray[numpy.int64]
    Marks = NDArray[numpy.bool_]
    Bytes = NDArray[numpy.uint8]

ON_CURVE, X_SHORT, Y_SHORT, REPEAT, X_SAME, Y_SAME = 1, 2, 4, 8, 16, 32
NO_INSTRUCTIONS = b"\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """Parts of a glyph in the streams of a transformed ``glyf``.

    ``room`` is what it takes at most (bytes) once it is put together again.
    """

    contours: int = 0
    counts: bytes = b""
    flags: bytes = b""
    triplets: bytes = b""
    room: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A glyph as the file has it, where its coordinates begin and the flags of its points."""

    ends: tuple[int, ...]
    start: int
    flags: bytes


def glyphs(table: bytes, spans: Iterable[tuple[int, int]], scale: float) -> list[Glyph]:
    """Glyphs of a ``glyf`` table.

    Args:
        table: the whole table.
        spans: where each of the wanted glyphs begins and ends in it.
        scale: units of the page in one unit of the file.
    """
    read = [_read(table, start) if end > start else None for start, end in spans]
    known = [one for one in read if one is not None]
    made = iter(_made(table, known, scale) if known else ())
    return [Glyph() if one is None else next(made) for one in read]


def _read(table: bytes, start: int) -> _Read:
    (contours,) = struct.unpack_from(">h", table, start)
    ends = struct.unpack_from(f">{contours}H", table, start + 10)
    (idle,) = struct.unpack_from(">H", table, start + 10 + 2 * contours)
    place = start + 12 + 2 * contours + idle
    flags = bytearray()
    while len(flags) <= ends[-1]:
        flag = table[place]
        place += 1
        if flag & REPEAT:
            flags += bytes((flag,)) * (table[place] + 1)
            place += 1
        else:
            flags.append(flag)
    return _Read(ends=ends, start=place, flags=bytes(flags))


def _made(table: bytes, read: list[_Read], scale: float) -> list[Glyph]:
    """All glyphs at once: a page has a hundred thousand points."""
    import numpy as np

    flags = np.frombuffer(b"".join(one.flags for one in read), dtype=np.uint8)
    counts = np.array([len(one.flags) for one in read])
    first = np.cumsum(counts) - counts
    data = np.frombuffer(table + b"\0", dtype=np.uint8)
    begins = np.array([one.start for one in read])
    across, begins = _steps(data, flags & X_SHORT != 0, flags & X_SAME != 0, (begins, first))
    up, _ = _steps(data, flags & Y_SHORT != 0, flags & Y_SAME != 0, (begins, first))
    dx, dy = _scaled(across, first, counts, scale), _scaled(up, first, counts, scale)
    faces, triplets, lengths = _triplets(dx, dy, flags & ON_CURVE == 0)
    wide = np.append(0, np.cumsum(_bytes(dx) + _bytes(dy) + 1)).tolist()
    edges = np.append(0, np.cumsum(lengths)).tolist()
    spans = [
        (start, start + len(one.flags)) for start, one in zip(first.tolist(), read, strict=True)
    ]
    return [
        Glyph(
            contours=len(one.ends),
            counts=_counts(one.ends),
            flags=faces[start:stop].tobytes(),
            triplets=triplets[edges[start] : edges[stop]].tobytes() + NO_INSTRUCTIONS,
            room=-(-(12 + 2 * len(one.ends) + wide[stop] - wide[start]) // 4) * 4,
        )
        for one, (start, stop) in zip(read, spans, strict=True)
    ]


def _counts(ends: tuple[int, ...]) -> bytes:
    """How many points each contour has, from the numbers of their last ones."""
    from fontTools.ttLib.woff2 import pack255UShort

    return b"".join(pack255UShort(end - last) for last, end in pairwise((-1, *ends)))


def _steps(
    data: Bytes, short: Marks, same: Marks, places: tuple[Numbers, Numbers]
) -> tuple[Numbers, Numbers]:
    """Steps of the points along one axis, and where the bytes of each glyph for it end."""
    import numpy as np

    begins, first = places
    lengths = np.where(short, 1, np.where(same, 0, 2))
    before = np.cumsum(lengths) - lengths
    total = np.add.reduceat(lengths, first)
    counts = np.diff(np.append(first, len(lengths)))
    at = before - np.repeat(before[first] - begins, counts)
    high, low = data[at].astype(np.int64), data[np.minimum(at + 1, len(data) - 1)]
    both = (high << 8 | low).astype(np.uint16).astype(np.int16)
    one = np.where(same, high, -high)
    return np.where(short, one, np.where(same, 0, both)), begins + total


def _scaled(steps: Numbers, first: Numbers, counts: Numbers, scale: float) -> Numbers:
    """Steps on the grid of the page: places are rounded, not steps, so that no error adds up."""
    import numpy as np

    places = np.cumsum(steps)
    places = places - np.repeat(places[first] - steps[first], counts)
    rounded = np.floor(places * scale + 0.5).astype(np.int64)
    made: Numbers = np.diff(rounded, prepend=0)
    made[first] = rounded[first]
    return made


def _triplets(dx: Numbers, dy: Numbers, off: Marks) -> tuple[Bytes, Bytes, Numbers]:
    """Flags, coordinates and the number of coordinate bytes of each point, as woff2 has them."""
    import numpy as np

    x, y = abs(dx), abs(dy)
    signs = (dx >= 0) + 2 * (dy >= 0)
    kinds = [
        (x == 0) & (y < 1280),
        (y == 0) & (x < 1280),
        (x < 65) & (y < 65),
        (x < 769) & (y < 769),
    ]
    faces = np.select(
        kinds,
        [
            ((y & 0xF00) >> 7) + (dy >= 0),
            10 + ((x & 0xF00) >> 7) + (dx >= 0),
            20 + ((x - 1) & 0x30) + (((y - 1) & 0x30) >> 2) + signs,
            84 + 12 * (((x - 1) & 0x300) >> 8) + (((y - 1) & 0x300) >> 6) + signs,
        ],
        default=120 + signs,
    )
    both = (((x - 1) & 0xF) << 4) | ((y - 1) & 0xF)
    one = np.select(kinds, [y & 0xFF, x & 0xFF, both, (x - 1) & 0xFF], default=x >> 4)
    two = np.where(kinds[3], (y - 1) & 0xFF, ((x & 0xF) << 4) | (y >> 8))
    lengths = np.select(kinds, [1, 1, 1, 2], default=3)
    table = np.stack([one, two, y & 0xFF], axis=1).astype(np.uint8)
    kept = table[np.arange(3) < lengths[:, None]]
    return (faces + 128 * off).astype(np.uint8), kept, lengths


def _bytes(steps: Numbers) -> Numbers:
    """Bytes that steps take in a ``glyf`` table."""
    import numpy as np

    return np.where(steps == 0, 0, np.where(abs(steps) < 256, 1, 2))
