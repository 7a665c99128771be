"""A column of text to a column of values: plain cells at once, odd texts each once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from toolkit.intake.mappings.columns import ColumnType
from toolkit.intake.values.cells import Parser, Unreadable, fault_of, is_blank

if TYPE_CHECKING:
    import numpy
    import pyarrow

PlainReader = Callable[["pyarrow.Array"], "tuple[pyarrow.Array, int] | None"]
NUMBERS = ("money", "number", "minutes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How one column is read.

    ``parse`` reads any text; ``plain``, where there is one, reads a whole column of the cells
    that are written as the column's values themselves (null for all others), and
    counts those it rewrote: both must agree. ``within`` tells which typed values the parser
    would take; ``serials`` that a whole column of dates is numbers of days, as Excel keeps them.
    """

    type: ColumnType
    parse: Parser
    plain: PlainReader | None = None
    within: Callable[[pyarrow.Array], pyarrow.Array] | None = None
    serials: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bad:
    """A cell that could not be read: its index in the column, and why."""

    index: int
    code: str
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A column after reading: values (null where blank or bad), how many were rewritten."""

    values: pyarrow.Array
    normalised: int = 0
    bad: tuple[Bad, ...] = field(default=())


def convert(cells: pyarrow.Array, reader: Reader) -> Converted:
    """Read a column of text.

    Args:
        cells: an Arrow array of strings without nulls; blank is the empty text or white space.
        reader: how its texts become values.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    plain = reader.plain(cells) if reader.plain else None
    values, rewrote = plain or (pa.nulls(len(cells), arrow_type(reader.type)), 0)
    odd = pc.and_(pc.is_null(values), pc.greater(pc.binary_length(cells), 0))
    places = np.flatnonzero(odd.to_numpy(zero_copy_only=False))
    if not len(places):
        return Converted(values=values, normalised=rewrote)
    every = len(places) == len(cells)
    texts = (cells if every else cells.take(pa.array(places))).dictionary_encode()
    known, rewritten, faults = _parsed(texts.dictionary.to_pylist(), reader.parse)
    found = pa.array(known, arrow_type(reader.type), from_pandas=False).take(texts.indices)
    numbers = texts.indices.to_numpy(zero_copy_only=False)
    return Converted(
        values=found if every else pc.replace_with_mask(values, odd, found),
        normalised=rewrote + int(rewritten[numbers].sum()),
        bad=_bad(places, numbers, faults),
    )


def _parsed(
    texts: list[str], parse: Parser
) -> tuple[list[Any], numpy.ndarray[Any, Any], dict[int, Unreadable]]:
    """Values of distinct texts, which of them were rewritten, and which could not be read."""
    import numpy as np

    values: list[Any] = [None] * len(texts)
    rewritten = np.zeros(len(texts), dtype=bool)
    faults: dict[int, Unreadable] = {}
    for number, text in enumerate(texts):
        if is_blank(text):
            continue
        fault = fault_of(text)
        if fault is not None:
            faults[number] = Unreadable(fault[0])
            continue
        try:
            values[number], rewritten[number] = parse(text)
        except Unreadable as error:
            faults[number] = error
    return values, rewritten, faults


def _bad(places: Any, numbers: Any, faults: Mapping[int, Unreadable]) -> tuple[Bad, ...]:
    if not faults:
        return ()
    import numpy as np

    wrong = np.flatnonzero(np.isin(numbers, list(faults)))
    return tuple(
        Bad(index=int(places[at]), code=fault.code, params=fault.params)
        for at in wrong
        for fault in (faults[int(numbers[at])],)
    )


def arrow_type(column_type: ColumnType) -> pyarrow.DataType:
    """The Arrow type of a column's values."""
    import pyarrow as pa

    if column_type in NUMBERS:
        return pa.float64()
    if column_type == "date":
        return pa.timestamp("us")
    return pa.bool_() if column_type == "flag" else pa.string()
