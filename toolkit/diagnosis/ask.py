"""What to ask next: the missing answers and exports that would let most be judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from toolkit.facts import Facts
from toolkit.method import Method
from toolkit.rules.applies import applies
from toolkit.rules.condition import Scope
from toolkit.rules.finding import WEIGHTS, Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class NextQuestion:
    """A question or a table to ask for, and the rules that wait for it."""

    id: str
    kind: Literal["question", "table"]
    rules: tuple[str, ...]
    key: bool = False


def concerning(findings: Iterable[Finding], facts: Facts, method: Method) -> tuple[Finding, ...]:
    """The findings without those missing answers whose question does not concern the client.

    A question of other models or stages is never asked, whatever waits for it; where model or
    stage is not known, it is.
    """
    scope = Scope(facts=facts, threshold=lambda _: None, target=lambda _: None)
    foreign = {
        key
        for key, question in method.section("questions").items()
        if applies(question.get("applies", {}), method, scope).value is False
    }
    return tuple(
        replace(one, missing=tuple(need for need in one.missing if need not in foreign))
        for one in findings
    )


def ask_next(findings: Iterable[Finding], method: Method) -> tuple[NextQuestion, ...]:
    """Missing inputs, key questions first, then by the weight of the rules they would settle."""
    questions, rules = method.section("questions"), method.section("rules")
    waiting: dict[str, list[str]] = {}
    for finding in findings:
        for need in finding.missing:
            waiting.setdefault(need, []).append(finding.id)
    asked = [
        NextQuestion(
            id=need,
            kind="question" if need in questions else "table",
            rules=tuple(codes),
            key=bool(questions[need].get("key")) if need in questions else False,
        )
        for need, codes in waiting.items()
    ]

    def order(question: NextQuestion) -> tuple[bool, int, str]:
        weight = sum(1 + WEIGHTS[str(rules[code]["severity"])] for code in question.rules)
        return (not question.key, -weight, question.id)

    return tuple(sorted(asked, key=order))
