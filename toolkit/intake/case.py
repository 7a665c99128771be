"""A client's case: profile, tables, and the health of what was handed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import InputError, Problem
from toolkit.intake.files.paths import shown_path
from toolkit.intake.mappings.discovery import Found, discover
from toolkit.intake.notes import Note
from toolkit.intake.persons.customer_key import read_salt
from toolkit.intake.persons.matching import match_customers
from toolkit.intake.persons.persons import Matches
from toolkit.intake.profiles.edit import Edit
from toolkit.intake.profiles.edits import edits_file, examine_edits
from toolkit.intake.profiles.profile import Profile, examine_profile, profile_files
from toolkit.intake.quarantine import quarantine_frame
from toolkit.intake.rows.staff import answers_without_names, staff_codes, without_names
from toolkit.intake.setting import Setting, make_setting, today
from toolkit.intake.table import SourceFile, Table, Typed, read_typed, settled_table
from toolkit.method import Method
from toolkit.store import sha256_file

if TYPE_CHECKING:
    from pandas import DataFrame


UNRECOGNISED = "unrecognised"
MOST_FILES_COMPARED = 8
Rate = dict[str, str | int | float]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableHealth:
    """How well one table was delivered: files, rows by fate, notes, share filled by column.

    ``kind`` is ``unrecognised`` for files that are no table we know. ``system`` and ``status``
    are those of the adapter, ``headers`` the file's headers of each column, ``match_rates`` the
    share of this table's customers that another table has.
    """

    kind: str
    files: tuple[str, ...]
    encoding: str | None = None
    rows_total: int = 0
    rows_accepted: int = 0
    rows_quarantined: int = 0
    rows_deduplicated: int = 0
    rows_dropped: int = 0
    rows_cancelled: int = 0
    notes: tuple[Note, ...] = ()
    warnings: tuple[Note, ...] = ()
    completeness: Mapping[str, float]
    unused: tuple[str, ...] = ()
    system: str | None = None
    status: str | None = None
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    match_rates: tuple[Mapping[str, str | int | float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """A file that was read: its path in the client's folder, hash, rows below the header."""

    file: str
    sha256: str
    rows: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything known of a client before measuring.

    ``run_date`` is the day of the diagnosis, ``as_of`` the latest fact of the past in the data
    (else the run date); ``quarantined`` has a row per fault; ``matches`` are the customers who were
    taken for one person, and those who were not; ``notes`` concern the whole case; ``edits`` are
    the consultant's own words.
    """

    folder: Path
    profile: Profile
    tables: Mapping[str, Table]
    run_date: date
    as_of: date
    health: tuple[TableHealth, ...]
    inputs: tuple[InputFile, ...]
    quarantined: DataFrame
    personal_columns: int
    matches: Matches | None = None
    notes: tuple[Note, ...] = ()
    edits: tuple[Edit, ...] = ()


def load_case(
    folder: Path, *, method: Method, as_of: date | None = None, lang: str | None = None
) -> Case:
    """Read a client's folder.

    Args:
        folder: holds client.yaml, data/, mappings/ and edits.yaml.
        method: its columns and questions say what may be delivered and answered.
        as_of: the run date; by default that of client.yaml, else today in the client's zone.
        lang: replaces the language of client.yaml.

    Raises:
        InputError: with every fault of the profile, the edits and every file.
        UsageError: a mapping is wrong.
    """
    folder = Path(folder)
    reading = examine_profile(folder, method)
    profile = reading.profile or Profile(client_id="", company_name="")
    profile = replace(profile, lang=lang) if lang else profile
    run_date = as_of or profile.as_of or today(profile.timezone)
    salt, salted = read_salt(folder, profile.client_id)
    setting = replace(
        make_setting(method, folder, run_date, currency=profile.currency, salt=salt),
        zone=profile.timezone,
        tax=profile.tax,
    )
    found, written = discover(folder, setting), examine_edits(folder, method)
    problems = [*reading.problems, *written.problems, *found.problems]
    setting = replace(setting, apart=_systems_apart(found))
    tables, absent, matches = _tables(found, setting, problems)
    if problems:
        raise InputError("client_refused", problems)
    if profile.staff_names == "hide":
        said = (*profile.answers, *profile.other_answers)
        codes = staff_codes(tables, setting.kinds, said, method)
        tables = without_names(tables, setting.kinds, codes)
        given = (profile.answers, profile.other_answers)
        coded, others = (answers_without_names(some, codes, method) for some in given)
        profile = replace(profile, answers=coded, other_answers=others)
    return Case(
        folder=folder,
        profile=profile,
        tables=tables,
        run_date=run_date,
        as_of=_as_of(tables.values(), setting),
        health=_health(tables, absent, found),
        matches=matches,
        inputs=_inputs(folder, tables),
        quarantined=quarantine_frame(tables.values()),
        personal_columns=sum(table.personal for table in tables.values()),
        notes=(*reading.notes, *(() if salted else (Note(code="no_salt"),))),
        edits=written.edits,
    )


def _tables(
    found: Found, setting: Setting, problems: list[Problem]
) -> tuple[dict[str, Table], dict[str, tuple[SourceFile, ...]], Matches | None]:
    """Tables by kind, the files of those without a single row, and who is one person."""
    typed: dict[str, Typed] = {}
    faults: dict[str, Sequence[Problem]] = {}
    for name, kind in setting.kinds.items():
        if name not in found.sources:
            continue
        try:
            typed[name] = read_typed(found.sources[name], kind, setting)
        except InputError as error:
            faults[name] = error.problems
    matches = match_customers([work for one in typed.values() for work in one.works], setting)
    tables: dict[str, Table] = {}
    absent: dict[str, tuple[SourceFile, ...]] = {}
    for name, one in typed.items():
        table = settled_table(one, setting)
        if not table.report.rows_total:
            absent[name] = one.sources
        elif table.report.refused:
            faults[name] = table.report.problems
        else:
            tables[name] = table
    problems += [problem for name in setting.kinds for problem in faults.get(name, ())]
    return tables, absent, matches


def _systems_apart(found: Found) -> bool:
    """Whether orders come from more than one place, so that equal ids may be two people."""
    places = {
        source.mapping.system if source.mapping else None
        for source in found.sources.get("orders", ())
    }
    return len(places) > 1


def _as_of(tables: Iterable[Table], setting: Setting) -> date:
    """The latest accepted date of the past in any table, else the run date."""
    latest = []
    for table in tables:
        for name, column in setting.kinds[table.kind].columns.items():
            if column.type == "date" and not column.future and name in table.frame:
                day = table.frame[name].max()
                if day == day:  # NaT where the column is blank throughout
                    latest.append(day.date())
    return max(latest, default=setting.run_date)


def _health(
    tables: Mapping[str, Table],
    absent: Mapping[str, tuple[SourceFile, ...]],
    found: Found,
) -> tuple[TableHealth, ...]:
    rates = match_rates(tables)
    health = [_health_of(table, rates.get(table.kind, ())) for table in tables.values()]
    health += [
        TableHealth(
            kind=kind,
            files=tuple(source.name for source in sources),
            notes=(Note(code="no_rows"),),
            completeness={},
        )
        for kind, sources in absent.items()
    ]
    if found.unrecognised:
        listed = Note(code=UNRECOGNISED, count=len(found.unrecognised))
        health.append(
            TableHealth(
                kind=UNRECOGNISED, files=found.unrecognised, notes=(listed,), completeness={}
            )
        )
    return tuple(health)


def _health_of(table: Table, rates: tuple[Rate, ...]) -> TableHealth:
    report = table.report
    system, status = table.systems[0] if len(table.systems) == 1 else (None, None)
    return TableHealth(
        kind=table.kind,
        files=tuple(file.name for file in table.files),
        encoding=report.encoding,
        rows_total=report.rows_total or 0,
        rows_accepted=report.rows_accepted or 0,
        rows_quarantined=report.rows_quarantined or 0,
        rows_deduplicated=report.rows_deduplicated or 0,
        rows_dropped=report.rows_dropped or 0,
        rows_cancelled=report.rows_cancelled or 0,
        notes=report.notes,
        warnings=report.warnings,
        completeness=table.completeness,
        unused=table.unused,
        system=system,
        status=status,
        headers=table.headers,
        match_rates=rates,
    )


def match_rates(tables: Mapping[str, Table]) -> dict[str, tuple[Rate, ...]]:
    """By table: for each file, how many of its customers every other file has.

    Records of ``file``, ``other``, ``keys``, ``keys_found`` and ``key_share``. Where there are
    many files, those of other tables only, each table under its first file.
    """
    keyed = [one for one in tables.values() if "customer_id" in one.frame]
    few = sum(len(one.files) for one in keyed) <= MOST_FILES_COMPARED
    customers = {one.kind: _customers(one, few) for one in keyed}
    others = {name: keys for found in customers.values() for name, keys in found.items()}
    return {kind: tuple(_rates(mine, others)) for kind, mine in customers.items()}


def _rates(mine: Mapping[str, set[str]], others: Mapping[str, set[str]]) -> Iterator[Rate]:
    for file, keys in mine.items():
        for other, theirs in others.items():
            if other != file and keys:
                both = len(keys & theirs)
                found: Rate = {"file": file, "other": other}
                found |= {"keys": len(keys), "keys_found": both, "key_share": both / len(keys)}
                yield found


def _customers(table: Table, by_file: bool) -> dict[str, set[str]]:
    """The customers of each file, or of a whole table under its first one."""
    frame = table.frame.dropna(subset=["customer_id"])
    if not by_file:
        return {table.files[0].name: set(frame["customer_id"])}
    return {str(name): set(part) for name, part in frame.groupby("_file")["customer_id"]}


def _inputs(folder: Path, tables: Mapping[str, Table]) -> tuple[InputFile, ...]:
    """Every file the case rests on, with its hash."""
    counts = {file.name: file for table in tables.values() for file in table.files}
    paths = {path.name: path for path in (*profile_files(folder), *edits_file(folder))}
    paths |= {name: counts[name].path for name in sorted(counts)}
    for path in sorted((folder / "mappings").glob("*.toml")):
        paths[shown_path(path, folder)] = path
    for table in tables.values():
        paths |= {shown_path(path, folder): path for path in table.joined}
    return tuple(
        InputFile(
            file=name,
            sha256=sha256_file(path),
            rows=counts[name].rows if name in counts else None,
        )
        for name, path in paths.items()
    )
