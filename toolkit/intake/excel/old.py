"""Excel 97-2003 books (.xls): the same cells from binary records; formulas are not looked at."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field

from toolkit.intake.excel.book import SheetPart
from toolkit.intake.excel.cells import CellTexts, Stored
from toolkit.intake.excel.compound_file import stream_of
from toolkit.intake.excel.formats import BUILT_IN, PLAIN, format_of
from toolkit.intake.excel.limits import refused
from toolkit.intake.excel.records import BinaryRecord, RecordTexts, binary_records
from toolkit.intake.excel.sheet import Cells, Merged, put_field

_BIFF8, _LAST_COLUMN = 0x0600, 256
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OldBook:
    """A book in memory; ``part`` of a sheet is where it begins in the stream."""

    data: bytes
    sheets: tuple[SheetPart, ...]
    texts: CellTexts

    def cells(self, sheet: SheetPart, first_only: bool = False) -> Cells:
        """The cells of a sheet, or its first one.

        Raises:
            ValueError, IndexError, KeyError, struct.error: it is damaged.
        """
        reader = _SheetRecords(texts=self.texts)
        for record in binary_records(self.data, int(sheet.part)):
            reader.take(record)
            if first_only and reader.cells.rows:
                break
        return reader.cells


def read_old_book(data: bytes, name: str) -> OldBook:
    """The frame of an Excel 97-2003 book.

    Args:
        data: the whole file.
        name: how messages name it.

    Raises:
        InputError: it has a password, or is of Excel 95 or before.
        ValueError, IndexError, KeyError, struct.error: it is damaged.
    """
    stream = stream_of(data, ("Workbook", "WORKBOOK"))
    if stream is None or struct.unpack_from("<H", stream, 4)[0] != _BIFF8:
        raise refused("excel_old", name)
    frame = _Frame()
    for record in binary_records(stream):
        if record.number == 0x002F:
            raise refused("excel_encrypted", name)
        frame.take(record)
    formats = tuple(format_of(frame.codes.get(number, "")) for number in frame.styles)
    texts = CellTexts(
        formats=formats or (PLAIN,),
        shared=frame.shared,
        from_1904=frame.from_1904,
        uncounted=not frame.calculated,
    )
    return OldBook(data=stream, sheets=tuple(frame.sheets), texts=texts)


@dataclass(slots=True, kw_only=True)
class _Frame:
    """What the records before the sheets say; ``calculated`` if Excel itself saved the book."""

    sheets: list[SheetPart] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    styles: list[int] = field(default_factory=list)
    from_1904: bool = False
    calculated: bool = False

    def take(self, record: BinaryRecord) -> None:
        """Take in one record; those of no interest are passed over."""
        data = record.data
        if record.number == 0x0022:
            self.from_1904 = data[:1] == b"\x01"
        elif record.number == 0x01C1:
            self.calculated = True
        elif record.number == 0x00E0:
            self.styles.append(struct.unpack_from("<H", data, 2)[0])
        elif record.number == 0x041E:
            self.codes[struct.unpack_from("<H", data)[0]] = RecordTexts(
                chunks=[data], place=2
            ).text()
        elif record.number == 0x0085:
            self._sheet(data)
        elif record.number == 0x00FC:
            self._shared_texts(record)

    def _sheet(self, data: bytes) -> None:
        start, state, kind = struct.unpack_from("<IBB", data)
        if kind == 0:
            title = RecordTexts(chunks=[data], place=6).text("<B")
            self.sheets.append(SheetPart(name=title, part=str(start), visible=not state & 0x03))

    def _shared_texts(self, record: BinaryRecord) -> None:
        texts = RecordTexts(chunks=record.chunks)
        _, count = texts.take("<II")
        for _ in range(count):
            self.shared.append(texts.text())


@dataclass(slots=True, kw_only=True)
class _SheetRecords:
    """Takes in the records of cells; rows and columns count from 0 there, from 1 here."""

    texts: CellTexts
    cells: Cells = field(default_factory=Cells)
    _waiting: tuple[int, int, int] | None = None

    def take(self, record: BinaryRecord) -> None:
        """Take in one record; those that hold no cell are passed over."""
        readers: dict[int, Callable[[BinaryRecord], None]] = {
            0x00FD: self._shared,
            0x0204: self._label,
            0x00D6: self._label,
            0x0203: self._number,
            0x027E: self._short_number,
            0x00BD: self._short_numbers,
            0x0205: self._flag_or_error,
            0x0006: self._formula,
            0x0207: self._text_of_formula,
            0x00E5: self._merged,
        }
        reader = readers.get(record.number)
        if reader is not None:
            reader(record)

    def _put(self, row: int, column: int, text: str) -> None:
        if column >= _LAST_COLUMN:
            raise ValueError(column)
        if text:
            put_field(self.cells.rows.setdefault(row + 1, []), column + 1, text)

    def _figure(self, place: tuple[int, int, int], number: float) -> None:
        row, column, style = place
        whole = number.is_integer() and abs(number) < 2**53
        self._put(row, column, self.texts.number(str(int(number) if whole else number), style))

    def _stored(self, place: tuple[int, int, int], kind: str, value: str | None) -> None:
        """A cell of a formula."""
        row, column, style = place
        stored = Stored(kind=kind, style=style, value=value, formula="")
        self._put(row, column, self.texts.text(stored))

    def _shared(self, record: BinaryRecord) -> None:
        row, column, _, number = struct.unpack_from("<3HI", record.data)
        self._put(row, column, self.texts.shared[number])

    def _label(self, record: BinaryRecord) -> None:
        row, column, _ = struct.unpack_from("<3H", record.data)
        self._put(row, column, RecordTexts(chunks=record.chunks, place=6).text())

    def _number(self, record: BinaryRecord) -> None:
        row, column, style, number = struct.unpack_from("<3Hd", record.data)
        self._figure((row, column, style), number)

    def _short_number(self, record: BinaryRecord) -> None:
        row, column, style, short = struct.unpack_from("<3HI", record.data)
        self._figure((row, column, style), _long(short))

    def _short_numbers(self, record: BinaryRecord) -> None:
        row, column = struct.unpack_from("<HH", record.data)
        for place in range(4, len(record.data) - 7, 6):
            style, short = struct.unpack_from("<HI", record.data, place)
            self._figure((row, column + (place - 4) // 6, style), _long(short))

    def _flag_or_error(self, record: BinaryRecord) -> None:
        row, column, style, value, is_error = struct.unpack_from("<3HBB", record.data)
        stored = Stored(
            kind="e" if is_error else "b",
            style=style,
            value=_ERRORS.get(value, "#?") if is_error else str(value),
        )
        self._put(row, column, self.texts.text(stored))

    def _formula(self, record: BinaryRecord) -> None:
        """The result that was stored: a number, or a text that follows, a flag, an error, blank."""
        row, column, style = struct.unpack_from("<3H", record.data)
        place, result = (row, column, style), record.data[6:14]
        self._waiting = None
        if result[6:] != b"\xff\xff":
            number = struct.unpack("<d", result)[0]
            if number == 0:
                self._stored(place, "n", "0")
            else:
                self._figure(place, number)
        elif result[0] == 0:
            self._waiting = place
        elif result[0] == 1:
            self._stored(place, "b", str(result[2]))
        elif result[0] == 2:
            self._stored(place, "e", _ERRORS.get(result[2], "#?"))
        else:
            self._stored(place, "str", None if self.texts.uncounted else "")

    def _text_of_formula(self, record: BinaryRecord) -> None:
        if self._waiting is not None:
            self._stored(self._waiting, "str", RecordTexts(chunks=record.chunks).text())

    def _merged(self, record: BinaryRecord) -> None:
        count = struct.unpack_from("<H", record.data)[0]
        for place in range(2, 2 + count * 8, 8):
            top, bottom, left, right = struct.unpack_from("<4H", record.data, place)
            found = Merged(top=top + 1, bottom=bottom + 1, left=left + 1, right=right + 1)
            self.cells.merged.append(found)


def _long(short: int) -> float:
    """A number kept in four bytes: 30 bits of a whole number or of a float, maybe hundredfold.

    >>> _long(1200 << 2 | 2), _long(150 << 2 | 3)
    (1200.0, 1.5)
    """
    if short & 0x02:
        whole = short >> 2
        number = float(whole - (1 << 30) if whole >= 1 << 29 else whole)
    else:
        number = struct.unpack("<d", struct.pack("<II", 0, short & 0xFFFFFFFC))[0]
    return number / 100 if short & 0x01 else number
