"""Customer cases (導入事例): abstract value made real, matched on scenario, pain and need."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass

from toolkit.frameworks.check import code, settled

MATCHED = ("scenario", "pain", "need")
EFFECTS = ("empathy", "doubt_broken", "desire_to_try", "confidence")
"""What a case does to a reader, in this order."""


@dataclass(frozen=True, slots=True)
class Case:
    """A customer's own story; ``effects`` are those seen with prospects who read it.

    >>> Case("Aoi", effects=["empathy", "desire_to_try"]).reached
    'empathy'
    """

    title: str
    _: KW_ONLY
    scenario: str = ""
    pain: str = ""
    need: str = ""
    segment: str = ""
    effects: Sequence[str] = ()

    def __post_init__(self) -> None:
        settled(self, "effects")
        for effect in self.effects:
            code("effects", effect, EFFECTS)

    def matches(self, *, scenario: str = "", pain: str = "", need: str = "") -> int:
        """On how many of the three the case agrees with a prospect, whatever the spelling.

        >>> Case("Aoi", scenario="month end", pain="Retyping").matches(pain="retyping of forms")
        1
        """
        wanted = {"scenario": scenario, "pain": pain, "need": need}
        return sum(_agree(getattr(self, name), text) for name, text in wanted.items())

    @property
    def reached(self) -> str | None:
        """The furthest effect with none missing before it; None where even the first is not."""
        last = None
        for effect in EFFECTS:
            if effect not in self.effects:
                break
            last = effect
        return last

    @property
    def missing(self) -> tuple[str, ...]:
        """Which of scenario, pain and need the case does not tell yet."""
        return tuple(name for name in MATCHED if not getattr(self, name))


def best_case(
    cases: Sequence[Case], *, scenario: str = "", pain: str = "", need: str = ""
) -> Case | None:
    """The case that agrees on most of the three; None where none agrees on any."""

    def points(case: Case) -> int:
        return case.matches(scenario=scenario, pain=pain, need=need)

    best = max(cases, key=points, default=None)
    return best if best is not None and points(best) else None


def uncovered(segments: Sequence[str], cases: Sequence[Case]) -> tuple[str, ...]:
    """Main segments without a case of their own.

    >>> uncovered(["builders", "cleaners"], [Case("Aoi", segment="Builders")])
    ('cleaners',)
    """
    told = {_plain(case.segment) for case in cases}
    return tuple(segment for segment in segments if _plain(segment) not in told)


def _agree(left: str, right: str) -> bool:
    """Whether one of two texts holds the other, apart from width, case and outer blanks."""
    one, other = _plain(left), _plain(right)
    return bool(one) and bool(other) and (one in other or other in one)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
