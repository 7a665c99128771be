"""Inputs that change while they are read, and a database that goes away."""

from __future__ import annotations

import sys
from pathlib import Path

import planted
import pytest
from ordinary_rights import no_rights_of_root

sys.path.insert(0, str(Path(__file__).parents[1]))
from postgresql_server import SERVER_PASSWORD, Cut, served

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc"),
]
MAPPING = """
table = "orders"
source = "postgresql://postgres@127.0.0.1:{port}/shop"
query = "SELECT order_id, customer_id, order_date, amount FROM orders ORDER BY order_id"
[columns]
order_id = "order_id"
customer_id = "customer_id"
order_date = "order_date"
amount = "amount"
"""
IN_MID_READ = 200_000
"""Bytes of an answer after which the connection breaks; the whole answer has more."""


@pytest.fixture
def ways():
    """A server with orders; a way to it that breaks once, and one that always does."""
    with served() as server:
        server.run(
            """CREATE TABLE orders AS SELECT 'N' || i AS order_id, 'C' || i % 400 AS customer_id,
            date '2025-10-01' + i % 360 AS order_date, 1000 + i AS amount
            FROM generate_series(1, 20000) AS i"""
        )
        once, always = Cut(server.port, [IN_MID_READ], True), Cut(server.port, [IN_MID_READ], False)
        yield once, always
        once.close()
        always.close()


@pytest.fixture
def locked_away():
    """Let files and folders be read by nobody; what was locked is opened again in the end."""
    places = []

    def lock(place):
        place.chmod(0)
        places.append(place)

    yield lock
    for place in reversed(places):
        place.chmod(0o755)


def test_inputs_that_are_no_good(batch_of, ways, locked_away):
    """Changed while they are read, behind a connection that drops, or not to be read at all.

    Read again with what they hold now; what never comes to rest or comes back is told, and the
    others are done.
    """
    batch = batch_of([f"c{number:02}" for number in range(8)])
    batch.environment["TOOLKIT_DB_PASSWORD"] = SERVER_PASSWORD
    batch.plant("c01", planted.CHANGED.format(always=False), late=True)
    batch.plant("c02", planted.CHANGED.format(always=True), late=True)
    for name, way in zip(("c03", "c04"), ways, strict=True):
        (batch.clients / name / "mappings").mkdir()
        text = MAPPING.format(port=way.port)
        (batch.clients / name / "mappings" / "orders.toml").write_text(text, encoding="utf-8")
    for place in ("c05", "c06/data", "c07/data/orders.csv"):
        locked_away(batch.clients / place)
    for name in ("c03", "c04", "c06", "c07"):
        batch.plant(name, planted.READS_BY_TOOLKIT)
    code, screen = batch.run(limit=no_rights_of_root)
    found = batch.check(code)
    refused = dict.fromkeys(("c04", "c05", "c06", "c07"), "refused")
    done = dict.fromkeys(("c00", "c01", "c03"), "done")
    assert found == {**done, "c02": "failed", **refused}, screen
    reasons = {name: one["reason"] for name, one in batch.outcomes().items()}
    assert "changed" in reasons["c02"]
    assert "broke while reading" in reasons["c04"]
    for name in ("c05", "c06", "c07"):
        assert "cannot be opened" in reasons[name], reasons[name]
    once, always = ways
    assert once.connections == 2
    assert always.connections > 2
    assert SERVER_PASSWORD not in screen
    for name in ("c05", "c06/data", "c07/data/orders.csv"):
        (batch.clients / name).chmod(0o755)
    resumed = batch.resume()
    assert batch.outcomes()["c01"]["status"] == "unchanged"
    for name in ("c01", "c02"):
        now = (batch.clients / name / "data" / "orders.csv").read_bytes()
        assert resumed[f"{name}/evidence/orders.csv"] == now
