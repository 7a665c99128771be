"""Reading a chart's frame: numbers or None, words through labels, units as the reader sees them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from toolkit.words import number_text

if TYPE_CHECKING:
    from pandas import DataFrame

_SPAN = re.compile(r"\d{4}-\d{2}(–\d{4}-\d{2})?")
NO_MARKS: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How the values of a chart are printed: its labels, language and currency."""

    labels: Mapping[str, str]
    lang: str = "ja"
    currency: str = "JPY"

    def word(self, *keys: str, otherwise: str = "") -> str:
        """The label under the first of some keys that has one."""
        return next((self.labels[key] for key in keys if key in self.labels), otherwise)

    def item(self, code: Any) -> str:
        """The label of an item, the code itself where it is the client's own word."""
        text = "" if code is None else str(code)
        return self.labels.get(f"item.{text}", text)

    def value(self, number: float | None, column: str, otherwise: str = "count") -> str:
        """A value in the unit of its column, as printed everywhere in the document."""
        unit = self.labels.get(f"unit.{column}", otherwise)
        return number_text(number, unit, self.lang, self.currency)

    def tick(self, number: float, column: str, otherwise: str = "count") -> str:
        """A round value on an axis: as ``value``, without decimals that are nought."""
        text = self.value(number, column, otherwise)
        return text.replace(".0%", "%").removesuffix(".00")

    def month(self, month: str) -> str:
        """The month's name alone."""
        from datetime import date

        from babel.dates import format_skeleton

        return str(format_skeleton("MMM", date.fromisoformat(f"{month[:7]}-01"), locale=self.lang))

    def year(self, month: str) -> str:
        """The year of a month."""
        from datetime import date

        from babel.dates import format_skeleton

        return str(format_skeleton("y", date.fromisoformat(f"{month[:7]}-01"), locale=self.lang))

    def months(self, span: str) -> str:
        """A month, or the first and the last of several, as read; any other text as it is.

        >>> Reader(labels={}).months("2024-01–2024-06"), Reader(labels={}).months("plain")
        ('2024年1月〜6月', 'plain')
        """
        from datetime import date

        from babel.dates import format_interval

        if not _SPAN.fullmatch(span):
            return span
        first, _, last = span.partition("–")
        ends = [date.fromisoformat(f"{end}-01") for end in (first, last or first)]
        text = str(format_interval(ends[0], ends[1], "yMMM", locale=self.lang))
        return text.replace("\u2009", " ").replace("\uff5e", "\u301c")  # as set elsewhere


class Column(list[Any]):
    """The values of a column."""

    def tolist(self) -> list[Any]:
        """The values."""
        return self

    def isna(self) -> Column:
        """Whether each value is missing."""
        return Column(value is None or value != value for value in self)


@dataclass(frozen=True, slots=True)
class Rows:
    """As much of a ``DataFrame`` as a chart reads, without the millisecond that one costs."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def __getitem__(self, name: str) -> Column:
        """A column by its name."""
        place = self.columns.index(name)
        return Column(row[place] for row in self.rows)


def numbers(frame: DataFrame, column: str) -> list[float | None]:
    """A column as floats, None where there is no finite number; an absent column is all None."""
    if column not in frame.columns:
        return [None] * len(frame)
    return [number(value) for value in frame[column].tolist()]


def number(value: Any) -> float | None:
    """A finite float or None; text is not a number.

    >>> number("8"), number(float("nan")), number(8)
    (None, None, 8.0)
    """
    if value is None or isinstance(value, str):
        return None
    try:
        made = float(value)
    except TypeError:  # pandas.NA
        return None
    return made if math.isfinite(made) else None


def texts(frame: DataFrame, column: str) -> list[str]:
    """A column as text, empty where missing."""
    if column not in frame.columns:
        return [""] * len(frame)
    missing = frame[column].isna().tolist()
    return ["" if gone else str(v) for v, gone in zip(frame[column].tolist(), missing, strict=True)]


def steps(low: float, high: float, count: int = 4) -> list[float]:
    """About ``count`` round values that span a range.

    >>> steps(0, 0.37)
    [0.0, 0.1, 0.2, 0.3, 0.4]
    """
    if high <= low:
        high = low + (abs(low) or 1.0)
    rough = (high - low) / count
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * nice for nice in (1, 2, 2.5, 5, 10) if size * nice >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(step * place, 12) for place in range(first, last + 1)]


def apart(places: Sequence[float], least: float) -> list[float]:
    """Places moved just so far that neighbours stand at least ``least`` apart, order kept.

    >>> apart([10, 10], 4)
    [8.0, 12.0]
    """
    order = sorted(range(len(places)), key=lambda index: places[index])
    groups: list[list[int]] = []
    for index in order:
        groups.append([index])
        while len(groups) > 1 and _touch(groups[-2], groups[-1], places, least):
            last = groups.pop()
            groups[-1] += last
    moved = [0.0] * len(places)
    for group in groups:
        middle = sum(places[index] for index in group) / len(group)
        for rank, index in enumerate(group):
            moved[index] = middle + (rank - (len(group) - 1) / 2) * least
    return moved


def _touch(lower: list[int], upper: list[int], places: Sequence[float], least: float) -> bool:
    def middle(group: list[int]) -> float:
        return sum(places[index] for index in group) / len(group)

    return middle(upper) - middle(lower) < (len(lower) + len(upper)) / 2 * least
