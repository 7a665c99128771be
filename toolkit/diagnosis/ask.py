"""What to ask next: the missing answers and exports that would let most be judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from toolkit.method import Method
from toolkit.rules.finding import WEIGHTS, Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class NextQuestion:
    """A question or a table to ask for, and the rules that wait for it."""

    id: str
    kind: Literal["question", "table"]
    rules: tuple[str, ...]
    key: bool = False


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
