"""keep: this month's diagnosis.json filed under the client's history/, the only writer there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from toolkit.diagnosis.changes.history import FOLDER, WRONG
from toolkit.diagnosis.changes.month import month_from
from toolkit.diagnosis.diagnose import client_folder
from toolkit.errors import InputError, OutputError, UsageError
from toolkit.intake.profiles.profile import examine_profile
from toolkit.method import Method
from toolkit.store import whole_files, write_bytes

DIAGNOSIS = "diagnosis.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """Where a month was filed, and whether it was new there, the same, or took another's place."""

    path: Path
    run_date: str
    how: Literal["filed", "same", "replaced"]


def keep(folder: str | Path, client: str | Path, method: Method) -> Filed:
    """File a run's diagnosis.json as ``history/<run_date>.json`` of its client.

    Evidence is not kept. The file of the same day is replaced, and ``how`` says so; no other is
    touched. What is filed is what the manifest lists, byte by byte.

    Args:
        folder: the client's output folder, or its parent.
        client: the client's folder, or its id under ``./clients``.
        method: its questions say how the client's profile is read.

    Raises:
        UsageError: there is no diagnosis in the folder, it is not whole by its manifest, or it is
            another client's.
        InputError: the client's own profile cannot be read.
        OutputError: the folder cannot be written.
    """
    home = client_folder(client)
    client_id = _client_id(home, method)
    source = _place(Path(folder), client_id) / DIAGNOSIS
    data = source.read_bytes()
    run_date = _run_date(source, data, client_id)
    target = home / FOLDER / f"{run_date}.json"
    before = target.read_bytes() if target.is_file() else None
    if before == data:
        return Filed(path=target, run_date=run_date, how="same")
    try:
        write_bytes(target, data)
    except OSError as error:
        raise OutputError("cannot_write", params={"folder": str(target.parent)}) from error
    return Filed(path=target, run_date=run_date, how="filed" if before is None else "replaced")


def _client_id(home: Path, method: Method) -> str:
    """The client's id; answers that only a firm's method knows do not stand in the way."""
    reading = examine_profile(home, method)
    found = reading.profile.client_id if reading.profile else reading.values.get("client_id")
    if not found:
        raise InputError("profile_refused", reading.problems)
    return str(found)


def _place(folder: Path, client_id: str) -> Path:
    """The folder itself or the client's within it, its diagnosis listed and whole."""
    for place in (folder, folder / client_id):
        if (place / DIAGNOSIS).is_file():
            if not _whole(place):
                raise UsageError("keep_not_whole", params={"folder": str(place)})
            return place
    raise UsageError("no_diagnosis", params={"file": str(folder), "detail": DIAGNOSIS})


def _whole(place: Path) -> bool:
    try:
        return whole_files(place).get(DIAGNOSIS) is True
    except WRONG:  # a manifest that is none lists nothing
        return False


def _run_date(source: Path, data: bytes, client_id: str) -> str:
    try:
        month = month_from(json.loads(data))
        date.fromisoformat(month.run_date)  # it becomes the name of a file
    except WRONG as error:
        given = {"file": source.name, "detail": type(error).__name__}
        raise UsageError("no_diagnosis", params=given) from error
    if month.client_id != client_id:
        raise UsageError("keep_foreign", params={"other": month.client_id, "client": client_id})
    return month.run_date
