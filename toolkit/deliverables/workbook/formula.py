"""Formulas of the measure cards: one text, read once, as a value over rows and as Excel has it.

A card says how its figure is made of the evidence, for example
``rows(orders.orders >= 2) / rows(orders)``:

- ``table.column`` is a column of the evidence, ``table[cell]`` the one the breakdown names.
- ``rows(table)`` counts, ``rows(condition, …)`` counts the rows that meet all conditions.
- ``sum(column, …, condition, …)`` adds up the columns there are; ``mean``, ``median`` and
  ``most`` take one column; ``product`` adds up the products of two; ``top(column, share)`` adds
  up the largest; ``gini(column)``; ``most_of(column, key)`` is the largest sum of one key.
- ``start`` and ``end`` are the days of the figure's period, ``cell`` the one value by which it is
  broken down; a condition on the cell of a figure that is not broken down falls away.

Where cells are made in different ways, ``formula`` is a table of such texts by ``name=value``, the
undivided figure under the empty key.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.facts import Fact

DAYS = ("start", "end")
CELL = "cell"
CALLS = ("rows", "sum", "mean", "median", "most", "product", "top", "gini", "most_of")
OPERATORS: Mapping[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "=",
    ast.NotEq: "<>",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number, a text or a truth value written out in a formula."""

    value: float | str | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A day of the figure (start, end) or the cell of its breakdown."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of an evidence table."""

    table: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """All rows of an evidence table."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Two parts joined by an operator, arithmetic or a comparison, as Excel writes it."""

    left: Part
    operator: str
    right: Part

    @property
    def compares(self) -> bool:
        """Whether it is true or false of each row."""
        return self.operator[0] in "<>="


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A function over columns, with the conditions its rows meet."""

    name: str
    of: tuple[Part, ...]
    where: tuple[Term, ...]


Part = Number | Name | Column | Table | Term | Call


def formula_of(card: Mapping[str, Any] | None, fact: Fact) -> Part | None:
    """The formula of a figure; None where its card has none for this cell.

    >>> fact = Fact(id="customers.count", value=2)
    >>> formula_of({"formula": "rows(orders)"}, fact)
    Call(name='rows', of=(Table(name='orders'),), where=())
    """
    given = card.get("formula") if card is not None else None
    if isinstance(given, Mapping):
        given = given.get(",".join(f"{name}={value}" for name, value in fact.by.items()))
    if not isinstance(given, str):
        return None
    try:
        return _read(ast.parse(given, mode="eval").body, fact)
    except (SyntaxError, ValueError):
        return None  # of a firm's own card: its figure stands as a value


def columns_of(part: Part) -> Iterator[Column]:
    """Every column a formula reads."""
    if isinstance(part, Column):
        yield part
    elif isinstance(part, Term):
        yield from columns_of(part.left)
        yield from columns_of(part.right)
    elif isinstance(part, Call):
        for one in (*part.of, *part.where):
            yield from columns_of(one)


def tables_of(part: Part) -> Iterator[str]:
    """Every table a formula reads, in order, perhaps more than once."""
    if isinstance(part, Table):
        yield part.name
    elif isinstance(part, Column):
        yield part.table
    elif isinstance(part, Term):
        yield from tables_of(part.left)
        yield from tables_of(part.right)
    elif isinstance(part, Call):
        for one in (*part.of, *part.where):
            yield from tables_of(one)


def _read(node: ast.expr, fact: Fact) -> Part:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float | str):
        return Number(value=node.value)
    if isinstance(node, ast.Name):
        return Name(name=node.id)
    if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.value, ast.Name):
        return Column(table=node.value.id, name=_column(node, fact))
    if isinstance(node, ast.BinOp):
        return _term(node.left, node.op, node.right, fact)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return _term(node.left, node.ops[0], node.comparators[0], fact)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
        return _call(node.func.id, node.args, fact)
    raise ValueError(ast.dump(node))


def _column(node: ast.Attribute | ast.Subscript, fact: Fact) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node.slice, ast.Name) and node.slice.id == CELL and len(fact.by) == 1:
        return str(next(iter(fact.by.values())))
    raise ValueError(ast.dump(node))


def _term(left: ast.expr, operator: ast.AST, right: ast.expr, fact: Fact) -> Term:
    if type(operator) not in OPERATORS:
        raise ValueError(ast.dump(operator))
    return Term(
        left=_read(left, fact), operator=OPERATORS[type(operator)], right=_read(right, fact)
    )


def _call(name: str, args: list[ast.expr], fact: Fact) -> Call:
    """A call; the first name alone is a table, a condition on a missing breakdown is left out."""
    of: list[Part] = []
    where: list[Term] = []
    for node in args:
        if isinstance(node, ast.Name):
            of.append(Table(name=node.id))
            continue
        part = _read(node, fact)
        if isinstance(part, Term) and part.compares:
            if len(fact.by) == 1 or CELL not in _names(part):
                where.append(part)
        else:
            of.append(part)
    if name == "rows" and not of:
        of = [Table(name=table) for table in [*_tables(args)][:1]]
    return Call(name=name, of=tuple(of), where=tuple(where))


def _tables(args: list[ast.expr]) -> Iterator[str]:
    """The tables of the columns in some conditions."""
    for node in args:
        for one in ast.walk(node):
            if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
                yield one.value.id


def _names(part: Part) -> Iterator[str]:
    if isinstance(part, Name):
        yield part.name
    elif isinstance(part, Term):
        yield from _names(part.left)
        yield from _names(part.right)
