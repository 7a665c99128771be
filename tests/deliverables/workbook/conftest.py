"""The shipped clients' workbooks, and a small reader of Excel's formulas that is not ours."""

import io
import math
import operator
import re
import statistics
from datetime import datetime
from functools import cache

import openpyxl
import pytest
from openpyxl.formula import Tokenizer

from toolkit.deliverables.faces import Material
from toolkit.deliverables.theme import standard
from toolkit.deliverables.workbook.book import workbook_bytes
from toolkit.outline.build import outline

DAY_ZERO = datetime(1899, 12, 30)


def material_of(diagnosis, lang="ja"):
    return Material(document=outline(diagnosis, lang), diagnosis=diagnosis, theme=standard())


@pytest.fixture(scope="session")
def material():
    """The material of a diagnosis in a language."""
    return material_of


@pytest.fixture(scope="session")
def shop_material(shop):
    return material_of(shop)


@pytest.fixture(scope="session")
def shop_bytes(shop_material):
    return workbook_bytes(shop_material)


@pytest.fixture(scope="session")
def firm_bytes(firm):
    return workbook_bytes(material_of(firm, "en"))


@pytest.fixture(scope="session")
def opened():
    """A workbook's formulas and its stored values, as openpyxl reads them."""

    @cache
    def read(data):
        return (
            openpyxl.load_workbook(io.BytesIO(data)),
            openpyxl.load_workbook(io.BytesIO(data), data_only=True),
        )

    return read


@pytest.fixture(scope="session")
def evaluated(opened):
    """What every formula of a workbook gives beside what is stored: (sheet, cell, text, ...)."""

    def run(data):
        formulas, values = opened(data)
        sheets = Sheets(formulas, values)
        found = []
        for sheet in formulas:
            for row in sheet.iter_rows():
                for one in row:
                    if one.data_type == "f":
                        stored = values[sheet.title][one.coordinate].value
                        given = sheets.evaluate(sheet.title, one.value)
                        found.append((sheet.title, one.coordinate, one.value, stored, given))
        return found

    return run


def number(value):
    if isinstance(value, datetime):
        return float((value - DAY_ZERO).days)
    return value


class Column(list):
    """Cells worked on one by one, as Excel does inside SUMPRODUCT: a blank counts as nought."""

    def _with(self, other, how):
        others = other if isinstance(other, Column) else [other] * len(self)
        return Column(how(a, b) for a, b in zip(self, others, strict=True))

    def __eq__(self, other):
        return self._with(other, lambda a, b: (("" if a is None else a) == b) or a is b)

    def __ne__(self, other):
        return self._with(other, lambda a, b: ("" if a is None else a) != b)

    def __hash__(self):
        return id(self)


def _elementwise(how):
    def made(self, other):
        return self._with(other, lambda a, b: how(a or 0, b or 0))

    return made


for _name in ("add", "sub", "mul", "gt", "ge", "lt", "le"):
    setattr(Column, f"__{_name}__", _elementwise(getattr(operator, _name)))
Column.__rmul__ = _elementwise(lambda a, b: b * a)
Column.__radd__ = _elementwise(lambda a, b: b + a)
Column.__rsub__ = _elementwise(lambda a, b: b - a)


class Blank(float):
    """A cell with nothing in it: nought in a sum, and equal to an empty text."""

    def __eq__(self, other):
        return other in ("", 0)

    def __hash__(self):
        return 0


class Text(str):
    """A text that ``&`` joins to a number."""

    def __and__(self, other):
        return Text(self + f"{other:.15g}")


def _meets(criterion):
    """A criterion such as ``">=2"`` or a bare value as a test of one cell."""
    match = re.match("(<=|>=|<>|<|>|=)", str(criterion))
    if match is None:
        return lambda value: value == criterion
    how = {
        "<=": operator.le,
        ">=": operator.ge,
        "<": operator.lt,
        ">": operator.gt,
        "=": operator.eq,
        "<>": operator.ne,
    }[match[1]]
    edge = float(str(criterion)[len(match[1]) :])
    return lambda value: isinstance(value, int | float) and how(value, edge)


def _kept(pairs):
    columns, tests = pairs[::2], [_meets(one) for one in pairs[1::2]]
    return [
        all(t(c) for t, c in zip(tests, cells, strict=True)) for cells in zip(*columns, strict=True)
    ]


def _numbers(*columns):
    return [v for column in columns for v in column if v is not None and not isinstance(v, str)]


def _ifs(values, *pairs):
    return [v for v, yes in zip(values, _kept(pairs), strict=True) if yes and v is not None]


def _ranks(values, _ref, _order):
    places = {}
    for place, value in enumerate(sorted(values), start=1):
        places.setdefault(value, []).append(place)
    return Column(statistics.fmean(places[value]) for value in values)


def _sumif(keys, criteria, values):
    sums = {}
    for key, value in zip(keys, values, strict=True):
        sums[key] = sums.get(key, 0) + (value or 0)
    return Column(sums[one] for one in criteria)


def _sumproduct(*columns):
    total = 0.0
    for cells in zip(*columns, strict=True) if isinstance(columns[0], list) else [columns]:
        total += math.prod(one or 0 for one in cells)
    return total


FUNCTIONS = {
    "SUM": lambda *c: sum(_numbers(*c)),
    "AVERAGE": lambda c: statistics.fmean(_numbers(c)),
    "MEDIAN": lambda c: statistics.median(_numbers(c)),
    "MAX": lambda c: max(_numbers(c)),
    "ROWS": len,
    "ABS": abs,
    "OR": lambda *c: any(c),
    "IF": lambda test, yes, no: yes if test else no,
    "LARGE": lambda c, k: sorted(_numbers(c), reverse=True)[int(k) - 1],
    "ROUNDUP": lambda value, _: math.ceil(value),
    "COUNTIF": lambda c, one: sum(map(_meets(one), c)),
    "COUNTIFS": lambda *pairs: sum(_kept(pairs)),
    "SUMIFS": lambda values, *pairs: sum(_ifs(values, *pairs)),
    "AVERAGEIFS": lambda values, *pairs: statistics.fmean(_ifs(values, *pairs)),
    "SUMIF": _sumif,
    "SUMPRODUCT": _sumproduct,
    "_xlfn.RANK.AVG": _ranks,
}
INFIX = {"=": "==", "<>": "!=", "&": "&", "^": "**"}


class Sheets:
    """The cells of a workbook, and its formulas by their words."""

    def __init__(self, formulas, values):
        self.values = values
        self.tables = {}
        for sheet in formulas:
            for table in sheet.tables.values():
                head, *rows = values[sheet.title][table.ref]
                for place, one in enumerate(head):
                    cells = Column(number(row[place].value) for row in rows)
                    self.tables[f"{table.name}[{one.value}]"] = cells

    def evaluate(self, sheet, formula):
        tokens = (self._word(sheet, one) for one in Tokenizer(formula).items)
        return eval("".join(tokens), {"F": FUNCTIONS, "T": Text, "R": self._range})

    def _word(self, sheet, token):
        if token.type == "FUNC":
            return f"F[{token.value[:-1]!r}](" if token.subtype == "OPEN" else ")"
        if token.type == "OPERAND" and token.subtype == "TEXT":
            return f"T({token.value[1:-1].replace(chr(34) * 2, chr(34))!r})"
        if token.type == "OPERAND" and token.subtype == "LOGICAL":
            return token.value.title()
        if token.type == "OPERAND" and token.subtype == "RANGE":
            return f"R({sheet!r}, {token.value!r})"
        if token.type == "OPERATOR-PREFIX":
            return "-1*" if token.value == "-" else ""
        if token.type == "OPERATOR-INFIX":
            return INFIX.get(token.value, token.value)
        return token.value if token.type != "WHITE-SPACE" else ""

    def _range(self, sheet, text):
        if text in self.tables:
            return self.tables[text]
        found = self.values[sheet][text.replace("$", "")]
        if isinstance(found, tuple):
            return Column(number(one.value) for row in found for one in row)
        return Blank() if found.value is None else number(found.value)
