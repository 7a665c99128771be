"""The summaries of a client made in its database: rows stay there, sums and counts come here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import Problem, UsageError
from toolkit.intake.mappings.columns import table_kinds
from toolkit.intake.persons.customer_key import read_salt
from toolkit.intake.profiles.profile import Profile, read_profile
from toolkit.intake.setting import today
from toolkit.intake.sources.session import Session, SourceFault
from toolkit.intake.sources.source import again
from toolkit.measures.databases.counted import Crossed, RowCounts, refuse_bad, row_counts
from toolkit.measures.databases.delivered import DELIVERED, MADE
from toolkit.measures.databases.door import through_the_door
from toolkit.measures.databases.engine import Engine
from toolkit.measures.databases.places import (
    OpenDatabase,
    Place,
    engine_of,
    engines,
    given_places,
    mapped_places,
    told,
)
from toolkit.measures.databases.statement import counts_statement, summary_statement
from toolkit.measures.databases.typed import Delivery, check
from toolkit.method import load_method

if TYPE_CHECKING:
    import pandas
    import pyarrow

STATEMENT_SECONDS = 1800.0
AT_A_ROW_EACH = ("orders",)
"""Summaries as long as the table itself: they stay in the database unless they are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InDatabase:
    """A client's summaries made where its tables lie.

    ``summaries`` are frames as ``summarise`` makes them of files (columns in ``sql/*.sql``,
    customers under their keys); ``counts`` tells what became of the rows of each table,
    ``crossed`` what came over the wire, and ``salted`` whether the client has a salt of its own.
    """

    client_id: str
    run_date: date
    as_of: date
    summaries: Mapping[str, pandas.DataFrame]
    counts: tuple[RowCounts, ...]
    crossed: tuple[Crossed, ...]
    salted: bool


def summarise_in_database(
    client: str | Path,
    at: OpenDatabase | None = None,
    *,
    names: Sequence[str] | None = None,
    as_of: date | None = None,
) -> InDatabase:
    """Make the summaries of a client in its database.

    Args:
        client: the client's folder; its profile gives zone and date, its salt the keys.
        at: a session that is open already; by default the databases that the mappings name.
        names: which summaries; by default all that can be made, but for ``orders``, which has a
            row for each order.
        as_of: the run date; by default that of client.yaml, else today in the client's zone.

    Returns:
        Summaries, counts of rows, and what crossed. A table without a row has no summary.

    Raises:
        InputError: the profile is wrong, a database cannot be read, or too many rows are bad.
        UsageError: a mapping or a query cannot be used, or there is no such summary.
    """
    folder = Path(client)
    method = load_method()
    profile = read_profile(folder, method)
    kinds = table_kinds(method)
    places = mapped_places(folder, kinds) if at is None else given_places(at, kinds)
    places.sort(key=lambda one: list(DELIVERED).index(one.table))
    wanted = _wanted(names, places)
    salt, salted = read_salt(folder, profile.client_id)
    run_date = as_of or profile.as_of or today(profile.timezone)
    task = _Task(profile=profile, run_date=run_date, salt=salt, salted=salted, wanted=wanted)
    session = Session(zone=profile.timezone, statement_seconds=STATEMENT_SECONDS)
    try:
        if at is not None:
            return _made(task, places, {None: engine_of(at.session)})
        return again(lambda: _connected(task, places, folder, session), session)
    except SourceFault as fault:
        raise told(fault, places) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """What is made, and of whom."""

    profile: Profile
    run_date: date
    salt: bytes
    salted: bool
    wanted: tuple[str, ...]

    @property
    def read(self) -> tuple[str, ...]:
        """What is read: where customers were counted, their ids too, so that spellings show."""
        counted = any("customers" in MADE[name].reads for name in self.wanted)
        return tuple(one for one in MADE if one in self.wanted or (counted and one == "customers"))


@dataclass(slots=True, kw_only=True)
class _Read:
    """What was read so far, statement by statement."""

    crossed: list[Crossed] = field(default_factory=list)

    def read(self, name: str, engine: Engine, query: str) -> pyarrow.Table:
        table = engine.read(query)
        self.crossed.append(Crossed(name=name, rows=table.num_rows, bytes=table.nbytes))
        return table


def _wanted(names: Sequence[str] | None, places: Iterable[Place]) -> tuple[str, ...]:
    """The summaries asked for, or all that the tables give and that are no rows themselves."""
    tables = [one.table for one in places]
    if not tables:
        raise UsageError("database_nothing")
    if names is None:
        return tuple(
            name for name, one in MADE.items() if one.table in tables and name not in AT_A_ROW_EACH
        )
    problems = [
        Problem(code="database_summary", key=name, params={"known": ", ".join(MADE)})
        for name in names
        if name not in MADE or MADE[name].table not in tables
    ]
    if problems:
        raise UsageError("database_columns", problems)
    return tuple(name for name in MADE if name in names)


def _connected(task: _Task, places: list[Place], folder: Path, session: Session) -> InDatabase:
    with engines(places, folder, session) as found:
        return _made(task, places, found)


def _made(task: _Task, places: list[Place], found: Mapping[str | None, Engine]) -> InDatabase:
    """Counts of all tables first: they say which day the figures are of."""
    done = _Read()
    at = {one.table: found[one.source] for one in places}
    deliveries = {one.table: _delivery(one, at[one.table], task) for one in places}
    counts = {table: _counted(one, at[table], done) for table, one in deliveries.items()}
    refuse_bad(counts.values(), {one.table: one.name for one in places})
    as_of = max((one.last_day for one in counts.values() if one.last_day), default=task.run_date)
    summaries = {}
    for name in task.read:
        table = MADE[name].table
        if counts[table].rows_total:
            delivery = replace(deliveries[table], as_of=as_of)
            query = summary_statement(name, delivery, at[table].dialect)
            made = done.read(name, at[table], query)
            summaries[name] = through_the_door(name, made, task.salt, timed=delivery.timed)
    summaries = {name: frame for name, frame in summaries.items() if name in task.wanted}
    return InDatabase(
        client_id=task.profile.client_id,
        run_date=task.run_date,
        as_of=as_of,
        summaries=summaries,
        counts=tuple(counts.values()),
        crossed=tuple(done.crossed),
        salted=task.salted,
    )


def _delivery(place: Place, engine: Engine, task: _Task) -> Delivery:
    made = Delivery(
        table=place.table,
        query=place.query,
        kinds=engine.kinds(place.query),
        run_date=task.run_date,
        as_of=task.run_date,
        zone=task.profile.timezone,
        rules=place.rules,
        hidden=("actor",) if task.profile.staff_names == "hide" else (),
    )
    check(made, place.name)
    return made


def _counted(delivery: Delivery, engine: Engine, done: _Read) -> RowCounts:
    query = counts_statement(delivery, engine.dialect)
    return row_counts(delivery, done.read(f"{delivery.table}: rows", engine, query))
