"""Days of a client's tables as a learner's pandas reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def days(column: pd.Series[Any]) -> pd.Series[Any]:
    """The day of each moment; blank where the client's table is blank.

    Intake has read every date already: one that could not be read is not among the accepted rows.
    """
    import pandas as pd

    return pd.to_datetime(column, format="mixed").dt.floor("D")


def months(column: pd.Series[Any]) -> pd.Series[Any]:
    """The month of each moment, YYYY-MM."""
    found: pd.Series[Any] = days(column).dt.strftime("%Y-%m")
    return found
