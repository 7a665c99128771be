"""The value of an answer: how far it may be expected to change the first actions of the plan.

Each answer that can be listed is put in place of the open one, the rules that read it are judged
anew, and the first three actions compared with today's. All answers count alike, and what cannot
be listed (a number, a table) lets each rule that waits for it fail or pass, half and half: these
weights are an assumption of ours, said so wherever the value is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from toolkit.diagnosis.possible import Cells, possible_answers
from toolkit.facts import Facts
from toolkit.method import Entry, Method
from toolkit.rules.finding import SEVERITIES, WEIGHTS, Finding, Threshold
from toolkit.rules.judge import Client, judge_again
from toolkit.rules.listing import reads
from toolkit.rules.readers import readers, thresholds_named
from toolkit.rules.thresholds import resolve, severity_cap, triggers

PLACES = 3
HALF = 0.5
DIGITS = 4
MARGIN_NEEDS = ("q.pla.cost_rates", "costs")
"""Either gives the margin, and with it the yen of findings that wait for one."""

FirstThree = Callable[[Iterable[Finding]], tuple[str, ...]]
Restated = Callable[[Cells], Facts]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known and judged today, and how it would be with an answer more.

    ``first_three`` gives the rules behind the first actions of some findings, ``restated`` all
    facts with an answer in place of the open one, those of the objects included.
    """

    findings: tuple[Finding, ...]
    facts: Facts
    method: Method
    first_three: FirstThree
    restated: Restated
    client: Client = field(default_factory=Client)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What an answer is worth.

    ``value`` is the number of the first three places expected to change hands (0 to 3; a finding
    whose yen would become known counts as half a place), ``would_enter`` are the rules that would
    be among them after some answer, ``priced`` the failed rules that would get their yen.
    """

    value: float = 0.0
    would_enter: tuple[str, ...] = ()
    priced: tuple[str, ...] = ()


def priced(findings: Iterable[Finding]) -> dict[str, tuple[str, ...]]:
    """Failed rules whose yen waits for an answer, by what would make it known.

    The margin may come from either of two; other yen wait for the questions they name.
    """
    found: dict[str, list[str]] = {}
    for one in findings:
        if one.status != "fail" or one.suppressed is not None or one.yen is None:
            continue
        asked = [need for need in one.yen.missing if need.startswith("q.")]
        needs = MARGIN_NEEDS if one.yen.reason == "no_margin" else asked
        for need in needs:
            found.setdefault(need, []).append(one.id)
    return {need: tuple(codes) for need, codes in found.items()}


class Information:
    """Finds what answers are worth to one client as he stands."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._today = {finding.id: finding for finding in standing.findings}
        self._weight = sum(map(_weight, standing.findings))
        self._three = standing.first_three(standing.findings)
        self._readers = readers(standing.method)
        self._priced = priced(standing.findings)

    def needs(self) -> dict[str, tuple[str, ...]]:
        """What to ask for, each with the rules that wait for it to be judged."""
        waiting: dict[str, list[str]] = {}
        for finding in self._today.values():
            for need in finding.missing:
                waiting.setdefault(need, []).append(finding.id)
        for need in self._priced:
            waiting.setdefault(need, [])
        return {need: tuple(codes) for need, codes in waiting.items()}

    def worth(self, need: str, waiting: Iterable[str]) -> Worth:
        """What a question or table is worth, and which rules wait for it."""
        question = self._standing.method.section("questions").get(need)
        listed = self._listed(question) if question is not None else []
        reached = {code for outcome in listed for code in outcome.judged}
        supposed = [self._supposed(code, need) for code in waiting if code not in reached]
        yen_known = self._priced.get(need, ())
        value = (
            sum(self._changed(one.three) for one in listed) / max(1, len(listed))
            + HALF * sum(self._changed(three) for three in supposed)
            + HALF * len(yen_known)
        )
        entered = (code for three in [*(one.three for one in listed), *supposed] for code in three)
        return Worth(
            value=round(min(value, float(PLACES)), DIGITS),
            would_enter=tuple(dict.fromkeys(code for code in entered if code not in self._three)),
            priced=yen_known,
        )

    def _changed(self, three: tuple[str, ...]) -> int:
        """Places among the first three that would be taken by another rule, or by none."""
        now, then = set(self._three), set(three)
        return max(len(then - now), len(now - then))

    def _listed(self, question: Entry) -> list[_Outcome]:
        """What follows from each answer; of several items the mildest and the gravest pattern."""
        standing = self._standing
        patterns = possible_answers(question, standing.facts, standing.method)
        outcomes = [self._outcome(cells) for cells in patterns]
        if question["kind"] == "choice" or not outcomes:
            return outcomes
        return [
            min(outcomes, key=lambda outcome: outcome.weight),
            max(outcomes, key=lambda outcome: outcome.weight),
        ]

    def _outcome(self, cells: Cells) -> _Outcome:
        standing = self._standing
        facts = standing.restated(cells)
        changed = standing.facts.changed_ids(facts)
        read = {code for fact_id in changed for code in self._readers.get(fact_id, ())}
        codes = tuple(code for code in self._today if code in read)
        found = judge_again(self._today, codes, facts, standing.method, standing.client)
        made = {
            code: one
            for code, one in found.items()
            if one is not self._today[code] and not _as_grave(one, self._today[code])
        }
        weight = sum(_weight(one) - _weight(self._today[code]) for code, one in made.items())
        return _Outcome(judged=codes, three=self._first(made), weight=self._weight + weight)

    def _first(self, made: Mapping[str, Finding]) -> tuple[str, ...]:
        """The first three with some findings in place of today's, which have their yen already."""
        if not made:
            return self._three
        return self._standing.first_three({**self._today, **made}.values())

    def _supposed(self, code: str, need: str) -> tuple[str, ...]:
        """The first three if a waiting rule failed at its highest severity."""
        failed = _failed(self._today[code], need, self._standing)
        return self._standing.first_three({**self._today, code: failed}.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What follows from one answer: rules judged anew, the first three, the weight of fails."""

    judged: tuple[str, ...]
    three: tuple[str, ...]
    weight: int


def _weight(finding: Finding) -> int:
    return 1 + WEIGHTS[finding.severity] if finding.status == "fail" else 0


def _as_grave(one: Finding, other: Finding) -> bool:
    return (one.status, one.severity, one.confidence) == (
        other.status,
        other.severity,
        other.confidence,
    )


def _failed(finding: Finding, need: str, standing: Standing) -> Finding:
    """A waiting finding as it would be at the worst: capped by what would decide it.

    What rests on an answer alone is at most a check, as everywhere.
    """
    rule = standing.method.section("rules")[finding.id]
    said = need in {key.partition("[")[0] for key in reads(rule["fails"])}
    threshold = _strongest(rule, need, standing)
    caps = [str(rule["severity"]), severity_cap(threshold), *(["check"] if said else [])]
    return replace(
        finding,
        status="fail",
        severity=max(caps, key=SEVERITIES.index),
        confidence="low" if said else "high",
        reason=None,
        missing=(),
        evidence=replace(finding.evidence, threshold=threshold),
        action_id=f"act.{finding.id}",
    )


def _strongest(rule: Entry, need: str, standing: Standing) -> Threshold | None:
    """Of the thresholds that could decide, the one that allows most; None for a target of theirs.

    A comparison with the client's own target, set by the answer, is capped by nothing.
    """
    found: list[Threshold] = []
    for entry in thresholds_named(rule["fails"], standing.method):
        if str(entry.get("question", "")).partition("[")[0] == need:
            return None
        resolved = resolve(entry.id, standing.method, standing.facts, standing.client.thresholds)
        found += [resolved] if resolved is not None and triggers(resolved) else []
    return min(found, key=_reach, default=None)


def _reach(threshold: Threshold) -> tuple[int, bool]:
    return SEVERITIES.index(severity_cap(threshold)), threshold.origin == "house"
