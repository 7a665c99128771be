"""What can go wrong, as data: codes and places, never sentences (those are in content/words)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault in what was handed over, with its place.

    ``code`` names the sentence and its fix in ``content/words/<lang>/errors.toml``;
    ``value`` is None where the column is personal. ``row`` counts as a spreadsheet does
    (first record of the file is 1), ``line`` is the physical line, ``sheet`` that of a workbook.
    """

    code: str
    file: str | None = None
    row: int | None = None
    line: int | None = None
    column: str | None = None
    key: str | None = None
    value: str | None = None
    sheet: str | None = None
    params: Mapping[str, str] = field(default_factory=dict)


class ToolkitError(Exception):
    """Base of all errors a user can mend; picklable, carries a code and what fills its sentence.

    Args:
        code: entry of ``errors`` in the words.
        problems: every fault found, not only the first.
        params: what fills the placeholders of the sentence.
    """

    exit_code = 1

    def __init__(
        self,
        code: str,
        problems: Iterable[Problem] = (),
        params: Mapping[str, str] | None = None,
    ) -> None:
        self.code = code
        self.problems = tuple(problems)
        self.params = dict(params or {})
        super().__init__(code, self.problems, self.params)


class InputError(ToolkitError):
    """A client's files cannot be used as they are; ``problems`` lists each fault."""


class MethodError(ToolkitError):
    """A content file or a firm's overlay is wrong; ``problems`` give file and line."""

    exit_code = 2


class OutputError(ToolkitError):
    """An output could not be made or written whole."""


class UsageError(ToolkitError):
    """A command or a call was used wrongly."""

    exit_code = 2


class LockedError(ToolkitError):
    """Another process that lives is at work in the same place."""

    exit_code = 75
