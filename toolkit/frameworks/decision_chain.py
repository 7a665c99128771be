"""The decision chain of a purchase (決裁の連鎖): each person has to agree, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass

ROLES = ("user", "influencer", "decider", "buyer", "gatekeeper")
"""The buying centre of Webster and Wind (1972); the source speaks of links without naming them."""


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """A person of the chain; ``role`` is one of ``ROLES`` or the client's own word.

    ``doubt`` and ``need`` are what a case for this person has to answer.
    """

    name: str
    _: KW_ONLY
    role: str = ""
    passed: bool | None = None
    doubt: str = ""
    need: str = ""


def next_link(people: Sequence[Stakeholder]) -> Stakeholder | None:
    """The first person not yet won; those behind are not reached before.

    >>> next_link([Stakeholder("Abe", passed=True), Stakeholder("Baba")]).name
    'Baba'
    """
    return next((person for person in people if person.passed is not True), None)


def missing_roles(people: Sequence[Stakeholder]) -> tuple[str, ...]:
    """Roles of the buying centre for which nobody is known; () before anyone is named.

    >>> missing_roles([Stakeholder("Abe", role="user"), Stakeholder("Baba", role="decider")])
    ('influencer', 'buyer', 'gatekeeper')
    """
    if not people:
        return ()
    known = {person.role for person in people}
    return tuple(role for role in ROLES if role not in known)


def won_share(people: Sequence[Stakeholder]) -> float | None:
    """People who have agreed ÷ people known; None where nobody is known."""
    return sum(p.passed is True for p in people) / len(people) if people else None
