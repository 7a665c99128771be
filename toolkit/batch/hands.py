"""Who does the work of a batch, and how much at once: this machine, or those of a cluster."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

from toolkit.batch.crew import WARM, Crew, Event, HeadStart, engine_of, make_crew
from toolkit.batch.shelf import Shelf
from toolkit.deliverables.options import Options


@dataclass(frozen=True, slots=True, kw_only=True)
class Hired:
    """Whom to ask for: so many ``jobs`` at once (None: all there is), which engine, where."""

    options: Options
    settings: str
    shelf: Shelf
    engine: str | None = None
    jobs: int | None = None
    scheduler: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """A crew to be made, again if it is lost; ``overseen`` ends what takes too long itself."""

    crew_of: Callable[[Queue[Event]], Crew]
    jobs: int
    overseen: bool = False


@contextlib.contextmanager
def head_start(hired: Hired, certain: bool) -> Iterator[HeadStart | None]:
    """Where there is certain to be work for forks here: their parent, warming up from now on."""
    if not certain or hired.scheduler is not None or engine_of(hired.engine) != WARM:
        yield None
        return
    with contextlib.closing(HeadStart(_method(hired))) as begun:
        yield begun


def _method(hired: Hired) -> str | None:
    return str(hired.options.method.resolve()) if hired.options.method else None


@contextlib.contextmanager
def hire(hired: Hired, clients: Sequence[Path], begun: HeadStart | None = None) -> Iterator[Hands]:
    """Hands for the work on some clients' folders; none are asked for where there is no work.

    Raises:
        ToolkitError: the scheduler is not to be reached, or a worker is not like this machine.
        UsageError: its address is none, or a library is missing.
    """
    if hired.scheduler is None or not clients:
        method, engine = _method(hired), engine_of(hired.engine)
        yield Hands(
            crew_of=lambda events: make_crew(engine, events, method, begun),
            jobs=hired.jobs or cpus(),
        )
        return
    from toolkit.batch.cluster import check_workers, joined, resolved
    from toolkit.batch.cluster_crew import ClusterCrew
    from toolkit.batch.host import Common

    with joined(hired.scheduler) as cluster:
        check_workers(
            cluster, hired.options, clients, None if hired.shelf.store else hired.shelf.home
        )
        common = Common(
            batch=cluster.name,
            settings=hired.settings,
            options=resolved(hired.options),
            engine=hired.engine,
        )
        yield Hands(
            crew_of=lambda events: ClusterCrew(events, cluster, common),
            jobs=min(hired.jobs or cluster.slots, cluster.slots),
            overseen=True,
        )


def cpus() -> int:
    """How many CPUs this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
