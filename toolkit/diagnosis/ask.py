"""What to ask next: the missing answers and exports by what they are worth to the plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from toolkit.diagnosis.information import Information, Standing, Worth
from toolkit.facts import Facts
from toolkit.method import Entry, Method
from toolkit.rules.applies import MODEL, applies
from toolkit.rules.condition import Scope
from toolkit.rules.finding import WEIGHTS, Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class NextQuestion:
    """A question or a table to ask for, and the rules that wait for it.

    ``value`` is how many of the first three actions its answer is expected to replace,
    ``would_enter`` the rules that would be among them after some answer, ``priced`` the failed
    rules whose yen it would make known (``Worth``).
    """

    id: str
    kind: Literal["question", "table"]
    rules: tuple[str, ...]
    key: bool = False
    value: float = 0.0
    would_enter: tuple[str, ...] = ()
    priced: tuple[str, ...] = ()


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


def ask_next(standing: Standing) -> tuple[NextQuestion, ...]:
    """Missing inputs, those first whose answer would change the first actions most.

    The model comes before all, as it decides which rules and questions concern the client at all.
    At equal value key questions come first, then what would settle the weightiest rules.
    """
    questions, rules = standing.method.section("questions"), standing.method.section("rules")
    information = Information(standing)
    asked = [
        _question(need, codes, information.worth(need, codes), questions.get(need))
        for need, codes in information.needs().items()
    ]

    def order(question: NextQuestion) -> tuple[bool, float, bool, int, str]:
        weight = sum(1 + WEIGHTS[str(rules[code]["severity"])] for code in question.rules)
        return (question.id != MODEL, -question.value, not question.key, -weight, question.id)

    return tuple(sorted(asked, key=order))


def _question(
    need: str, codes: tuple[str, ...], worth: Worth, question: Entry | None
) -> NextQuestion:
    return NextQuestion(
        id=need,
        kind="table" if question is None else "question",
        rules=codes,
        key=question is not None and bool(question.get("key")),
        value=worth.value,
        would_enter=worth.would_enter,
        priced=worth.priced,
    )
