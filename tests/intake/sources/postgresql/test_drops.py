"""Connections that break: the whole table or none, and nothing left on the server."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import closing
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest
from few_and_many.tables import MANY, ROWS
from psycopg.errors import AdminShutdown, CannotConnectNow, CrashShutdown

from toolkit.errors import Problem
from toolkit.intake.sources.postgresql import _fault
from toolkit.intake.sources.session import ConnectionLost, Session

KILOBYTES = 1000


@pytest.mark.parametrize("kilobytes", [30, 200, 500])
def test_a_connection_that_always_breaks_gives_no_table(
    refused: Callable[..., Problem], server: Any, cut: Any, paused: Any, kilobytes: int
) -> None:
    way = cut(kilobytes * KILOBYTES)
    problem = refused(MANY, server.address(way.port))
    assert (problem.code, problem.params["attempts"]) == ("source_dropped", "3")
    assert (way.connections, paused.pauses) == (3, [1.0, 4.0])


def test_a_connection_that_breaks_once_gives_the_whole_table(
    ask: Callable[..., pa.Table], server: Any, cut: Any, paused: Any
) -> None:
    way = cut(200 * KILOBYTES, then_whole=True)
    table = ask(MANY, server.address(way.port))
    assert (way.connections, paused.pauses) == (2, [1.0])
    assert table.equals(ask(MANY))
    assert table.num_rows == ROWS


def test_a_server_that_is_coming_back_is_waited_for(
    ask: Callable[..., pa.Table], server: Any, cut: Any, paused: Any
) -> None:
    """First in the middle of the rows, then during the login, then whole."""
    way = cut(200 * KILOBYTES, 10, then_whole=True)
    assert ask(MANY, server.address(way.port)).num_rows == ROWS
    assert (way.connections, paused.pauses) == (3, [1.0, 4.0])


def _ended(server: Any, until: threading.Event) -> None:
    """Ask the server to end every connection that reads rows, until told to stop."""
    ending = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE application_name = 'toolkit' AND query LIKE 'COPY%'"""
    with closing(server.connect()) as connection:
        while not until.wait(0.02):
            connection.execute(ending)


def test_a_read_that_the_server_ends_gives_no_table(
    refused: Callable[..., Problem], server: Any, paused: Any
) -> None:
    until = threading.Event()
    ending = threading.Thread(target=_ended, args=(server, until))
    ending.start()
    try:
        problem = refused("SELECT id, pg_sleep(0.01) FROM many")
    finally:
        until.set()
        ending.join()
    assert (problem.code, problem.params["attempts"]) == ("source_dropped", "3")
    assert paused.pauses == [1.0, 4.0]


@pytest.mark.parametrize("error", [AdminShutdown, CrashShutdown, CannotConnectNow])
def test_a_server_that_says_it_stops_has_dropped_the_connection(error: type[Exception]) -> None:
    """Its word may arrive before the connection is seen to be closed."""
    fault = _fault(error("stopping"), SimpleNamespace(broken=False), Session())
    assert isinstance(fault, ConnectionLost)


def test_nothing_of_a_read_is_left_on_the_server(ask: Callable[..., pa.Table], server: Any) -> None:
    ask(MANY)
    query = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'toolkit'"
    last = time.monotonic() + 10
    while server.value(query) and time.monotonic() < last:
        time.sleep(0.02)
    assert server.value(query) == 0
