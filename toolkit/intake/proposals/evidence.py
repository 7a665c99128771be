"""What the cells of an unknown column say: which columns of a table they could be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from toolkit.intake.files.grid import Grid, as_text
from toolkit.intake.mappings.columns import Column, TableKind, header_form, is_personal
from toolkit.intake.mappings.mapping import Source
from toolkit.intake.mappings.stating import stated_unit
from toolkit.intake.persons.personal_roles import Roles, personal_roles
from toolkit.intake.setting import Setting
from toolkit.intake.values.cells import fault_of, is_blank
from toolkit.intake.values.converting import convert
from toolkit.intake.values.distinct import of_texts

if TYPE_CHECKING:
    import numpy
    import pyarrow

LARGEST_BAD_SHARE = 0.20
MOSTLY = 0.9
_BLANK_FIT = 0.3
_LONG_ID = 40
_LEADING_ZERO = re.compile(r"0\d+")
_FRACTION = re.compile(r"-?[\d,]+\.\d+")
_SHORT_DIGITS = re.compile(r"\d{1,5}")
_MONEY_MARK = re.compile(r"[¥￥円$€£]|\d,\d{3}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LARGE_AMOUNT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """How many cells of a column a parser refuses, and the code it gives most often."""

    bad: int
    code: str | None = None


@dataclass(slots=True, kw_only=True)
class Evidence:
    """The first rows of a file, asked column by column what they could be.

    ``positions`` are the columns a mapping can name: with a header, and of equal headers only the
    first, where the cells are equal too; ``twice`` are headers that stand over different cells.
    """

    grid: Grid
    kind: TableKind
    setting: Setting
    roles: Roles
    positions: tuple[int, ...] = ()
    twice: frozenset[str] = frozenset()
    _read: dict[tuple[int, tuple[Any, ...]], Read] = field(default_factory=dict)
    _text: dict[int, Text] = field(default_factory=dict)

    @property
    def header(self) -> tuple[str, ...]:
        """The file's headers."""
        return self.grid.header

    def private(self, at: int) -> bool:
        """Whether a column holds a person's data."""
        return at in self.roles.private or is_personal(self.header[at], self.setting.words)

    def text(self, at: int) -> Text:
        """A column as text, with what is known of its shape."""
        if at not in self._text:
            self._text[at] = Text(as_text(self.grid.columns[at]))
        return self._text[at]

    def read(self, at: int, column: Column) -> Read:
        """How the column's own parser takes the cells, in the unit its header states."""
        choices = tuple(column.choices)
        key = (at, (column.type, column.future, column.low, column.high, column.open, choices))
        if key not in self._read:
            self._read[key] = self._parsed(at, column)
        return self._read[key]

    def reads_as(self, at: int, kind: Any) -> bool:
        """Whether nearly all filled cells read as a type."""
        text = self.text(at)
        bad = self.read(at, Column(name="", type=kind, future=True)).bad
        return text.filled > 0 and bad <= (1 - MOSTLY) * text.filled

    def fit(self, at: int, column: Column) -> float:
        """How well the cells fit a column, from 0 (they cannot be it) to 1."""
        text = self.text(at)
        if self.private(at):
            return 0.0
        if not text.filled:
            return 0.0 if column.required else _BLANK_FIT
        bad = self.read(at, column).bad
        blank = text.rows - text.filled
        refused = bad + (blank if column.required and column.name != "customer_id" else 0)
        if bad > LARGEST_BAD_SHARE * text.filled or refused > LARGEST_BAD_SHARE * text.rows:
            return 0.0
        return _SHAPES.get(column.type, _any)(self, at, column)

    def _parsed(self, at: int, column: Column) -> Read:
        cells, header = self.grid.columns[at], self.header[at]
        source = Source(operation="column", headers=(header,))
        scale = stated_unit(header, column, source, self.setting).scale
        done = convert(as_text(cells), self.setting.reader(column, cells, None, scale))
        codes = [fault.code for fault in done.bad]
        most = max(set(codes), key=lambda code: (codes.count(code), code), default=None)
        return Read(bad=len(codes), code=most)


class Text:
    """The cells of one column as text."""

    def __init__(self, cells: pyarrow.Array) -> None:
        self.cells = cells
        self.rows = len(cells)

    @cached_property
    def blank(self) -> numpy.ndarray[Any, Any]:
        """In which rows there is nothing but white space."""
        return of_texts(self.cells, is_blank)

    @property
    def filled(self) -> int:
        """Cells that hold something."""
        return self.rows - int(self.blank.sum())

    @cached_property
    def distinct(self) -> tuple[str, ...]:
        """The different texts that are not blank, in the order in which they first occur."""
        return tuple(text for text in self.cells.unique().to_pylist() if not is_blank(text))

    @property
    def repetition(self) -> float:
        """Different texts for each filled cell: 1 where none occurs twice."""
        return len(self.distinct) / self.filled if self.filled else 0.0

    def share(self, pattern: re.Pattern[str]) -> float:
        """Share of the different texts that a pattern fits as a whole."""
        found = sum(pattern.fullmatch(text.strip()) is not None for text in self.distinct)
        return found / len(self.distinct) if self.distinct else 0.0

    def holds(self, pattern: re.Pattern[str]) -> float:
        """Share of the different texts in which a pattern occurs."""
        found = sum(pattern.search(text) is not None for text in self.distinct)
        return found / len(self.distinct) if self.distinct else 0.0


def evidence_of(grid: Grid, kind: TableKind, setting: Setting) -> Evidence:
    """The evidence of the first rows of a file."""
    evidence = Evidence(
        grid=grid, kind=kind, setting=setting, roles=personal_roles(grid.header, setting.method)
    )
    places: dict[str, list[int]] = {}
    for at, text in enumerate(grid.header):
        if not is_blank(text) and not _SURROGATE.search(text) and fault_of(text) is None:
            places.setdefault(header_form(text), []).append(at)
    twice = {form for form, found in places.items() if not _equal(evidence, found)}
    evidence.positions = tuple(found[0] for form, found in places.items() if form not in twice)
    evidence.twice = frozenset(grid.header[places[form][0]] for form in twice)
    return evidence


def _equal(evidence: Evidence, places: Sequence[int]) -> bool:
    """Whether columns under one header hold the same cells."""
    first = evidence.text(places[0]).cells
    return all(evidence.text(at).cells.equals(first) for at in places[1:])


def amounts(evidence: Evidence, positions: Sequence[int]) -> Iterator[int]:
    """Columns that by their cells alone are amounts of money: marked so, or large and varied."""
    for at in positions:
        text = evidence.text(at)
        if evidence.private(at) or not evidence.reads_as(at, "money") or _counts(evidence, at):
            continue
        values = sorted(abs(value) for value in map(_number, text.distinct) if value is not None)
        large = len(values) > 1 and values[len(values) // 2] >= _LARGE_AMOUNT
        if text.holds(_MONEY_MARK) >= 0.5 or (large and not evidence.reads_as(at, "date")):
            yield at


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _any(evidence: Evidence, at: int, column: Column) -> float:
    return 1.0


def _date(evidence: Evidence, at: int, column: Column) -> float:
    """Short numbers are days only by accident."""
    return 0.3 if evidence.text(at).share(_SHORT_DIGITS) > 0.5 else 1.0


def _id(evidence: Evidence, at: int, column: Column) -> float:
    """A key is different in each row; no id is a date, a fraction, a sentence or one for all."""
    text = evidence.text(at)
    if evidence.kind.key == (column.name,) and text.filled > 1:
        unique = text.repetition
    else:
        unique = 0.3 if len(text.distinct) == 1 and text.filled > 3 else 1.0
    fraction = text.share(_FRACTION) > 0.5
    long = sum(map(len, text.distinct)) > _LONG_ID * len(text.distinct)
    odd = fraction or long or _written_as_date(evidence, at)
    return max(0.2, unique) * (0.3 if odd else 1.0)


def _amount(evidence: Evidence, at: int, column: Column) -> float:
    """Numbers have no leading zero, and amounts of money do not count the rows."""
    text = evidence.text(at)
    if text.share(_LEADING_ZERO) > 0.1:
        return 0.2
    if column.type == "money" and _counts(evidence, at):
        return 0.3
    return 0.4 if _written_as_date(evidence, at) else 1.0


def _label(evidence: Evidence, at: int, column: Column) -> float:
    """Words to group by: fewer than rows, no date and no amount."""
    text = evidence.text(at)
    if _written_as_date(evidence, at):
        return 0.2
    few = len(text.distinct) <= max(20, text.filled // 2)
    return (1.0 if few else 0.5) * (0.6 if evidence.reads_as(at, "number") else 1.0)


def _free(evidence: Evidence, at: int, column: Column) -> float:
    return 0.3 if _written_as_date(evidence, at) else 1.0


def _written_as_date(evidence: Evidence, at: int) -> bool:
    """Dates that show: with separators, not bare digits."""
    text = evidence.text(at)
    return text.holds(re.compile(r"\d[-/.年]\d")) > 0.5 and evidence.reads_as(at, "date")


def _counts(evidence: Evidence, at: int) -> bool:
    """Whether a column only numbers the rows: 1, 2, 3 or upwards without a gap."""
    text = evidence.text(at)
    if text.filled < 3 or text.repetition < 1:
        return False
    numbers = [_number(item) for item in text.distinct]
    pairs = pairwise(numbers)
    return all(a is not None and b is not None and abs(b - a) == 1 for a, b in pairs)


_SHAPES: dict[str, Callable[[Evidence, int, Column], float]] = {
    "date": _date,
    "id": _id,
    "money": _amount,
    "number": _amount,
    "label": _label,
    "text": _free,
}
