"""Streams of a compound file (OLE2), the box old Excel books are kept in."""

from __future__ import annotations

import struct
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_HEADER = 109
_LAST_SECTOR = 0xFFFFFFFA
_ENTRY, _ROOT, _STREAM = 128, 5, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Box:
    """The sectors of a file (or of its stream of small sectors) and which follows which."""

    data: bytes
    start: int
    size: int
    following: tuple[int, ...]

    def chain(self, first: int) -> bytes:
        """The bytes of the sectors from one on; each is passed once at most."""
        parts: list[bytes] = []
        sector = first
        while sector < _LAST_SECTOR:
            if len(parts) > len(self.following):
                raise ValueError(first)
            place = self.start + sector * self.size
            parts.append(self.data[place : place + self.size])
            sector = self.following[sector]
        return b"".join(parts)


def stream_of(data: bytes, names: tuple[str, ...]) -> bytes | None:
    """The first stream that bears one of the names; None where there is none.

    Raises:
        ValueError, IndexError, struct.error: the file is damaged.
    """
    shift, small_shift = struct.unpack_from("<HH", data, 30)
    directory = struct.unpack_from("<I", data, 48)[0]
    cutoff, small_table = struct.unpack_from("<II", data, 56)
    box = _Box(data=data, start=1 << shift, size=1 << shift, following=_following(data, shift))
    entries = _entries(box.chain(directory))
    found = next((entries[name] for name in names if name in entries), None)
    if found is None:
        return None
    first, size = found
    if size >= cutoff:
        return _whole(box.chain(first), size)
    small = _Box(
        data=box.chain(entries["\0"][0]),
        start=0,
        size=1 << small_shift,
        following=_numbers(box.chain(small_table)),
    )
    return _whole(small.chain(first), size)


def _whole(found: bytes, size: int) -> bytes:
    if len(found) < size:
        raise ValueError(size)
    return found[:size]


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _following(data: bytes, shift: int) -> tuple[int, ...]:
    """Which sector follows which, from the tables listed in the header and beyond it."""
    size = 1 << shift
    listed = list(struct.unpack_from(f"<{_IN_HEADER}I", data, 76))
    further, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // size)):
        if further >= _LAST_SECTOR:
            break
        numbers = _numbers(data[size + further * size : size + (further + 1) * size])
        listed += numbers[:-1]
        further = numbers[-1]
    tables = [sector for sector in listed if sector < _LAST_SECTOR]
    if len(tables) > len(data) // size:
        raise ValueError(len(tables))
    return _numbers(
        b"".join(data[size + sector * size : size + (sector + 1) * size] for sector in tables)
    )


def _entries(directory: bytes) -> dict[str, tuple[int, int]]:
    """Streams by name as (first sector, bytes); the root, which holds the small ones, as NUL."""
    found: dict[str, tuple[int, int]] = {}
    for place in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, place + 64)
        first, size = struct.unpack_from("<II", directory, place + 116)
        if kind == _ROOT:
            found["\0"] = (first, size)
        elif kind == _STREAM:
            name = directory[place : place + max(0, min(length, 64) - 2)].decode("utf-16-le")
            found.setdefault(name, (first, size))
    return found
