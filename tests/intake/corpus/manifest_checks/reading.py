"""An entry of the corpus as it is read, and further ways to read it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from manifest_checks.entries import KINDS, RUN_DATE, named, path_of
from manifest_checks.runs import Run
from toolkit.intake.read import read_file
from toolkit.intake.report import ReadReport
from toolkit.intake.setting import make_setting
from toolkit.intake.table import SourceFile, Table, read_table
from toolkit.method import load_method
from toolkit.words import words


@cache
def report_of(identity: str) -> ReadReport:
    entry = named(identity)
    return read_file(path_of(entry), KINDS[entry["kind"]], method=load_method(), as_of=RUN_DATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """An entry as this process reads it, and further ways to read it."""

    entry: Mapping[str, Any]
    run: Callable[[], Run]
    watched: Callable[[], list[str]]
    folder: Path

    @property
    def path(self) -> Path:
        return path_of(self.entry)

    @property
    def report(self) -> ReadReport:
        return report_of(self.entry["id"])

    @property
    def problems(self) -> list[dict[str, Any]]:
        return self.document("en")["problems"]

    def document(self, lang: str) -> dict[str, Any]:
        return self.report.to_dict(words(load_method(), lang))

    def table(self) -> Table:
        setting = make_setting(load_method(), self.path.parent, RUN_DATE)
        source = SourceFile(path=self.path, name=self.path.name)
        return read_table([source], setting.kinds[self.report.kind], setting)

    def cells(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.path.read_text(encoding="utf-8"))))

    def written(self) -> dict[str, Any]:
        """A profile as it was written, by the plainest reader of YAML."""
        return yaml.load(self.path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
