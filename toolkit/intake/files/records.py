"""From text to records, each with the row a spreadsheet shows and the line it starts on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.errors import InputError, Problem

SEPARATORS = (",", "\t", ";")
WHITESPACE = "whitespace"
_HEAD_LINES = 30
_LONGEST_HEAD = 1024 * 1024
_NAMED = {"comma": ",", "tab": "\t", "\\t": "\t", "semicolon": ";"}


class Record(NamedTuple):
    """One record: its fields, or the code of what broke it."""

    row: int
    line: int
    fields: list[str]
    fault: str | None = None

    @property
    def blank(self) -> bool:
        """Whether nothing but white space stands in it."""
        fields = self.fields
        if fields and fields[0].strip():
            return False
        return self.fault is None and not any(map(str.strip, fields))


def separators(text: str, header_row: int = 1) -> list[str]:
    """The separators a text may have, the likeliest first: by the header line, outside quotes.

    Those the header line lacks follow by the line, of the first ones, that holds most of them.

    >>> separators("a;b;c")[0], separators("a")[0], separators('"a;b",c')[0]
    (';', ',', ',')
    """
    lines = text[:_LONGEST_HEAD].lstrip("\r\n").split("\n", max(header_row, _HEAD_LINES))
    heads = ["".join(line.split('"')[::2]) for line in lines[: max(header_row, _HEAD_LINES)]]
    header = heads[min(header_row, len(heads)) - 1]

    def likelihood(separator: str) -> tuple[int, int]:
        return header.count(separator), max(head.count(separator) for head in heads)

    return sorted(SEPARATORS, key=likelihood, reverse=True)


def named_separator(separator: str) -> str:
    """The separator meant by a mapping: a character, or comma, tab, semicolon, whitespace."""
    return _NAMED.get(separator, separator)


def records(text: str, separator: str, name: str) -> Iterator[Record]:
    """Every record of a text in order, blank ones included.

    Raises:
        InputError: a quote that is never closed; the problem names the row that opens it.
    """
    if separator == WHITESPACE:
        return _by_white_space(text)
    return _by_separator(text, separator, name)


def _by_white_space(text: str) -> Iterator[Record]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        yield Record(row=number, line=number, fields=line.split())


def _by_separator(text: str, separator: str, name: str) -> Iterator[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    row = 0
    while True:
        row, line = row + 1, reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if _never_closed(error, reader.line_num - line):
                problem = Problem(code="quote_not_closed", file=name, row=row, line=line)
                raise InputError("file_refused", [problem]) from None
            code = "field_too_long" if "limit" in str(error) else "quote_misplaced"
            yield Record(row=row, line=line, fields=[], fault=code)
            continue
        yield Record(row=row, line=line, fields=fields)


def _never_closed(error: csv.Error, further_lines: int) -> bool:
    """A fault found on a later line than the record's first: an open quote swallowed lines."""
    return further_lines > 0 or "unexpected end of data" in str(error)
