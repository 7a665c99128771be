"""A portrait of a user (利用者像): who it is, in which scene, with which pain and need."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass

FIELDS = ("role", "scenario", "goal", "pain", "need", "habits")


@dataclass(frozen=True, slots=True)
class Portrait:
    """What user research knows of one kind of user.

    >>> Portrait("site foreman", scenario="after the check", pain="retyping").missing
    ('role', 'goal', 'need', 'habits')
    """

    name: str
    _: KW_ONLY
    role: str = ""
    scenario: str = ""
    goal: str = ""
    pain: str = ""
    need: str = ""
    habits: str = ""

    @property
    def filled_share(self) -> float:
        """Share of the six fields that are filled."""
        return 1 - len(self.missing) / len(FIELDS)

    @property
    def missing(self) -> tuple[str, ...]:
        """What is still to be asked."""
        return tuple(name for name in FIELDS if not getattr(self, name))
