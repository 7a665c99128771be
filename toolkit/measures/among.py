"""Which texts of a column are among those of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas


def among(
    column: pandas.Series[str], others: pandas.Series[str] | pandas.Index[str]
) -> pandas.Series[bool]:
    """``column.isin(others)``, in Arrow throughout: pandas makes an object of every text.

    A missing value is among others of which one is missing.

    >>> import pandas as pd
    >>> among(pd.Series(["a", "b", None]), pd.Series(["b", "c"])).tolist()
    [False, True, False]
    """
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    if not (column.dtype == "str" and others.dtype == "str"):
        return column.isin(others)
    own = pa.array(column)
    found = pc.is_in(own, value_set=pa.array(others).cast(own.type))
    return pd.Series(found.to_numpy(zero_copy_only=False), index=column.index, name=column.name)
