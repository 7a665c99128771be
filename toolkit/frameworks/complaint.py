"""The complaint record (苦情の記録): 5W1H keyed by customer, handling appended, result told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from typing import TYPE_CHECKING

from toolkit.frameworks.check import settled

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.facts import Value

W5H1 = ("who", "what", "when", "where", "why", "how")
STAGES = ("recorded", "handed_over", "handled", "closed")
SHARES = ("keyed_share", "w5h1_share", "handled_share", "fed_back_share")


@dataclass(frozen=True, slots=True)
class Handling:
    """One entry of what was done about a complaint, by whom and when."""

    done: str
    _: KW_ONLY
    by: str | None = None
    on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A complaint in 5W1H under a customer code; the person in charge appends the handling.

    >>> leak = Complaint(customer="a1", who="caller", what="leak", when="2026-05-01")
    >>> leak.filled_share, leak.stage
    (0.5, 'recorded')
    >>> leak.appended("sent a new one", by="Sato").told().stage
    'closed'
    """

    customer: str | None = None
    who: str | None = None
    what: str | None = None
    when: str | None = None
    where: str | None = None
    why: str | None = None
    how: str | None = None
    handed_to: str | None = None
    handling: Sequence[Handling] = ()
    told_customer: bool | None = None

    def __post_init__(self) -> None:
        settled(self, "handling")

    @property
    def filled_share(self) -> float:
        """Share of the six fields that are filled."""
        return sum(bool(getattr(self, name)) for name in W5H1) / len(W5H1)

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields of the six that are still to be asked."""
        return tuple(name for name in W5H1 if not getattr(self, name))

    @property
    def closed(self) -> bool:
        """Whether the handling is written down and the customer was told."""
        return bool(self.handling) and self.told_customer is True

    @property
    def stage(self) -> str:
        """How far it is come: recorded, handed over, handled, closed."""
        if self.closed:
            return "closed"
        if self.handling:
            return "handled"
        return "handed_over" if self.handed_to else "recorded"

    def handed(self, to: str) -> Complaint:
        """The record handed over to the person in charge."""
        return replace(self, handed_to=to)

    def appended(self, done: str, *, by: str | None = None, on: str | None = None) -> Complaint:
        """The record with one more handling; what was written before stays as it is."""
        return replace(self, handling=(*self.handling, Handling(done, by=by, on=on)))

    def told(self) -> Complaint:
        """The record after the result was told to the customer: the loop is closed."""
        return replace(self, told_customer=True)


def recurring(complaints: Sequence[Complaint]) -> dict[str, int]:
    """What is complained of more than once, the most frequent first.

    >>> recurring([Complaint(what="leak"), Complaint(what="late"), Complaint(what="leak")])
    {'leak': 2}
    """
    found = Counter(c.what for c in complaints if c.what)
    return {what: count for what, count in found.most_common() if count > 1}


def shares(complaints: Sequence[Complaint]) -> dict[str, float]:
    """Keyed, filled in 5W1H, handled and told, each ÷ complaints; {} without one."""
    n = len(complaints)
    if not n:
        return {}
    return {
        "keyed_share": sum(bool(c.customer) for c in complaints) / n,
        "w5h1_share": sum(c.filled_share for c in complaints) / n,
        "handled_share": sum(bool(c.handling) for c in complaints) / n,
        "fed_back_share": sum(c.told_customer is True for c in complaints) / n,
    }


def joined(
    complaints: Sequence[Complaint], attributes: Mapping[str, Mapping[str, Value]]
) -> pd.DataFrame:
    """Complaints beside the attributes of their customers: who meets what, and why.

    Args:
        complaints: with customer codes; one without stays, its attributes blank.
        attributes: by customer code: age band, region, plan …; no personal data is needed.

    Returns:
        a row a complaint: customer, the six fields, stage, then a column an attribute.
    """
    import pandas as pd

    names = list(dict.fromkeys(name for values in attributes.values() for name in values))
    columns = ["customer", *W5H1, "stage", *names]
    rows = [
        [
            complaint.customer,
            *(getattr(complaint, name) for name in W5H1),
            complaint.stage,
            *(attributes.get(complaint.customer or "", {}).get(name) for name in names),
        ]
        for complaint in complaints
    ]
    return pd.DataFrame(rows, columns=columns, dtype=object)
