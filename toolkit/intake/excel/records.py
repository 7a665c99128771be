"""Binary records of an Excel 97-2003 book, and the texts that run over several of them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.intake.excel.xml import clean_text

_BOF, _EOF, _CONTINUE = 0x0809, 0x000A, 0x003C
_WIDE, _PHONETIC, _RICH = 0x01, 0x04, 0x08


@dataclass(frozen=True, slots=True, kw_only=True)
class BinaryRecord:
    """A record: its number, and its bytes with those of the records that continue it."""

    number: int
    chunks: list[bytes]

    @property
    def data(self) -> bytes:
        """The bytes before any continuation."""
        return self.chunks[0]


def binary_records(data: bytes, place: int = 0) -> Iterator[BinaryRecord]:
    """Records of one part of a book, from its beginning to its end; embedded charts left out.

    Raises:
        ValueError, struct.error: it ends too soon.
    """
    depth, held = 0, None
    while True:
        number, length = struct.unpack_from("<HH", data, place)
        chunk, place = data[place + 4 : place + 4 + length], place + 4 + length
        if len(chunk) < length:
            raise ValueError(place)
        if number == _CONTINUE and held is not None:
            held.chunks.append(chunk)
            continue
        if held is not None and depth == 1:
            yield held
        depth += {_BOF: 1, _EOF: -1}.get(number, 0)
        if depth <= 0:
            return
        held = BinaryRecord(number=number, chunks=[chunk])


@dataclass(slots=True, kw_only=True)
class RecordTexts:
    """Reads texts out of a record and its continuations, where each begins with its own width."""

    chunks: list[bytes]
    place: int = 0
    current: int = 0

    def take(self, form: str) -> tuple[int, ...]:
        """Numbers, none of which is ever split."""
        self._next_if_used_up()
        found: tuple[int, ...] = struct.unpack_from(form, self.chunks[self.current], self.place)
        self.place += struct.calcsize(form)
        return found

    def text(self, length: str = "<H") -> str:
        """A text: its length, its flags, its characters, and runs and reading to be skipped."""
        count, flags = self.take(f"{length}B")
        runs = self.take("<H")[0] * 4 if flags & _RICH else 0
        reading = self.take("<I")[0] if flags & _PHONETIC else 0
        parts = []
        while True:
            wide = flags & _WIDE
            chunk = self.chunks[self.current]
            raw = chunk[self.place : self.place + (count * 2 if wide else count)]
            parts.append(raw.decode("utf-16-le" if wide else "latin-1", "replace"))
            self.place += len(raw)
            count -= len(raw) // 2 if wide else len(raw)
            if count <= 0:
                break
            self.current, self.place = self.current + 1, 1
            flags = self.chunks[self.current][0]
        self._skip(runs + reading)
        return clean_text("".join(parts))

    def _skip(self, count: int) -> None:
        while count > len(self.chunks[self.current]) - self.place:
            count -= len(self.chunks[self.current]) - self.place
            self.current, self.place = self.current + 1, 0
        self.place += count

    def _next_if_used_up(self) -> None:
        if self.place >= len(self.chunks[self.current]):
            self.current, self.place = self.current + 1, 0
