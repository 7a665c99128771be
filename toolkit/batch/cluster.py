"""Machines of a Dask cluster: an existing scheduler is joined, its workers looked at, then used."""

from __future__ import annotations

import contextlib
import logging
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from toolkit.batch.likeness import Look, check_alike, look
from toolkit.deliverables.options import Options
from toolkit.errors import ToolkitError, UsageError
from toolkit.lock import LEDGER

CONNECT_SECONDS = 10
_SHAPE = re.compile(r"(?:(?:tcp|tls)://)?(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+):[0-9]{1,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A scheduler that was joined; ``name`` is this batch's own, ``slots`` how many at once."""

    client: Any
    name: str
    slots: int


def check_address(address: str) -> None:
    """Refuse an address that is none of a scheduler.

    Raises:
        UsageError: not of the form ``tcp://host:port`` or ``tls://host:port``.
    """
    if not _SHAPE.fullmatch(address):
        raise UsageError("cluster_shape")


@contextlib.contextmanager
def joined(address: str) -> Iterator[Cluster]:
    """The cluster of a scheduler, for as long as a batch runs.

    Raises:
        ToolkitError: nobody answers at the address, or the scheduler has no worker.
        UsageError: the address is none, or the library is not installed.
    """
    check_address(address)
    try:
        from distributed import Client
    except ImportError as error:
        params = {"extra": "cluster", "option": "--scheduler"}
        raise UsageError("extra_missing", params=params) from error
    with _quiet():
        try:
            client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False, name="toolkit")
        except (OSError, ValueError, RuntimeError) as error:
            raise ToolkitError("cluster_unreachable", params={"address": address}) from error
        try:
            slots = sum(client.nthreads().values())
            if not slots:
                raise ToolkitError("cluster_no_worker", params={"address": address})
            yield Cluster(client=client, name=f"toolkit-{uuid.uuid4().hex}", slots=slots)
        finally:
            client.close(timeout=CONNECT_SECONDS)


def check_workers(
    cluster: Cluster, options: Options, clients: Sequence[Path], out: Path | None
) -> None:
    """Look whether all workers have what this machine has, and see the same folders.

    Args:
        cluster: joined.
        options: how the reports are made.
        clients: folders of clients.
        out: the folder of the reports, None where they go to a store.

    Raises:
        ToolkitError: a worker differs, or does not see a folder.
    """
    given = [one for one in (options.method, options.theme, options.notebook) if one]
    paths = [str(one.resolve()) for one in (*clients, *given)]
    with _mark(out, cluster.name) as mark:
        if mark is not None:
            paths.append(str(mark.resolve()))
        asked = Look(options=resolved(options), paths=tuple(paths))
        there = cluster.client.run(look, asked, on_error="return")
        check_alike(look(asked), there)


def resolved(options: Options) -> Options:
    """The same with whole paths, for processes that run in other folders."""
    names = ("method", "theme", "notebook")
    paths = {name: getattr(options, name) for name in names}
    return replace(options, **{name: one.resolve() for name, one in paths.items() if one})


@contextlib.contextmanager
def _mark(out: Path | None, name: str) -> Iterator[Path | None]:
    """A file in the folder of the reports: who sees it sees the very same folder."""
    if out is None:
        yield None
        return
    path = out / LEDGER / name
    path.touch()
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """What happens to the cluster is told in the reader's language, not by its own log."""
    log = logging.getLogger("distributed")
    level = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        log.setLevel(level)
