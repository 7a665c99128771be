"""Columns of another file added to a grid by key: a left join, as a mapping asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from toolkit.errors import InputError, Problem
from toolkit.intake.files.grid import Grid, ReadOptions
from toolkit.intake.files.paths import matching_files, shown_path
from toolkit.intake.files.reading import read_grid
from toolkit.intake.mappings.columns import Column, header_form
from toolkit.intake.mappings.headers import nearest_header
from toolkit.intake.mappings.mapping import Joined
from toolkit.intake.setting import Setting
from toolkit.intake.values.cells import Unreadable, is_blank, parse_id
from toolkit.intake.values.money import money_words, parse_money


def joined(grid: Grid, joins: tuple[Joined, ...], setting: Setting) -> Grid:
    """A grid with the columns of each joined file at its right end.

    Raises:
        InputError: a file or column is not there, or a right key occurs twice without ``sum``.
    """
    for join in joins:
        grid = _with(grid, join, setting)
    return grid


def position(grid: Grid, header: str) -> int:
    """Where a header that a mapping names stands in a grid.

    Raises:
        InputError: it is not there; the message lists what is.
    """
    form = header_form(header)
    for index, text in enumerate(grid.header):
        if text == header or header_form(text) == form:
            return index
    near = nearest_header(Column(name=header, type="text"), grid.header)
    found = ", ".join(text.strip() for text in grid.header)
    problem = Problem(
        code="mapped_column_missing",
        file=grid.file,
        row=grid.header_row or None,
        column=header,
        params={"found": found, "near": near},
    )
    raise InputError("file_refused", [problem])


def _with(grid: Grid, join: Joined, setting: Setting) -> Grid:
    import pyarrow as pa

    left = position(grid, join.left)
    _free(grid, join)
    values = _by_key(join, setting)
    blank = [""] * len(join.columns)
    added = [values.get(_key(text), blank) for text in grid.text(left).to_pylist()]
    columns = zip(*added, strict=True) if added else [()] * len(join.columns)
    return replace(
        grid,
        header=(*grid.header, *join.columns),
        columns=(*grid.columns, *(pa.array(column, pa.string()) for column in columns)),
    )


def _free(grid: Grid, join: Joined) -> None:
    forms = {header_form(text) for text in grid.header}
    problems = [
        Problem(code="join_column_twice", file=grid.file, column=name, params={"other": join.file})
        for name in join.columns
        if header_form(name) in forms
    ]
    if problems:
        raise InputError("file_refused", problems)


def _by_key(join: Joined, setting: Setting) -> Mapping[str, list[str]]:
    rows: dict[str, list[str]] = {}
    problems: list[Problem] = []
    paths = joined_files(join, setting.folder)
    if not paths:
        raise InputError("file_refused", [Problem(code="join_file_missing", file=join.file)])
    for path in paths:
        right = read_grid(path, shown_path(path, setting.folder), ReadOptions())
        problems += [*right.problems, *_gather(right, join, setting, rows)]
    if problems:
        raise InputError("file_refused", problems)
    return rows


def joined_files(join: Joined, folder: Path) -> list[Path]:
    """The files a join names, one pattern a line."""
    return [path for line in join.file.split("\n") for path in matching_files(folder, line)]


def _gather(
    right: Grid, join: Joined, setting: Setting, rows: dict[str, list[str]]
) -> list[Problem]:
    """Add a file's rows under their keys; what cannot be added is a problem."""
    at = position(right, join.right)
    places = [position(right, name) for name in join.columns]
    summed = [name in join.sum for name in join.columns]
    problems = []
    keys = right.text(at).to_pylist()
    rest = zip(*(right.text(place).to_pylist() for place in places), strict=True)
    for index, (text, row) in enumerate(zip(keys, rest, strict=True)):
        key, new = _key(text), list(row)
        if not key:
            continue
        try:
            rows[key] = _merged(rows.get(key), new, summed, setting)
        except Unreadable as fault:
            place = right.place(index, join.right)
            problems.append(
                Problem(
                    code=fault.code,
                    file=place.file,
                    row=place.row,
                    line=place.line,
                    column=place.column,
                )
            )
    return problems


def _merged(
    old: list[str] | None, new: list[str], summed: list[bool], setting: Setting
) -> list[str]:
    if old is None:
        return new
    if not any(summed):
        raise Unreadable("join_key_twice")
    pairs = zip(old, new, summed, strict=True)
    return [_sum(one, two, setting) if adds else one for one, two, adds in pairs]


def _sum(one: str, two: str, setting: Setting) -> str:
    marks = money_words(setting.words, setting.currency)
    parts = [text for text in (one, two) if not is_blank(text)]
    return str(sum((Decimal(repr(parse_money(text, marks)[0])) for text in parts), Decimal(0)))


def _key(text: str) -> str:
    if is_blank(text):
        return ""
    try:
        return str(parse_id(text)[0])
    except Unreadable:
        return text.strip()
