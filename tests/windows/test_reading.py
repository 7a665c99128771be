"""Reading files as Windows lets us: nothing stays mapped, time zones come from our own data."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import pytest

from toolkit.intake.files.parquet import read_parquet
from toolkit.intake.values.typed import _moments


@pytest.mark.parametrize(("platform", "mapped"), [("linux", True), ("win32", False)])
def test_a_parquet_file_can_be_replaced_once_it_is_read(tmp_path, monkeypatch, platform, mapped):
    import pyarrow as pa
    from pyarrow import parquet

    parquet.write_table(pa.table({"amount": [1, 2]}), tmp_path / "orders.parquet")
    asked = []
    real = parquet.read_table

    def read(path, *, memory_map):
        asked.append(memory_map)
        return real(path, memory_map=memory_map)

    monkeypatch.setattr(parquet, "read_table", read)
    monkeypatch.setattr(sys, "platform", platform)
    assert read_parquet(tmp_path / "orders.parquet", "orders.parquet").header == ("amount",)
    assert asked == [mapped]


@pytest.mark.parametrize("own", ["UTC", "Europe/London", "+09:00"])
def test_times_of_another_zone_without_the_zones_of_arrow(monkeypatch, own):
    """Arrow looks for a database of zones that a Windows does not have."""
    import pyarrow as pa
    import pyarrow.compute as pc

    def missing(*_, **__):
        raise pa.ArrowInvalid("Timezone database not found")

    for name in ("local_timestamp", "assume_timezone", "strftime"):
        monkeypatch.setattr(pc, name, missing)
    late = datetime(2026, 3, 31, 15, 30, tzinfo=UTC)
    cells = pa.array([late, None], pa.timestamp("ns", tz=own))
    assert _moments(cells, "Asia/Tokyo").to_pylist() == [datetime(2026, 4, 1, 0, 30), None]
    assert _moments(cells, "America/New_York").to_pylist()[0] == datetime(2026, 3, 31, 11, 30)
