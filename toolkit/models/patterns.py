"""Histories of purchase: equal ones are counted once, with how many customers have them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.errors import UsageError

if TYPE_CHECKING:
    import numpy
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[numpy.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """Distinct histories and their weights.

    Arrays of one length: repeat purchases ``x``, time from the first to the last purchase
    ``t_x``, time from the first purchase to the end of observation ``T`` (any one unit of time)
    and the number of customers ``weight``.
    """

    x: Floats
    t_x: Floats
    T: Floats
    weight: Floats

    @property
    def customers(self) -> float:
        """How many customers stand behind the patterns."""
        return float(self.weight.sum())


def histories(
    x: ArrayLike, t_x: ArrayLike, T: ArrayLike, weights: ArrayLike | None = None
) -> Patterns:
    """One pattern per customer, as given.

    Raises:
        UsageError: lengths differ, nothing is given, a value is missing or negative, ``x`` is not
            whole, ``t_x`` is beyond ``T``, or a customer without repeats has a ``t_x``.
    """
    import numpy as np

    given = [x, t_x, T, np.ones(np.shape(x)) if weights is None else weights]
    columns = [np.atleast_1d(np.asarray(one, dtype=float)) for one in given]
    first = columns[0]
    if first.ndim != 1 or not len(first) or any(one.shape != first.shape for one in columns):
        raise UsageError("model_lengths")
    for name, wrong in _faults(*columns):
        if wrong.any():
            row = str(int(np.argmax(wrong)))
            raise UsageError("model_history", params={"rule": name, "row": row})
    return Patterns(x=first, t_x=columns[1], T=columns[2], weight=columns[3])


def _faults(x: Any, t_x: Any, T: Any, weight: Any) -> list[tuple[str, Any]]:
    """Each rule of a history and where it is broken; a missing value breaks the comparison."""
    import numpy as np

    return [
        ("x ≥ 0", ~(np.isfinite(x) & (x >= 0) & (x == np.floor(x)))),
        ("0 ≤ t_x ≤ T", ~((t_x >= 0) & (t_x <= T) & np.isfinite(T))),
        ("x = 0 → t_x = 0", (x == 0) & (t_x > 0)),
        ("weights ≥ 0", ~(np.isfinite(weight) & (weight >= 0))),
    ]


def collapse(rows: Patterns) -> Patterns:
    """The distinct patterns in ascending order with summed weights: the same likelihood, sooner.

    >>> made = collapse(histories([0, 1, 0], [0, 2, 0], [4, 4, 4]))
    >>> made.x.tolist(), made.weight.tolist()
    ([0.0, 1.0], [2.0, 1.0])
    """
    import numpy as np

    code = np.zeros(len(rows.x), dtype=np.int64)
    for column in (rows.x, rows.t_x, rows.T):
        values, place = np.unique(column, return_inverse=True)
        code = code * len(values) + place
        # Ranks again after each column: a product of three counts could pass 64 bits.
        code = np.unique(code, return_inverse=True)[1]
    index = np.unique(code, return_index=True)[1]
    weight = np.bincount(code, weights=rows.weight).astype(float)
    kept = weight > 0
    index = index[kept]
    return Patterns(x=rows.x[index], t_x=rows.t_x[index], T=rows.T[index], weight=weight[kept])
