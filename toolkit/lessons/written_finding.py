"""WrittenFinding: what a learner found, with the evidence it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFinding:
    """A finding in a learner's own words.

    Evidence is facts of the diagnosis (by key), or a count of one's own: then a figure, how it is
    counted (``definition``), and the rows counted. ``since`` says from when it holds.

    Args:
        about: the rule it is about (``FUL007``), or a module (``fulfillment``).
        statement: what was found, in a sentence.
        facts: keys of the facts it rests on.
        figure: the figure quoted.
        definition: how a figure of one's own is counted.
        rows: the rows it is counted on: a frame, a list, or how many.
        since: the month or day from which it holds, such as ``2026-06``.
    """

    about: str
    statement: str
    facts: Sequence[str] = field(default=())
    figure: float | None = None
    definition: str = ""
    rows: Any = None
    since: str = ""

    @property
    def counted(self) -> int | None:
        """How many rows stand behind it; None where none were handed over.

        >>> WrittenFinding(about="sales", statement="…", rows=[1, 2, 3]).counted
        3
        """
        if self.rows is None or isinstance(self.rows, bool):
            return None
        return int(self.rows) if isinstance(self.rows, int) else len(self.rows)
