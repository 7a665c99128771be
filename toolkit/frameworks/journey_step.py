"""One step of the work flow, and the joints between steps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from itertools import pairwise

from toolkit.frameworks.check import code, settled, within
from toolkit.frameworks.setting import object_entry

SIDES = ("customer", "company", "both")
MODES = ("manual", "auto")
SEPARATORS = re.compile(r"[、，,;；/／&＆\n]+")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the flow: whose it is, who does it with what, how long, how often a day.

    ``seam`` says that the joint to the next step is carried by hand, where that was recorded;
    ``touchpoints`` names the places a step has more than one of.

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
    touchpoints: Sequence[str] = ()

    def __post_init__(self) -> None:
        settled(self, "touchpoints")
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

    @property
    def joins_stock(self) -> bool:
        """Whether orders meet stock here: the joint worth linking first (S3-27)."""
        wording = str(object_entry("journey")["stock"])
        return re.search(wording, self.after.name, re.IGNORECASE) is not None


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
