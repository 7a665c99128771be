"""Names of staff replaced by codes, where the client asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.intake.mappings.columns import TableKind
from toolkit.intake.table import Table
from toolkit.method import Method

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from toolkit.intake.profiles.answer import Answer

CUSTOMER = "customer"
NAME = re.compile(r"[^、，,;；/／&＆\n\s][^、，,;；/／&＆\n]*")


def staff_codes(
    tables: Mapping[str, Table],
    kinds: Mapping[str, TableKind],
    answers: Iterable[Answer],
    method: Method,
) -> dict[str, str]:
    """``P1``, ``P2`` … for each name of staff in tables and answers, in alphabetical order.

    A cell may name several persons; each has a code of its own.
    """
    cells = [
        str(cell)
        for kind, table in tables.items()
        for column in _columns(table, kinds[kind])
        for cell in table.frame.loc[_ours(table.frame), column].dropna().unique()
    ]
    cells += [one.item for one in answers if one.item and _of_staff(one, method)]
    names = {name.strip() for cell in cells for name in NAME.findall(cell)}
    return {name: f"P{number}" for number, name in enumerate(sorted(names), start=1)}


def without_names(
    tables: Mapping[str, Table], kinds: Mapping[str, TableKind], codes: Mapping[str, str]
) -> dict[str, Table]:
    """The same tables with a code for each name of staff."""
    made = {}
    for kind, table in tables.items():
        frame = table.frame.copy()
        for column in _columns(table, kinds[kind]):
            ours = _ours(frame)
            coded = frame.loc[ours, column].map(
                lambda cell: hidden(str(cell), codes), na_action="ignore"
            )
            frame.loc[ours, column] = coded
        made[kind] = replace(table, frame=frame)
    return made


def answers_without_names(
    answers: Iterable[Answer], codes: Mapping[str, str], method: Method
) -> tuple[Answer, ...]:
    """The same answers with codes where a question is asked by person."""
    return tuple(
        replace(one, item=hidden(one.item, codes)) if one.item and _of_staff(one, method) else one
        for one in answers
    )


def hidden(cell: str, codes: Mapping[str, str]) -> str:
    """A cell with each name in it replaced by its code.

    >>> hidden("佐藤、田中", {"佐藤": "P1", "田中": "P2"})
    'P1、P2'
    """
    return NAME.sub(lambda found: codes.get(found[0].strip(), found[0]), cell)


def _of_staff(answer: Answer, method: Method) -> bool:
    question = method.section("questions").get(answer.question)
    return question is not None and bool(question.get("staff"))


def _columns(table: Table, kind: TableKind) -> list[str]:
    named = [column.name for column in kind.columns.values() if column.staff]
    return [name for name in named if name in table.frame]


def _ours(frame: DataFrame) -> Series[bool]:
    """Rows of our own staff: a customer's steps of a journey keep their actor."""
    if "side" in frame:
        return frame["side"].ne(CUSTOMER).fillna(True).astype(bool)
    return frame["_row"].notna()
