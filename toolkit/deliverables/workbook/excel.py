"""A card's formula as Excel writes it, over the named tables of the evidence sheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from toolkit.deliverables.workbook.formula import (
    DAYS,
    Call,
    Column,
    Name,
    Number,
    Part,
    Table,
    Term,
    columns_of,
)

FUNCTIONS = (
    "ABS", "AVERAGE", "AVERAGEIFS", "COUNTIF", "COUNTIFS", "IF", "LARGE", "MAX", "MEDIAN",
    "OR", "RANK.AVG", "ROUNDUP", "ROWS", "SUM", "SUMIF", "SUMIFS", "SUMPRODUCT",
)  # fmt: skip
"""Every function our formulas use."""

PLAIN = {"sum": "SUM", "mean": "AVERAGE", "median": "MEDIAN", "most": "MAX"}
CONDITIONED = {"sum": "SUMIFS", "mean": "AVERAGEIFS"}
MOST_PAIRS = 5_000  # rows up to which comparing each with each takes no time to speak of


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where a formula finds things.

    ``reference`` gives a column of a table (``お客様[購入金額]``), None where it has none;
    ``tables`` their first columns and ``sizes`` their rows; ``cells`` the cells of days and of the
    breakdown; ``label`` the word that stands in a column for a code.
    """

    reference: Callable[[Column], str | None]
    tables: Mapping[str, str]
    sizes: Mapping[str, int]
    cells: Mapping[str, str]
    label: Callable[[Column, str], str]


def excel_formula(part: Part, places: Places) -> str | None:
    """The formula with its equals sign; None where the sheets cannot hold it.

    A figure that compares each row with each is left to its value beyond some thousand rows.
    """
    try:
        return f"={_text(part, places)}"
    except KeyError:
        return None


def _text(part: Part, places: Places) -> str:
    if isinstance(part, Number):
        return _constant(part.value)
    if isinstance(part, Name):
        return places.cells[part.name]
    if isinstance(part, Column):
        return _reference(part, places)
    if isinstance(part, Table):
        return places.tables[part.name]
    if isinstance(part, Term):
        return _term(part, places)
    return _call(part, places)


def _constant(value: float | str | bool) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return f"{value:.15g}"


def _reference(column: Column, places: Places) -> str:
    found = places.reference(column)
    if found is None:
        raise KeyError(column.name)
    return found


def _term(term: Term, places: Places) -> str:
    left, right = _labelled(term, places)
    if not term.compares:
        left, right = (
            f"({text})" if isinstance(one, Term) and not one.compares else text
            for one, text in ((term.left, left), (term.right, right))
        )
    return f"{left}{term.operator}{right}"


def _labelled(term: Term, places: Places) -> tuple[str, str]:
    """Both sides; a code stands as the word its column shows."""
    left = _text(term.left, places)
    if (
        isinstance(term.left, Column)
        and isinstance(term.right, Number)
        and isinstance(term.right.value, str)
    ):
        return left, _constant(places.label(term.left, term.right.value))
    return left, _text(term.right, places)


def _call(call: Call, places: Places) -> str:
    if call.name == "rows":
        return _rows(call, places)
    if call.name in PLAIN:
        columns = [one for one in call.of if _there(one, places)]
        if not columns:
            raise KeyError(call.name)
        added = "+".join(_over(call, column, places) for column in columns)
        return f"({added})" if len(columns) > 1 else added
    if call.name == "product":
        return _product([_text(one, places) for one in call.of], call, places)
    return _paired(call, places)


def _there(part: Part, places: Places) -> bool:
    return not isinstance(part, Column) or places.reference(part) is not None


def _rows(call: Call, places: Places) -> str:
    if not call.where:
        return f"ROWS({_text(call.of[0], places)})"
    if _plain_conditions(call):
        return f"COUNTIFS({_criteria(call, places)})"
    return _product([], call, places)


def _over(call: Call, column: Part, places: Places) -> str:
    text = _text(column, places)
    if not call.where:
        return f"{PLAIN[call.name]}({text})"
    if call.name in CONDITIONED and _plain_conditions(call):
        return f"{CONDITIONED[call.name]}({text},{_criteria(call, places)})"
    if call.name == "sum":
        return _product([text], call, places)
    raise KeyError(call.name)


def _plain_conditions(call: Call) -> bool:
    """Whether each condition holds a column against one number or day.

    Texts are compared as they are: a criterion would read ``*`` and ``?`` as wildcards.
    """
    return all(
        isinstance(one.left, Column)
        and (
            (isinstance(one.right, Name) and one.right.name in DAYS)
            or (isinstance(one.right, Number) and not isinstance(one.right.value, str | bool))
        )
        for one in call.where
    )


def _criteria(call: Call, places: Places) -> str:
    made = []
    for one in call.where:
        right = _text(one.right, places)
        met = f'"{one.operator}"&{right}'
        if isinstance(one.right, Number):
            met = f'"{one.operator}{right}"'
        made.append(f"{_text(one.left, places)},{met}")
    return ",".join(made)


def _product(factors: list[str], call: Call, places: Places) -> str:
    """Sum of products; a blank is no small number, so what is ordered must be filled."""
    conditions = [f"({_term(one, places)})" for one in call.where]
    ordered = [one for one in call.where if one.operator not in ("=", "<>")]
    filled = dict.fromkeys(_text(column, places) for one in ordered for column in columns_of(one))
    conditions = [*(f'({text}<>"")' for text in filled), *conditions]
    if not conditions:
        return f"SUMPRODUCT({','.join(factors)})"
    head = "*".join(conditions) if len(conditions) > 1 else f"--{conditions[0]}"
    return f"SUMPRODUCT({','.join([head, *factors])})"


def _paired(call: Call, places: Places) -> str:
    """Functions that rank the rows or gather them by a key."""
    first = call.of[0]
    assert isinstance(first, Column)
    column = _text(first, places)
    if call.name == "top":
        count = f"ROUNDUP({_text(call.of[1], places)}*ROWS({column})-1E-9,0)"
        edge = f"LARGE({column},{count})"
        above = f"({column}>{edge})"
        return f"(SUMPRODUCT(--{above},{column})+({count}-SUMPRODUCT(--{above}))*{edge})"
    if places.sizes.get(first.table, 0) > MOST_PAIRS:
        raise KeyError(call.name)
    if call.name == "most_of":
        key = _text(call.of[1], places)
        return f"SUMPRODUCT(MAX(SUMIF({key},{key},{column})))"
    rank = f"_xlfn.RANK.AVG({column},{column},1)"
    size = f"ROWS({column})"
    return f"SUMPRODUCT(2*{rank}-{size}-1,{column})/({size}*SUM({column}))"
