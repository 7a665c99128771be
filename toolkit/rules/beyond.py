"""Whether a fact lies beyond a number: an exact one by its value, a sampled one by its interval."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.facts import Fact

NUMERIC = ("above", "below", "at_least", "at_most")
HIGH_N = 100
# A named test sets two of the client's own stretches of time, or a part and the rest, side by
# side month after month: at 80 % a steady business would be told of a fall every tenth month.
NAMED_TESTS = ("_t3v12", "_t3v9", "_yoy", "_vs_rest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """The answer, or why there is none; ``firm`` where it holds at 95 % with n ≥ 100."""

    value: bool | None
    firm: bool = True
    reason: str | None = None


def beyond(fact: Fact, operator: str, limit: float, *, min_n: int, sure: bool = False) -> Beyond:
    """Whether a known fact lies beyond a limit.

    A sampled fact does where its 80 % interval lies wholly beyond, and does not where that lies
    wholly on this side; between the two it is ``near_threshold``. Where the comparison is
    ``sure``, and for a named test, 95 % must lie beyond; a named test that does not is
    ``no_difference``.
    """
    if fact.sampled and (fact.n is None or fact.n < min_n):
        return Beyond(value=None, reason="small_n")
    if not fact.sampled or fact.low is None or fact.high is None:
        return Beyond(value=holds(fact.number or 0.0, operator, limit))
    usual = _sides(fact.low, fact.high, operator, limit)
    wide = _sides(fact.low95, fact.high95, operator, limit)
    named = fact.id.endswith(NAMED_TESTS)
    if (wide if named or sure else usual) == {True}:
        return Beyond(value=True, firm=(fact.n or 0) >= HIGH_N and wide == {True})
    if usual == {False}:
        return Beyond(value=False)
    if named:
        return Beyond(value=False, reason="no_difference")
    return Beyond(value=None, reason="near_threshold")


def holds(number: float, operator: str, limit: float) -> bool:
    """Whether one number stands as said to another.

    >>> holds(0.5, "above", 0.5), holds(0.5, "at_least", 0.5)
    (False, True)
    """
    if operator == "above":
        return number > limit
    if operator == "below":
        return number < limit
    return number >= limit if operator == "at_least" else number <= limit


def _sides(low: float | None, high: float | None, operator: str, limit: float) -> set[bool]:
    """On which sides of the limit an interval's ends lie; none where it has no ends."""
    if low is None or high is None:
        return set()
    return {holds(end, operator, limit) for end in (low, high)}
