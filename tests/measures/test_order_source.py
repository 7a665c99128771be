"""Summaries straight from Parquet, Arrow or a relation: the same figures as from frames."""

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from toolkit.errors import UsageError
from toolkit.measures.order_source import summarise_orders
from toolkit.measures.summaries import OF_ORDERS, summarise

PLACES = ["file_name", "row_no"]


def _orders(n=300, *, timed=False, lines=True):
    rng = np.random.default_rng(3)
    order = rng.integers(0, n // 2, n) if lines else np.arange(n)
    stamps = pd.Timestamp("2024-06-01") + pd.to_timedelta(order % 200, unit="D")
    if timed:
        stamps = stamps + pd.to_timedelta(order * 7919 % 86400, unit="s")
    return pd.DataFrame(
        {
            "order_id": [f"R{one:05d}" for one in order],
            "line_no": [str(one) for one in range(n)],
            "customer_id": [None if one % 13 == 0 else f"c{one % 29}" for one in order],
            "order_date": stamps,
            "amount": rng.integers(1, 90, n) * 10.0,
            "product": [f"p{one}" for one in rng.integers(0, 4, n)],
            "quantity": 1.0,
        }
    )


@pytest.fixture
def parquet(tmp_path):
    def write(frame, name="orders.parquet", *, dates=True):
        table = pa.Table.from_pandas(frame, preserve_index=False)
        if dates:
            place = table.column_names.index("order_date")
            days = table["order_date"].cast(pa.date32())
            table = table.set_column(place, "order_date", days)
        path = tmp_path / name
        with duckdb.connect() as connection:
            connection.register("t", table)
            quoted = str(path).replace("'", "''")
            connection.execute(f"COPY t TO '{quoted}' (FORMAT parquet)")
        return path

    return write


def _core(frame, name):
    """The columns that do not speak of a file."""
    columns = [one for one in frame.columns if one not in PLACES]
    if name == "customers":
        columns = [one for one in columns if one not in ("first_channel", "first_product")]
    return frame[columns]


@pytest.mark.parametrize("lines", [True, False])
@pytest.mark.parametrize("timed", [True, False])
def test_parquet_gives_what_frames_give(make_case, parquet, lines, timed):
    frame = _orders(timed=timed, lines=lines)
    path = parquet(frame, dates=not timed)
    found = summarise_orders(path, OF_ORDERS)
    expected = summarise(make_case("2025-03-31", orders=frame))
    assert list(found) == list(OF_ORDERS)
    for name in OF_ORDERS:
        one, other = _core(found[name], name), _core(getattr(expected, name), name)
        pd.testing.assert_frame_equal(one, other, check_dtype=False)
    orders = found["orders"]
    first = frame.drop_duplicates("order_id").set_index("order_id")
    assert orders["file_name"].str.endswith("orders.parquet").all()
    assert (
        orders["row_no"] == first.loc[orders["order_id"], "line_no"].astype(int).array + 2
    ).all()


def test_every_kind_of_source_gives_the_same(parquet):
    frame = _orders()
    half = len(frame) // 2
    whole = parquet(frame, "o'rders.parquet")
    parts = [parquet(frame[:half], "a.parquet"), parquet(frame[half:], "b.parquet")]
    expected = summarise_orders(whole)["customers"]
    arrow = pa.Table.from_pandas(frame, preserve_index=False)
    with duckdb.connect() as connection:
        connection.register("given", arrow)
        relation = connection.sql("SELECT * FROM given")
        for source in (parts, frame, arrow, relation):
            found = summarise_orders(source)["customers"]
            pd.testing.assert_frame_equal(found, expected)


def test_cancelled_and_repeated_rows_and_guests(parquet):
    rows = [
        ("o1", "a", 100.0, False, False),
        ("o1", "a", 100.0, False, True),
        ("o2", "a", 900.0, True, False),
        ("o3", "", 50.0, False, False),
    ]
    names = ["order_id", "customer_id", "amount", "_cancelled", "_repeated"]
    frame = pd.DataFrame(rows, columns=names).assign(order_date=pd.Timestamp("2025-01-01"))
    made = summarise_orders(parquet(frame), ["orders", "customers"])
    assert made["orders"]["order_id"].tolist() == ["o1", "o3"]
    (one,) = made["customers"].itertuples(index=False)
    assert (one.customer_id, one.order_count, one.amount) == ("a", 1, 100)


def test_of_two_orders_on_the_first_day_the_smaller_id_is_the_first(parquet):
    rows = [(f"o{place:03d}", f"c{place % 7}", 10.0) for place in reversed(range(70))]
    frame = pd.DataFrame(rows, columns=["order_id", "customer_id", "amount"])
    made = summarise_orders(parquet(frame.assign(order_date=pd.Timestamp("2025-01-01"))))
    found = made["customers"]["first_order_id"].tolist()
    assert found == [f"o{customer:03d}" for customer in range(7)]


def test_what_cannot_be_summarised_is_refused(parquet):
    frame = _orders(20)
    with pytest.raises(UsageError) as missing:
        summarise_orders(parquet(frame.drop(columns=["amount", "order_id"])))
    assert [one.column for one in missing.value.problems] == ["order_id", "amount"]
    text = frame.assign(order_date="2025-01-01")
    with pytest.raises(UsageError) as typed:
        summarise_orders(text)
    assert typed.value.problems[0].code == "orders_no_date"
    zoned = frame.assign(order_date=frame["order_date"].dt.tz_localize("Asia/Tokyo"))
    with pytest.raises(UsageError):
        summarise_orders(zoned)
