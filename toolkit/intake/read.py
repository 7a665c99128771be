"""Reading one file on its own, as ``toolkit read`` does: nothing is raised but wrong usage."""

from __future__ import annotations

import difflib
from dataclasses import replace
from datetime import date
from pathlib import Path

from toolkit.errors import InputError, Problem, UsageError
from toolkit.intake.adapters.adapter import Part
from toolkit.intake.client_setting import client_setting, folder_of
from toolkit.intake.files.paths import shown_path
from toolkit.intake.mappings.mapping import TableMapping
from toolkit.intake.mappings.mapping_file import load_mapping
from toolkit.intake.mappings.recognising import Recognised, parts_of, recognise
from toolkit.intake.profiles.client_list import read_client_list
from toolkit.intake.profiles.profile import examine_profile
from toolkit.intake.report import ReadReport, refused
from toolkit.intake.setting import Setting
from toolkit.intake.table import SourceFile, read_table
from toolkit.method import Method

PROFILE, CLIENTS = "profile", "clients"


def read_file(
    path: Path,
    kind: str,
    *,
    method: Method,
    mapping: Path | None = None,
    as_of: date | None = None,
) -> ReadReport:
    """Read a file as a kind of table, a profile or a list of clients.

    Args:
        path: the file.
        kind: orders and the other tables, ``profile`` or ``clients``.
        method: its columns and questions say what may stand in it.
        mapping: how its columns become canonical ones.
        as_of: the run date, by default today.

    Raises:
        UsageError: the kind or the mapping is wrong.
    """
    if kind == PROFILE:
        return _profile(path, method)
    setting = client_setting(folder_of(path), path.absolute().parent, method, as_of)
    if kind == CLIENTS:
        return read_client_list(path, setting)
    if kind not in setting.kinds:
        names = (*setting.kinds, PROFILE, CLIENTS)
        near = difflib.get_close_matches(kind, names, n=1, cutoff=0.0)
        params = {"kind": kind, "near": near[0], "kinds": ", ".join(names)}
        raise UsageError("kind_unknown", params=params)
    return _table(path, kind, setting, mapping)


def _profile(path: Path, method: Method) -> ReadReport:
    reading = examine_profile(path, method)
    return ReadReport(
        kind=PROFILE,
        refused=reading.profile is None,
        values=reading.values,
        encoding=reading.encoding,
        notes=reading.notes,
        problems=reading.problems,
        rows_total=None,
        rows_accepted=None,
        rows_quarantined=None,
        rows_deduplicated=None,
        rows_dropped=None,
        rows_cancelled=None,
    )


def _table(path: Path, kind: str, setting: Setting, mapping: Path | None) -> ReadReport:
    try:
        sources = _mapped(path, kind, setting, mapping) if mapping else _known(path, kind, setting)
        return read_table(sources, setting.kinds[kind], setting).report
    except InputError as error:
        return refused(kind, error.problems)


def _mapped(path: Path, kind: str, setting: Setting, mapping: Path) -> list[SourceFile]:
    mapped = load_mapping(mapping, setting.kinds)
    if mapped.table != kind:
        params = {"table": mapped.table, "kind": kind}
        problem = Problem(code="mapping_other_table", file=mapped.name, key="table", params=params)
        raise UsageError("mapping_wrong", [problem])
    return [SourceFile(path=path, name=path.name, mapping=mapped)]


def _known(path: Path, kind: str, setting: Setting) -> list[SourceFile]:
    """The file as the export of a system we know, else as a table with canonical headers."""
    adapters = tuple(one for one in setting.adapters if one.table == kind)
    looking = replace(setting, adapters=adapters, kinds={kind: setting.kinds[kind]})
    try:
        found = recognise(path, path.name, looking)
    except InputError:
        found = []
    if not found:
        return [SourceFile(path=path, name=path.name)]
    return [
        SourceFile(path=one.path, name=one.name, mapping=_adapted(one, setting), sheet=one.sheet)
        for one in found
    ]


def _adapted(one: Recognised, setting: Setting) -> TableMapping | None:
    if one.adapter is None:
        return None
    return one.adapter.mapping(one.header, _beside(one, setting))


def _beside(one: Recognised, setting: Setting) -> dict[str, Part]:
    """The parts of an export that lie in the same folder."""
    wanted = one.adapter.parts if one.adapter else ()
    adapters = tuple(part for part in setting.adapters if part.id in wanted)
    if not adapters:
        return {}
    looking = replace(setting, adapters=adapters, kinds={})
    found: list[Recognised] = []
    for path in sorted(one.path.parent.iterdir()):
        if path.is_file() and path != one.path:
            try:
                found += recognise(path, shown_path(path, setting.folder), looking)
            except InputError:  # a file that cannot be read is no part of this one
                continue
    return parts_of(found)
