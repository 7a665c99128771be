"""Judging: every rule against the facts of one client, summary rules after the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from toolkit.facts import Fact, Facts, Item
from toolkit.method import Entry, Method, once_a_method
from toolkit.rules.applies import applies
from toolkit.rules.beyond import HIGH_N
from toolkit.rules.condition import Scope, Truth, truth
from toolkit.rules.finding import SEVERITIES, Evidence, Finding, Status, Threshold
from toolkit.rules.thresholds import resolve, severity_cap, triggers

MIN_N = 30
NOTHING_TO_SEND = (
    "small_n", "near_threshold", "immature", "not_paid_back", "not_split", "not_fitted",
    "model_missed",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """What a client may set about judging: thresholds by name, rules held back with a reason."""

    thresholds: Mapping[str, float] = field(default_factory=dict)
    suppress: Mapping[str, str] = field(default_factory=dict)


def judge(facts: Facts, method: Method, client: Client | None = None) -> tuple[Finding, ...]:
    """Findings of all rules in the order of the content, one a rule.

    Facts alone decide; equal facts give equal findings.
    """
    client = client or Client()
    rules, summing = method.section("rules"), _summing(method)
    first = [rule for code, rule in rules.items() if code not in summing]
    found = {rule.id: judge_rule(rule, facts, method, client) for rule in first}
    _judge_summaries(found, facts, method, client)
    return tuple(found[code] for code in rules)


def judge_again(
    findings: Mapping[str, Finding],
    codes: Iterable[str],
    facts: Facts,
    method: Method,
    client: Client | None = None,
) -> dict[str, Finding]:
    """Findings by code, some rules judged anew on other facts, the summary rules after them.

    Equal to judging everything where no other rule reads what differs.
    """
    client, rules = client or Client(), method.section("rules")
    made, again, summing = dict(findings), False, _summing(method)
    for code in codes:
        if code in summing:
            again = True
            continue
        made[code] = judge_rule(rules[code], facts, method, client)
        again = again or made[code].status != findings[code].status
    if again:
        _judge_summaries(made, facts, method, client)
    return made


def _judge_summaries(
    found: dict[str, Finding], facts: Facts, method: Method, client: Client
) -> None:
    rules, summing = method.section("rules"), _summing(method)
    statuses = {code: one.status for code, one in found.items() if code not in summing}
    for code in summing:
        found[code] = judge_rule(rules[code], facts, method, client, statuses)


def judge_rule(
    rule: Entry,
    facts: Facts,
    method: Method,
    client: Client,
    statuses: Mapping[str, str] | None = None,
) -> Finding:
    """The finding of one rule."""
    scope = Scope(
        facts=facts,
        threshold=_thresholds(method, facts, client),
        target=_targets(method, facts),
        min_n=int(rule.get("min_n", MIN_N)),
        statuses=statuses,
    )
    where = applies(rule.get("applies", {}), method, scope)
    if where.value is False:
        return _finding(rule, "not_applicable", where, method, client)
    result = truth(rule["fails"], scope)
    if where.value is None:
        also = result.missing if result.value is None else ()
        where = replace(where, missing=(*where.missing, *also))
        return _finding(rule, "unknown", where, method, client)
    status = _status(result)
    made = _finding(rule, status, result, method, client, _severity(rule, result, scope))
    return _with_items(made, rule, result, statuses or {}) if status == "fail" else made


def _status(result: Truth) -> Status:
    if result.value is None:
        return "unknown"
    if result.value:
        return "fail"
    nothing = all(fact.state == "not_applicable" for fact in result.deciding)
    return "not_applicable" if result.deciding and nothing else "pass"


def _targets(method: Method, facts: Facts) -> Callable[[str], Fact | None]:
    def find(name: str) -> Fact | None:
        question = method.section("thresholds")[name].get("question")
        return facts.find(question) if question else None

    return find


def _thresholds(method: Method, facts: Facts, client: Client) -> Callable[[str], Threshold | None]:
    def find(name: str) -> Threshold | None:
        threshold = resolve(name, method, facts, client.thresholds)
        return threshold if threshold is not None and triggers(threshold) else None

    return find


@once_a_method
def _summing(method: Method) -> Mapping[str, None]:
    """Codes of the rules that read the statuses of others, in their order."""
    rules = method.section("rules").values()
    return dict.fromkeys(rule.id for rule in rules if _mentions(rule["fails"], "statuses"))


def _mentions(condition: Any, word: str) -> bool:
    if isinstance(condition, Mapping):
        return word in condition or any(_mentions(part, word) for part in condition.values())
    if isinstance(condition, list):
        return any(_mentions(part, word) for part in condition)
    return False


def _severity(rule: Entry, result: Truth, scope: Scope) -> str:
    """The rule's severity, lowered by origin of the threshold, confidence and sample."""
    caps = [str(rule["severity"]), severity_cap(result.threshold)]
    if confidence(result.deciding) == "low":
        caps.append("check")
    if not result.firm or confidence(result.deciding) == "mid":
        caps.append("medium")
    medium_if = rule.get("medium_if")
    if medium_if is not None and truth(medium_if, scope).value is not True:
        caps.append("check")
    note_if = rule.get("note_if")
    if note_if is not None and truth(note_if, scope).value is True:
        caps.append("note")
    return max(caps, key=SEVERITIES.index)


def confidence(deciding: Iterable[Fact]) -> str | None:
    """High, mid or low by the weakest fact that decided; None where nothing did.

    An answer is low; a sample of 30 to 99 is mid; exact figures and larger samples are high.
    """
    grades = [_grade(fact) for fact in deciding]
    return max(grades, key=("high", "mid", "low").index) if grades else None


def _grade(fact: Fact) -> str:
    if fact.basis == "said":
        return "low"
    return "mid" if fact.sampled and (fact.n or 0) < HIGH_N else "high"


def _finding(  # noqa: PLR0913 — the parts of one finding
    rule: Entry,
    status: Status,
    result: Truth,
    method: Method,
    client: Client,
    severity: str | None = None,
) -> Finding:
    shown = [str(key) for key in rule.get("shows", ())]
    keys = dict.fromkeys([*shown, *(fact.key for fact in result.deciding)])
    decided = result.deciding[0] if result.deciding else None
    return Finding(
        id=rule.id,
        module=str(rule["module"]),
        status=status,
        severity=severity or str(rule["severity"]),
        confidence=confidence(result.deciding) if status in ("pass", "fail") else None,
        reason=result.reason,
        evidence=Evidence(
            facts=tuple(keys) if status != "not_applicable" else (),
            threshold=result.threshold,
            table=decided.table if decided else None,
            rows_total=decided.rows_total if decided else None,
        ),
        missing=_missing(result.missing, method) if status == "unknown" else (),
        leads_to=tuple(rule.get("leads_to", ())),
        sources=tuple(rule.get("sources", ())),
        action_id=f"act.{rule.id}" if status == "fail" else None,
        effort=rule.get("effort"),
        pool=rule.get("pool"),
        suppressed=client.suppress.get(rule.id),
    )


def _missing(facts: Iterable[Fact], method: Method) -> tuple[str, ...]:
    """What to ask for: questions by id, tables by name; nothing where only time can tell."""
    found: dict[str, None] = {}
    for fact in facts:
        if fact.known or fact.reason in NOTHING_TO_SEND:
            continue  # nothing to send: only more orders, or more time, can tell
        for need in _needs(fact, method):
            found.setdefault(need)
    return tuple(found)


def _needs(fact: Fact, method: Method) -> tuple[str, ...]:
    if fact.id.startswith("q."):
        return (fact.id,)
    if fact.needs:
        return fact.needs
    card = method.section("measures").get(fact.id)
    return tuple(card.get("needs", ())) if card is not None else ()


def _with_items(
    finding: Finding, rule: Entry, result: Truth, statuses: Mapping[str, str]
) -> Finding:
    items = [item for fact in (*result.deciding, *result.also) for item in fact.items]
    named = _named_rules(rule["fails"])
    items += [
        Item(key=code, label=code, value="fail") for code in named if statuses.get(code) == "fail"
    ]
    return replace(finding, evidence=replace(finding.evidence, items=tuple(items)))


def _named_rules(condition: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(condition.get("statuses", ()))
