"""What a batch writes down: one small interface, kept in a file or on a server."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Protocol

from toolkit.batch.hashes import Hashes
from toolkit.batch.ledger import Known, State, open_ledger
from toolkit.batch.shelf import Shelf
from toolkit.lock import locked

BATCH = "batch"


class Journal(Protocol):
    """Attempts, written down before they start and ended once; and what is known of files."""

    def begin(self, client_id: str, input_key: str) -> int:
        """Write down that an attempt starts, before it does."""

    def end(self, attempt: int, state: State, reason: str | None = None) -> bool:
        """Write down how a running attempt ended; False where it was ended already."""

    def interrupt_all(self) -> None:
        """End what a batch that died has left running."""

    def deaths(self, client_id: str, input_key: str) -> int:
        """How often the process of a client has died over these inputs."""

    def forgive(self) -> None:
        """Forget deaths."""

    def hashes(self) -> Hashes:
        """All hashes kept."""

    def keep_hashes(self, hashes: Hashes) -> None:
        """Keep those that were taken since."""

    def profiles(self) -> dict[str, Known]:
        """What is known of each client's folder."""

    def keep_profiles(self, known: Mapping[str, Known]) -> None:
        """Keep what was read of profiles."""


@contextlib.contextmanager
def open_journal(shelf: Shelf, server: str | None) -> Iterator[Journal]:
    """The journal of a place of reports, held for this batch alone.

    Args:
        shelf: the place.
        server: address of a PostgreSQL database, None for a file beside the reports.

    Raises:
        LockedError: another batch is at work in the same place.
        OutputError: it cannot be written.
        ToolkitError: the server cannot be reached.
        UsageError: the address of the server is none.
    """
    with locked(shelf.home, BATCH):
        if server:
            from toolkit.batch.ledger_server import open_server_ledger

            with open_server_ledger(server, shelf.address) as ledger:
                yield ledger
            return
        with open_ledger(shelf.home) as ledger:
            yield ledger
