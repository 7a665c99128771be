"""One answer of the hearing: what was said, by whom, when, and whether it was seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

BASES = ("said", "seen")
CLIENT_FILE = "client.yaml"
HEARING_FILE = "hearing.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer, or one item of an answer with several; ``unknown`` is an answer too.

    ``by`` and ``on`` (ISO date) say who answered and when, ``evidence`` what was shown, ``basis``
    whether it was said or seen. ``used`` is False for one that gave way to another (``merged``);
    ``source`` is the file it was read from.
    """

    question: str
    item: str | None = None
    value: str | float
    by: str | None = None
    on: str | None = None
    evidence: str | None = None
    basis: Literal["said", "seen"] = "said"
    used: bool = True
    source: str = field(default=CLIENT_FILE, compare=False)

    @property
    def who(self) -> str:
        """The person, or the file where nobody is named."""
        return self.by or self.source
