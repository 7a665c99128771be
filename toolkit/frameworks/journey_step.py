"""One step of the work flow, the joints between steps, and the record of a complaint."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from itertools import pairwise

from toolkit.frameworks.check import code, within

SIDES = ("customer", "company", "both")
MODES = ("manual", "auto")
W5H1 = ("who", "what", "when", "where", "why", "how")
SEPARATORS = re.compile(r"[、，,;；/／&＆\n]+")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the flow: whose it is, who does it with what, how long, how often a day.

    ``seam`` says that the joint to the next step is carried by hand, where that was recorded.

    >>> Step("allocate stock", no=3, side="company", mode="manual", minutes=4, per_day=60).minutes_per_day
    240
    """  # noqa: E501 — one line is what is taught

    name: str
    _: KW_ONLY
    no: int | None = None
    side: str | None = None
    actor: str | None = None
    tool: str | None = None
    mode: str | None = None
    minutes: float | None = None
    per_day: float | None = None
    data_in: str | None = None
    data_out: str | None = None
    seam: bool | None = None

    def __post_init__(self) -> None:
        code("side", self.side, SIDES)
        code("mode", self.mode, MODES)
        within("minutes", self.minutes, 0)
        within("per_day", self.per_day, 0)

    @property
    def by_company(self) -> bool:
        """Whether the company acts in this step."""
        return self.side in ("company", "both")

    @property
    def actors(self) -> tuple[str, ...]:
        """Everyone named for the step."""
        return tuple(part.strip() for part in SEPARATORS.split(self.actor or "") if part.strip())

    @property
    def entered(self) -> tuple[str, ...]:
        """Data items typed in by hand at this step, in one spelling."""
        if self.mode != "manual":
            return ()
        text = unicodedata.normalize("NFKC", self.data_out or "").casefold()
        return tuple(part.strip() for part in SEPARATORS.split(text) if part.strip())

    @property
    def minutes_per_day(self) -> float | None:
        """Minutes × times a day."""
        if self.minutes is None or self.per_day is None:
            return None
        return self.minutes * self.per_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Seam:
    """The joint of two consecutive steps; manual where a person carries the work over."""

    before: Step
    after: Step
    mode: str | None

    @property
    def key(self) -> str:
        """The two step numbers."""
        return f"{self.before.no}-{self.after.no}"


def seams(steps: Sequence[Step]) -> tuple[Seam, ...]:
    """Joints into a company step, in order of the flow.

    A joint recorded as made by hand is manual. Else the mode is auto if the later step runs by
    itself, none where the same person goes on in the same tool, manual otherwise, and None
    where the later step has no mode.
    """
    ordered = sorted(steps, key=lambda step: step.no or 0)
    return tuple(
        Seam(before=before, after=after, mode=_mode(before, after))
        for before, after in pairwise(ordered)
        if after.by_company
    )


def _mode(before: Step, after: Step) -> str | None:
    if before.seam:
        return "manual"
    if before.seam is False:
        return "auto" if after.mode == "auto" else "none"
    if after.mode != "manual":
        return after.mode
    same = before.by_company and (before.actor, before.tool) == (after.actor, after.tool)
    return "none" if same and after.actor else "manual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A complaint in 5W1H, keyed by customer, with the handling appended (S3-30…33).

    >>> Complaint(customer="a1", who="caller", what="leak", when="2026-05-01").filled_share
    0.5
    """

    customer: str | None = None
    who: str | None = None
    what: str | None = None
    when: str | None = None
    where: str | None = None
    why: str | None = None
    how: str | None = None
    handled_by: str | None = None
    handling: str | None = None
    told_customer: bool | None = None

    @property
    def filled_share(self) -> float:
        """Share of the six fields that are filled."""
        return sum(bool(getattr(self, name)) for name in W5H1) / len(W5H1)

    @property
    def closed(self) -> bool:
        """Whether the handling is written down and the customer was told."""
        return bool(self.handling) and self.told_customer is True
