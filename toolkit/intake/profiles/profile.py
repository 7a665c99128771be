"""A client's profile and answers, from client.yaml and the hearing sheets beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from toolkit.errors import InputError, Problem
from toolkit.facts import Fact
from toolkit.intake.notes import Note
from toolkit.intake.profiles.answer import CLIENT_FILE, Answer
from toolkit.intake.profiles.answer_facts import facts_of_answers
from toolkit.intake.profiles.answer_values import UNKNOWN
from toolkit.intake.profiles.answers import FIELDS as ASKED
from toolkit.intake.profiles.hearing_rows import files_of
from toolkit.intake.profiles.merging import merged
from toolkit.intake.profiles.profile_actions import Agreed
from toolkit.intake.profiles.profile_source import (
    ProfileSource,
    folder_id,
    is_sheet,
    joined_fields,
    read_source,
)
from toolkit.method import Method

FILE = CLIENT_FILE


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Who the client is and what was answered; what was not given is None.

    ``thresholds`` are the client's own targets by name, ``suppress`` the reason by rule,
    ``actions`` what was agreed of the action of a rule,
    ``compliance`` the state by item, ``staff_names`` show or hide. ``answers`` are those that
    stand, one to a question or item; ``other_answers`` gave way to them or to one of the
    ``disputed_checks`` of the law.
    """

    client_id: str
    company_name: str
    industry: str | None = None
    model: str | None = None
    stage: str | None = None
    currency: str = "JPY"
    timezone: str = "Asia/Tokyo"
    tax: str = "unknown"
    fiscal_year_start: int | None = None
    lang: str | None = None
    as_of: date | None = None
    answers: tuple[Answer, ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=dict)
    suppress: Mapping[str, str] = field(default_factory=dict)
    compliance: Mapping[str, str] = field(default_factory=dict)
    actions: Mapping[str, Agreed] = field(default_factory=dict)
    staff_names: str = "show"
    other_answers: tuple[Answer, ...] = ()
    disputed_checks: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileReading:
    """A profile as read: itself where it is whole, the given values, notes and faults."""

    profile: Profile | None
    values: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()
    encoding: str | None = None


def read_profile(path: Path, method: Method) -> Profile:
    """The profile in a client's folder, or in a file.

    Raises:
        InputError: with every fault of the files, each with its place.
    """
    reading = examine_profile(path, method)
    if reading.profile is None:
        raise InputError("profile_refused", reading.problems)
    return reading.profile


def profile_files(folder: Path) -> tuple[Path, ...]:
    """client.yaml and the hearing sheets in a client's folder, in the order in which they count."""
    own = [folder / FILE] if (folder / FILE).is_file() else []
    return (*own, *files_of(folder))


def answer_facts(profile: Profile, method: Method) -> list[Fact]:
    """The answers as facts, one unknown fact for each question not asked."""
    return facts_of_answers(profile.answers, method)


def said_of(profile: Profile, method: Method) -> tuple[Answer, ...]:
    """Every answer as the document keeps it: those that stand, then those that gave way."""
    return (*profile.answers, *profile.disputed_checks, *profile.other_answers)


def examine_profile(path: Path, method: Method) -> ProfileReading:
    """Read a profile without raising: what it says and what is wrong with it.

    Args:
        path: a client's folder with client.yaml, hearing sheets or both; or one such file.
        method: its questions say what may be answered.
    """
    files = profile_files(path) if path.is_dir() else (path,)
    sources: list[ProfileSource] = []
    problems: list[Problem] = []
    named = len(files) > 1
    for file in files or (path / FILE,):
        try:
            sources.append(read_source(file, method, others=named))
        except InputError as error:
            problems += error.problems
    if problems:
        return ProfileReading(profile=None, problems=tuple(problems))
    values, differing = joined_fields(sources)
    problems += [problem for source in sources for problem in source.problems]
    problems += differing
    if sources and is_sheet(files[0]) and "client_id" not in values:
        values["client_id"] = folder_id(files[0])
        if values["client_id"] is None:
            problems.append(Problem(code="key_missing", file=files[0].name, key="client_id"))
    values |= _answered(sources, method)
    if named and "company_name" not in values and not problems:
        problems.append(_nameless(sources[0]))
    given = {key: value for key, value in values.items() if value not in (None, UNKNOWN)}
    return ProfileReading(
        profile=None if problems else Profile(**given),
        values=_shown_values(given),
        notes=tuple(note for source in sources for note in source.notes),
        problems=tuple(problems),
        encoding=sources[0].encoding,
    )


def _nameless(source: ProfileSource) -> Problem:
    """No file says the company's name: told at the place where it belongs."""
    node = source.places.get("company_name")
    code = "key_missing" if node is None else "company_name_blank"
    line = None if node is None else node.line
    return Problem(code=code, file=source.file, line=line, key="company_name")


def _answered(sources: list[ProfileSource], method: Method) -> dict[str, Any]:
    """Answers and lists of all files: which stand, and what model and stage they say."""
    used, others = merged((part for one in sources for part in one.givings), method)
    checked, unchecked = merged((part for one in sources for part in one.compliance), method)
    found: dict[str, Any] = {"answers": used}
    if others or unchecked:
        found["other_answers"] = (*others, *unchecked)
    for name in ASKED:
        said = next((one.value for one in used if one.question == f"q.pla.{name}"), None)
        if said is not None:
            found[name] = said
    if checked:
        found["compliance"] = {one.question: str(one.value) for one in checked}
        gave_way = {one.question for one in unchecked}
        found["disputed_checks"] = tuple(one for one in checked if one.question in gave_way)
    for source in sources:
        found |= source.lists
    return found


def _shown_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as ``read --json`` prints them."""
    plain = {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in values.items()
        if key not in ("actions", "answers", "other_answers", "disputed_checks")
    }
    if values.get("actions"):
        plain["actions"] = {code: one.stated() for code, one in values["actions"].items()}
    if values.get("answers"):
        plain["answers"] = {
            f"{one.question}[item={one.item}]" if one.item else one.question: one.value
            for one in values["answers"]
        }
    return plain
