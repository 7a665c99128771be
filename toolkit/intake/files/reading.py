"""A file as a grid, by what it is and not by what it is called."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from toolkit.errors import InputError, Problem
from toolkit.intake.excel.workbook import is_workbook, read_sheet, workbook_sheets
from toolkit.intake.files.delimited import read_delimited, read_delimited_header
from toolkit.intake.files.grid import Fits, Grid, ReadOptions, find_header
from toolkit.intake.files.opening import open_bytes
from toolkit.intake.files.parquet import is_parquet, parquet_header, read_parquet
from toolkit.intake.files.row_gathering import Rows


def read_grid(path: Path, name: str, options: ReadOptions, fits: Fits | None = None) -> Grid:
    """Read a file: delimited text, a sheet of Excel, or Parquet.

    Args:
        path: the file; gz and zip of one file are opened.
        name: how messages name it (path relative to the client's folder).
        options: what a mapping says; a sheet not named there is the first one.
        fits: whether a record is the header looked for; None takes the first that is not blank.

    Raises:
        InputError: the file cannot be read at all.
    """
    if is_parquet(path):
        return read_parquet(path, name)
    if is_workbook(path):
        return _sheet(path, name, options, fits)
    return read_delimited(open_bytes(path, name), name, options, fits)


def read_header(
    path: Path, name: str, options: ReadOptions, fits: Fits | None = None
) -> tuple[str, ...]:
    """The header of a file alone.

    Raises:
        InputError: the file cannot be read at all.
    """
    if is_parquet(path):
        return parquet_header(path, name)
    if is_workbook(path):
        sheet = read_sheet(path, name, _chosen(path, name, options))
        return find_header(sheet.records(), options, fits, name).fields
    return read_delimited_header(path, name, options, fits)


def fitting_sheets(
    path: Path, name: str, options: ReadOptions, fits: Fits
) -> tuple[str | None, ...]:
    """The sheets of a workbook whose header fits; the first one where none does.

    A file that is no workbook has the one sheet None.

    Raises:
        InputError: the workbook cannot be opened, or lacks the sheet that is named.
    """
    if is_parquet(path) or not is_workbook(path):
        return (None,)
    if options.sheet:
        return (_chosen(path, name, options),)
    sheets = workbook_sheets(path, name)
    fitting = [sheet for sheet in sheets if _fits(path, name, sheet, fits)]
    return tuple(fitting or sheets[:1])


def _fits(path: Path, name: str, sheet: str, fits: Fits) -> bool:
    try:
        records = read_sheet(path, name, sheet).records()
        header = find_header(records, ReadOptions(), fits, name)
    except InputError:
        return False
    return fits(header.fields)


def _chosen(path: Path, name: str, options: ReadOptions) -> str:
    if options.sheet:
        return options.sheet
    sheets = workbook_sheets(path, name)
    if not sheets:
        raise InputError("file_refused", [Problem(code="file_empty", file=name)])
    return sheets[0]


def _sheet(path: Path, name: str, options: ReadOptions, fits: Fits | None) -> Grid:
    sheet = read_sheet(path, name, _chosen(path, name, options))
    header = find_header(sheet.records(), options, fits, name)
    rows = Rows(file=name, header=header)
    rows.add_all(sheet.records())
    grid = rows.grid()
    return replace(grid, encoding="excel", notes=(*grid.notes, *sheet.notes))
