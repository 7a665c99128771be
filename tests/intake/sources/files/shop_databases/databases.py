"""Where the two databases are, and what is looked at of a table and of a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa

SQLITE = "sqlite:///data/shop.db"
DUCKDB = "duckdb:///data/shop.duckdb"


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def only(table: pa.Table) -> tuple[Any, list[Any]]:
    return table.column(0).type, table.column(0).to_pylist()
