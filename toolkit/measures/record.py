"""What measuring gives: facts, the series that charts draw, and the rows behind the figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.facts import Fact

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A small table for one picture; at most 2,000 rows, values plain and without NaN.

    >>> Series(id="f_curve", columns=("step", "rate"), units=("count", "share"), rows=((1, 1.0),))
    Series(id='f_curve', columns=('step', 'rate'), units=('count', 'share'), rows=((1, 1.0),))
    """

    id: str
    columns: tuple[str, ...]
    units: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def to_frame(self) -> pandas.DataFrame:
        """The series as a tidy frame."""
        import pandas as pd

        return pd.DataFrame(list(self.rows), columns=list(self.columns))


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """All facts of the cards, the series, and evidence frames by table."""

    facts: tuple[Fact, ...]
    series: tuple[Series, ...]
    evidence: Mapping[str, pandas.DataFrame]
