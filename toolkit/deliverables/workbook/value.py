"""The value of a card's formula over the evidence rows, worked out without a spreadsheet."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from toolkit.deliverables.workbook.formula import Call, Column, Name, Number, Part, Table, Term
from toolkit.measures.concentration import top_count

if TYPE_CHECKING:
    import numpy
    import pandas

ARITHMETIC: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}


def value_of(
    part: Part, frames: Mapping[str, pandas.DataFrame], names: Mapping[str, Any]
) -> float | None:
    """A figure recomputed from the rows; None where rows or columns it needs are not there.

    Args:
        part: the formula.
        frames: evidence by table, days as day numbers of a spreadsheet.
        names: the days and the breakdown of the figure by name.
    """
    try:
        found = float(_value(part, frames, names))
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    return found if abs(found) < float("inf") else None  # not for a figure that is no number


def _value(part: Part, frames: Mapping[str, Any], names: Mapping[str, Any]) -> Any:
    if isinstance(part, Number):
        return part.value
    if isinstance(part, Name):
        return names[part.name]
    if isinstance(part, Column):
        return frames[part.table][part.name].to_numpy()
    if isinstance(part, Term):
        left, right = (_value(one, frames, names) for one in (part.left, part.right))
        if part.operator == "/" and float(right) == 0:
            raise ZeroDivisionError
        return ARITHMETIC[part.operator](left, right)
    if isinstance(part, Call):
        return _called(part, frames, names)
    raise ValueError(part)


def _called(call: Call, frames: Mapping[str, Any], names: Mapping[str, Any]) -> Any:
    import numpy as np

    kept = None
    for term in call.where:
        met = np.asarray(_value(term, frames, names), dtype=bool)
        kept = met if kept is None else kept & met
    if call.name == "rows":
        assert isinstance(call.of[0], Table)
        return len(frames[call.of[0].name]) if kept is None else int(kept.sum())
    columns = [
        _floats(_value(one, frames, names), kept)
        for one in call.of
        if not isinstance(one, Number | Column) or _there(one, frames)
    ]
    if not columns:
        raise KeyError(call.name)
    if call.name == "sum":
        return sum(float(np.nansum(column)) for column in columns)
    return _single(call, columns, frames)


def _there(part: Number | Column, frames: Mapping[str, Any]) -> bool:
    return isinstance(part, Column) and part.name in frames.get(part.table, ())


def _floats(values: Any, kept: Any) -> Any:
    import numpy as np
    import pandas as pd

    if values.dtype == object:
        return values if kept is None else values[kept]
    found = pd.Series(values).to_numpy(dtype=float, na_value=np.nan)
    return found if kept is None else found[kept]


def _single(call: Call, columns: list[Any], frames: Mapping[str, Any]) -> float:
    """What a function of one or two columns gives; blanks are no values."""
    import numpy as np
    import pandas as pd

    first = columns[0]
    if call.name == "product":
        return float(np.nansum(first * columns[1]))
    if call.name == "most_of":
        return float(pd.Series(first).groupby(columns[1]).sum().max())
    known = first[~np.isnan(first)]
    if call.name == "top":
        assert isinstance(call.of[1], Number)
        count = top_count(float(call.of[1].value), len(first))
        return float(np.sort(known)[::-1][:count].sum())
    if call.name == "gini":
        return _gini(known)
    if not len(known):
        raise ValueError(call.name)
    found = {"mean": known.mean, "median": lambda: np.median(known), "most": known.max}
    return float(found[call.name]())


def _gini(amounts: numpy.ndarray[Any, Any]) -> float:
    import numpy as np

    n, total = len(amounts), float(amounts.sum())
    rank = np.arange(1, n + 1)
    return float(((2 * rank - n - 1) * np.sort(amounts)).sum()) / (n * total)
