"""Causal chains of the method over the findings: which ones show, and which shows most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit.method import Method
from toolkit.rules.finding import WEIGHTS, Finding

SURE = ("high", "mid")
NEEDED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A chain with two or more failed rules that follow one another.

    ``paths`` are those that hold a failed link, without what does not concern the client;
    ``failed`` the linked rules that fail. ``score`` is the sum of their severities (high 3,
    medium 2, check 1) where confidence is mid or better: 0 tells that answers alone show it.
    """

    id: str
    paths: tuple[tuple[str, ...], ...]
    failed: tuple[str, ...]
    score: int
    sources: tuple[str, ...] = ()


def chains(findings: Iterable[Finding], method: Method) -> tuple[Chain, ...]:
    """Chains that show, the strongest first; a link is a possibility, never a proven cause.

    A chain needs two failed rules that follow each other in one of its paths. Findings a client
    has set aside take no part.
    """
    judged = {finding.id: finding for finding in findings}
    made = [
        _chain(entry.id, entry["paths"], judged, tuple(entry.get("sources", ())))
        for entry in method.section("chains").values()
    ]
    shown = [chain for chain in made if chain is not None]
    return tuple(sorted(shown, key=lambda chain: (-chain.score, -len(chain.failed))))


def _chain(
    chain_id: str,
    paths: Iterable[Sequence[str]],
    judged: Mapping[str, Finding],
    sources: tuple[str, ...],
) -> Chain | None:
    shown = [path for path in paths if _linked(path, judged)]
    failed = tuple(dict.fromkeys(code for path in shown for code in _linked(path, judged)))
    if len(failed) < NEEDED:
        return None
    return Chain(
        id=chain_id,
        paths=tuple(tuple(code for code in path if _concerns(judged, code)) for path in shown),
        failed=failed,
        score=sum(_weight(judged[code]) for code in failed),
        sources=sources,
    )


def _linked(path: Sequence[str], judged: Mapping[str, Finding]) -> list[str]:
    """Failed rules of a path that stand next to another failed one."""
    fails = [_fails(judged, code) for code in path]
    return [
        code
        for place, code in enumerate(path)
        if fails[place] and (any(fails[max(0, place - 1) : place]) or any(fails[place + 1 :][:1]))
    ]


def _fails(judged: Mapping[str, Finding], code: str) -> bool:
    finding = judged.get(code)
    return finding is not None and finding.status == "fail" and finding.suppressed is None


def _concerns(judged: Mapping[str, Finding], code: str) -> bool:
    finding = judged.get(code)
    return finding is not None and finding.status != "not_applicable"


def _weight(finding: Finding) -> int:
    return WEIGHTS[finding.severity] if finding.confidence in SURE else 0
