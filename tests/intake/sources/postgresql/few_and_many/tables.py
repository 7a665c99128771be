"""The two tables of the server, one of few rows and one of many."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

ROWS = 20_000
MANY = "SELECT * FROM many ORDER BY id"
TOKYO = ZoneInfo("Asia/Tokyo")


def one(table: pa.Table) -> Any:
    assert table.num_rows == 1
    return table.column(0)[0].as_py()
