"""A client as a lesson sees it: its diagnosis, and the rows it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit import resources
from toolkit.errors import UsageError
from toolkit.method import load_method
from toolkit.words import Words

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.diagnosis.document import Diagnosis
    from toolkit.intake.case import Case

HIDDEN = "_"
"""Columns that begin so are the reader's own: file, row, cancelled, repeated."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClientFirm:
    """A diagnosed client; ``case`` holds its rows, None where only the result is at hand."""

    diagnosis: Diagnosis = field(repr=False)
    case: Case | None = field(default=None, repr=False)

    def number(self, key: str) -> float | None:
        """The value of a fact; None where it is unknown or is no number."""
        fact = self.diagnosis.facts.get(key)
        return fact.number if fact is not None and fact.known else None

    def rows(self, kind: str) -> pd.DataFrame | None:
        """Accepted rows of a table in canonical columns; None where it was not delivered.

        Cancelled orders are left out, as in every figure; totals that repeat on the lines of
        one order are left in, as they were delivered.
        """
        table = None if self.case is None else self.case.tables.get(kind)
        if table is None:
            return None
        frame = table.frame
        if "_cancelled" in frame:
            frame = frame[~frame["_cancelled"].astype(bool)]
        shown = [name for name in frame.columns if not str(name).startswith(HIDDEN)]
        return frame[shown].reset_index(drop=True)

    def objects(self) -> Mapping[str, object]:
        """The framework objects of the client."""
        return self.diagnosis.objects


def shipped(record: Mapping[str, Any], book: Words) -> ClientFirm:
    """The client a lesson names: ``dataset = "aoba_shop"``."""
    return dataset(record["dataset"])


@cache
def dataset(name: str) -> ClientFirm:
    """A shipped client by its name, diagnosed once for every lesson that asks for it."""
    return open_client(resources.folder("datasets") / name)


def own(source: object, book: Words) -> ClientFirm:
    """The learner's own client: a ClientFirm as ``opened`` has made it.

    Raises:
        UsageError: framework objects alone do not make a client.
    """
    if isinstance(source, ClientFirm):
        return source
    raise UsageError("lesson_source_client", params={"type": type(source).__name__})


def opened(source: object) -> object:
    """What a learner hands over: a folder becomes a client, as does a diagnosis.

    Mappings of framework objects stay as they are.

    Raises:
        UsageError: it is none of these, or there is no such client.
        InputError: a file of the folder cannot be used.
    """
    from toolkit.diagnosis.document import Diagnosis

    if isinstance(source, str | Path):
        return open_client(source)
    if isinstance(source, Diagnosis):
        return ClientFirm(diagnosis=source)
    if isinstance(source, Mapping | ClientFirm):
        return source
    if isinstance(getattr(source, "objects", None), Mapping):
        return source.objects  # type: ignore[attr-defined]  # whatever shows objects by name
    raise UsageError("lesson_source", params={"type": type(source).__name__})


def mapping(source: object) -> Mapping[str, object]:
    """Framework objects by name, as a learner hands them over.

    Raises:
        UsageError: it is no mapping.
    """
    if isinstance(source, Mapping):
        return source
    raise UsageError("lesson_source", params={"type": type(source).__name__})


def open_client(folder: str | Path) -> ClientFirm:
    """Read and diagnose a client's folder; nothing is written.

    Raises:
        UsageError: there is no such client.
        InputError: a file of it cannot be used.
    """
    from toolkit.diagnosis.diagnose import client_folder, diagnose_case
    from toolkit.intake.case import load_case

    method = load_method()
    case = load_case(client_folder(folder), method=method)
    return ClientFirm(diagnosis=diagnose_case(case, method), case=case)
