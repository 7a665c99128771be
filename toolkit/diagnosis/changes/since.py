"""A diagnosis beside the client's kept months: what changed, and which edits want reading again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.diagnosis.changes.compare import changes_since
from toolkit.diagnosis.changes.history import History, read_history, read_kept
from toolkit.diagnosis.reread import reread, written_now, written_then
from toolkit.errors import InputError, Problem

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis
    from toolkit.diagnosis.edits import AppliedEdit


def since_last_time(diagnosis: Diagnosis, client: Path) -> Diagnosis:
    """The diagnosis with its changes since the last month kept in a client's folder.

    Raises:
        InputError: ``history_refused``, a kept month cannot be read.
    """
    run_date = date.fromisoformat(diagnosis.run_date)
    history = read_history(client, str(diagnosis.client["client_id"]), run_date)
    if history.last is None:
        return diagnosis
    edits = _read_again(diagnosis, history)
    return replace(diagnosis, changes=changes_since(diagnosis, history), edits=edits)


def _read_again(diagnosis: Diagnosis, history: History) -> tuple[AppliedEdit, ...]:
    if not diagnosis.edits:
        return ()
    problems: list[Problem] = []
    written = [read_kept(one, written_then, problems, None) for one in history.kept]
    if problems:
        raise InputError("history_refused", problems)
    return reread(written_now(diagnosis), written)
