"""What a question accepts: the right answer, what known mistakes lead to, and what fills its words.

Nothing here is written down beforehand: a lesson's file of answer functions computes each
``Answer`` from the firm at hand, so the same question checks a learner's own data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Given = float | str | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows a question is about; ``columns`` are codes whose labels are in the words."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Something a written answer should show: any of some terms, or any of some figures.

    ``figures`` are compared with the numbers in the text within ``tolerance``; a share is
    recognised in percent as well.
    """

    code: str
    terms: tuple[str, ...] = ()
    figures: tuple[float, ...] = ()
    tolerance: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer of one question for one firm.

    ``value`` is a number, a code, or codes, ``also`` what is equally right (ties);
    ``wrong`` maps each known mistake to what it leads to, for an order to how it begins;
    ``params`` fill the placeholders of task, hints, solution and mistakes.
    """

    value: Given
    also: tuple[Given, ...] = ()
    wrong: Mapping[str, Given] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()
    table: Table | None = None
