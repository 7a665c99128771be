"""What a proposal answers: its headers, its questions, and the file read through its mapping."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

from toolkit.intake.mappings.mapping_file import mapping_of
from toolkit.intake.proposals.proposal import Proposal
from toolkit.intake.proposals.toml import mapping_text
from toolkit.intake.report import ReadReport
from toolkit.intake.setting import Setting
from toolkit.intake.table import SourceFile, Table, read_table
from toolkit.words import words

Look = Callable[..., Proposal]


def headers(proposal: Proposal) -> dict[str, str]:
    """The header of each column that has one; an operation before its headers."""
    return {
        one.column: one.header
        if one.source.operation == "column"
        else f"{one.source.operation}: {one.header}"
        for one in proposal.columns
    }


def asked(proposal: Proposal) -> dict[str, tuple[str, tuple[str, ...], bool]]:
    return {one.column: (one.reason, one.headers, one.required) for one in proposal.unclear}


def table_through(proposal: Proposal, path: Path, setting: Setting) -> Table:
    """The file read through the text of its proposed mapping."""
    text = mapping_text(proposal, "data/x.csv", words(setting.method, "ja"))
    mapping = mapping_of(tomllib.loads(text), "m.toml", setting.kinds)
    source = SourceFile(path=path, name=path.name, mapping=mapping)
    return read_table([source], setting.kinds[proposal.kind], setting)


def read_through(proposal: Proposal, path: Path, setting: Setting) -> ReadReport:
    return table_through(proposal, path, setting).report
