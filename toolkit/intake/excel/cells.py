"""From what a cell of a workbook stores to the text a careful person would type for it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from toolkit.intake.excel.formats import PLAIN, Format
from toolkit.intake.excel.xml import clean_text
from toolkit.intake.values.cells import faulty

_DAY = 86_400
_FROM_1904 = datetime(1904, 1, 1)
_BEFORE_MARCH_1900, _FROM_1900 = datetime(1899, 12, 31), datetime(1899, 12, 30)
_NO_SUCH_LEAP_DAY = 60
_LAST_SERIAL = 2_958_466  # the day after 9999-12-31
_FIRST_UNCERTAIN = 10**15
_WHOLE = re.compile(r"-?\d{1,15}")
_ISO = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)?(?:T?(?P<time>\d\d:\d\d(?::\d\d)?)(?:\.\d+)?Z?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A cell as its file stores it: type, style, value, formula; None where there is none.

    Types: n number, s shared text, str text of a formula, inlineStr, b, e error, d ISO date.
    """

    kind: str
    style: int
    value: str | None
    formula: str | None = None


@dataclass(slots=True, kw_only=True)
class CellTexts:
    """Cells of one workbook as text.

    ``uncounted`` tells a book that asks to be calculated when opened: the program that wrote it
    did not, so a formula's 0 is a placeholder.
    """

    formats: tuple[Format, ...] = (PLAIN,)
    shared: list[str] = field(default_factory=list)
    from_1904: bool = False
    uncounted: bool = False
    known: dict[tuple[int, str], str] = field(default_factory=dict)

    def text(self, cell: Stored) -> str:
        """The text of a cell, or what stands for one without a usable value.

        Raises:
            IndexError: it points to a shared text that is not there.
            ValueError: it points to no number.
        """
        value = cell.value
        if cell.formula is not None and self._without_value(cell):
            return faulty("formula_no_value", f"={cell.formula or '…'}")
        if not value:
            return ""
        if cell.kind == "n":
            return self.number(value, cell.style)
        if cell.kind == "s":
            return self._shared(int(value))
        if cell.kind == "b":
            return "FALSE" if value.strip() in ("0", "false") else "TRUE"
        if cell.kind == "e":
            return faulty("cell_error", value)
        return self._iso(value) if cell.kind == "d" else clean_text(value)

    def _without_value(self, cell: Stored) -> bool:
        if cell.value is None or (not cell.value and cell.kind != "str"):
            return True
        return self.uncounted and cell.kind == "n" and cell.value == "0"

    def _shared(self, place: int) -> str:
        if place < 0:
            raise IndexError(place)
        return self.shared[place]

    def number(self, value: str, style: int) -> str:
        """A number in the format of its style; each distinct one is worked out once."""
        key = (style, value)
        text = self.known.get(key)
        if text is None:
            text = self.known[key] = self._number(value, style)
        return text

    def _number(self, value: str, style: int) -> str:
        form = self.formats[style] if 0 <= style < len(self.formats) else PLAIN
        if form.kind == "plain" and _WHOLE.fullmatch(value):
            return str(int(value))
        try:
            number = float(value)
        except ValueError:
            return clean_text(value)
        if not math.isfinite(number):
            return value
        if form.kind == "date" or form.kind == "time":
            return self._moment(number, form)
        return _elapsed(number) if form.kind == "elapsed" else _figure(number, form)

    def _moment(self, serial: float, form: Format) -> str:
        """A date, a date with its time, or a time of day alone."""
        if not 0 <= serial < _LAST_SERIAL:
            return faulty("cell_date_outside", _plain(serial))
        days, seconds = divmod(round(serial * _DAY), _DAY)
        clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        if form.kind == "time" and days == 0:
            return clock
        return f"{self._date(days)} {clock}" if form.clock or seconds else self._date(days)

    def _date(self, days: int) -> str:
        if self.from_1904:
            return (_FROM_1904 + timedelta(days=days)).strftime("%Y-%m-%d")
        if days in (0, _NO_SUCH_LEAP_DAY):  # what Excel shows is in no calendar
            return "1900-02-29" if days else "1900-01-00"
        start = _FROM_1900 if days > _NO_SUCH_LEAP_DAY else _BEFORE_MARCH_1900
        return (start + timedelta(days=days)).strftime("%Y-%m-%d")

    def _iso(self, value: str) -> str:
        """A date stored in ISO 8601, in the same shape as the others."""
        found = _ISO.fullmatch(value.strip())
        if found is None:
            return clean_text(value)
        time = found["time"] or ""
        time = f"{time}:00" if time.count(":") == 1 else time
        if found["date"] and time == "00:00:00":
            time = ""
        return " ".join(filter(None, (found["date"], time)))


def _elapsed(number: float) -> str:
    if not 0 <= number < _LAST_SERIAL:
        return faulty("cell_date_outside", _plain(number))
    seconds = round(number * _DAY)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _figure(number: float, form: Format) -> str:
    """A number in digits; one whose digits are not certain is none."""
    if form.kind == "scientific" and number:
        return faulty("cell_digits_lost", f"{number:.5E}")
    if abs(number) >= _FIRST_UNCERTAIN:
        return faulty("cell_digits_lost", f"{number:.5E}")
    if not number.is_integer():
        return _plain(number)
    whole = int(number)
    fitting = (pattern for pattern in form.padded if pattern.holds(whole))
    pattern = next(fitting, None) if whole >= 0 else None
    return pattern.shown(whole) if pattern else str(whole)


def _plain(number: float) -> str:
    """The shortest digits that mean the number, never in powers of ten.

    >>> _plain(0.1), _plain(1e-07), _plain(-3.0)
    ('0.1', '0.0000001', '-3')
    """
    return str(int(number)) if number.is_integer() else format(Decimal(repr(number)), "f")
