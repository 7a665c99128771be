"""What is made once for a client is handed out so that nobody spoils it for the next."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from toolkit.measures.among import among
from toolkit.measures.kept import kept


def test_a_column_set_by_one_reader_is_not_seen_by_the_next() -> None:
    made: list[int] = []

    @kept
    def frame(s: Any, months: int) -> tuple[pd.DataFrame, str]:
        made.append(months)
        return pd.DataFrame({"a": [1, 2]}), "why"

    firm: Any = SimpleNamespace(kept={})
    first, _ = frame(firm, 3)
    first["a"] = 0
    first.loc[0, "a"] = 9
    again, why = frame(firm, 3)
    frame(firm, 4)
    assert (again["a"].tolist(), why, made) == ([1, 2], "why", [3, 4])


@pytest.mark.parametrize("others", [["b", "c"], ["b", None], [], ["b", "b"]])
def test_among_is_isin(others: list[str | None]) -> None:
    column = pd.Series(["a", "b", None, "b"], index=[3, 1, 2, 0], name="x", dtype="str")
    other = pd.Series(others, dtype="str")
    pd.testing.assert_series_equal(among(column, other), column.isin(other))
    pd.testing.assert_series_equal(among(column, pd.Index(other)), column.isin(pd.Index(other)))
