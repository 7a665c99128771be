"""A PDF packed: its small objects, thousands of tags among them, compressed together.

typst writes each tag of an accessible document as an object of its own, uncompressed. ISO 32000-1
(7.5.7, 7.5.8) lets objects lie in compressed streams, found by a compressed table.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

AT_ONCE = 200
"""Objects a stream holds: a reader that wants one unpacks its neighbours too."""

ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])")
HEAD = re.compile(rb"(\d+) 0 obj\s")
TRAILER = re.compile(rb"trailer\s*<<(.*)>>\s*startxref\s+(\d+)\s+%%EOF\s*$", re.DOTALL)
SIZE = re.compile(rb"/Size \d+")
PLACE = 4


@dataclass(slots=True)
class _File:
    """The file while it is written; ``places`` tells a kind and two numbers of each object."""

    data: bytearray
    places: dict[int, tuple[int, int, int]] = field(default_factory=dict)

    def add(self, number: int, body: bytes) -> None:
        """An object of its own."""
        self.places[number] = (1, len(self.data), 0)
        self.data += b"%d 0 obj\n%b\nendobj\n" % (number, body)

    def add_packed(self, number: int, objects: list[tuple[int, bytes]]) -> None:
        """Objects within one stream, which is an object itself."""
        bodies = b"\n".join(body for _, body in objects)
        heads, place = [], 0
        for index, (inner, body) in enumerate(objects):
            heads.append(b"%d %d" % (inner, place))
            place += len(body) + 1
            self.places[inner] = (2, number, index)
        head = b" ".join(heads) + b"\n"
        about = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head))
        self.add(number, _stream(about, head + bodies))

    def end(self, number: int, trailer: bytes) -> bytes:
        """The whole file, closed by the table of its objects."""
        start = len(self.data)
        self.places[number] = (1, start, 0)
        rows = [self.places.get(one, (0, 0, 0)) for one in range(number + 1)]
        table = b"".join(
            kind.to_bytes(1, "big") + place.to_bytes(PLACE, "big") + index.to_bytes(2, "big")
            for kind, place, index in rows
        )
        size = b"/Size %d" % (number + 1)
        about = b"/Type/XRef/W[1 %d 2]%b" % (PLACE, SIZE.sub(size, trailer))
        self.data += b"%d 0 obj\n%b\nendobj\n" % (number, _stream(about, table))
        self.data += b"startxref\n%d\n%%%%EOF" % start
        return bytes(self.data)


def packed(pdf: bytes) -> bytes:
    """A PDF of typst with its small objects compressed; a file of another make stays as it is."""
    found = TRAILER.search(pdf)
    table = pdf.find(b"xref", int(found[2])) if found else -1
    if found is None or table != int(found[2]):
        return pdf
    objects = list(_objects(pdf, table))
    made = _File(bytearray(pdf[: min(place for _, place, _ in objects)]))
    small = []
    for number, _, body in objects:
        if b"stream\n" in body or b"stream\r\n" in body:
            made.add(number, body)
        else:
            small.append((number, body))
    after = max(number for number, _, _ in objects) + 1
    for start in range(0, len(small), AT_ONCE):
        made.add_packed(after, small[start : start + AT_ONCE])
        after += 1
    return made.end(after, found[1])


def _objects(pdf: bytes, table: int) -> Iterator[tuple[int, int, bytes]]:
    """Number, place and body of each object, in the order of the file."""
    places = sorted(int(place) for place, _, kind in ENTRY.findall(pdf, table) if kind == b"n")
    for place, after in zip(places, [*places[1:], table], strict=True):
        head = HEAD.match(pdf, place)
        if head is not None:
            body = pdf[head.end() : after].rstrip().removesuffix(b"endobj").rstrip()
            yield int(head[1]), place, body


def _stream(about: bytes, data: bytes) -> bytes:
    small = zlib.compress(data, 9)
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (
        about,
        len(small),
        small,
    )
