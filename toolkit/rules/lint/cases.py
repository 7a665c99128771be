"""Cases of rules: facts in YAML, and the status that must come of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from toolkit.errors import Problem
from toolkit.facts import Fact, Facts
from toolkit.method import OWN, Method
from toolkit.rules.finding import Finding
from toolkit.rules.judge import Client, judge_rule

FOLDER = "cases"
EXPECTED = ("status", "severity", "reason", "missing", "items")
PROFILE = {
    "q.pla.model": "model",
    "q.pla.stage": "stage",
    "profile.industry": "industry",
    "profile.currency": "currency",
}


def cases(method: Method) -> Iterator[Problem]:
    """Cases of a firm's folder (``cases/<CODE>.yaml``) that come out otherwise than they say."""
    for layer in method.layers:
        for path in sorted((layer.folder / FOLDER).glob("*.yaml")) if layer.name != OWN else ():
            yield from _file(path, method)
    for rule in method.section("rules").values():
        firms = [layer for layer in method.layers if layer.name in rule.layers.values()]
        if OWN not in rule.layers.values() and not _has_cases(rule.id, firms):
            yield Problem(
                code="lint_cases_missing", file=rule.file, line=rule.line, key=rule.id, params={}
            )


def _has_cases(code: str, layers: list[Any]) -> bool:
    return any((layer.folder / FOLDER / f"{code}.yaml").is_file() for layer in layers)


def _file(path: Path, method: Method) -> Iterator[Problem]:
    name, code = f"{FOLDER}/{path.name}", path.stem
    if code not in method.section("rules"):
        yield Problem(code="lint_cases_of_nothing", file=name, key=code)
        return
    try:
        found = read_cases(path)
        differing = [(case, differs(code, case, method)) for case in found]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        yield Problem(code="lint_cases_unreadable", file=name, params={"detail": str(error)[:200]})
        return
    for case, (key, expected, got) in ((case, d) for case, d in differing if d):
        params = {"expected": str(expected), "found": str(got), "what": key}
        yield Problem(code="lint_case_differs", file=name, key=str(case["name"]), params=params)


def read_cases(path: Path) -> list[dict[str, Any]]:
    """The cases of one rule: each with name, facts, status, and what else it expects.

    Raises:
        ValueError: the file is no YAML, or no list.
    """
    import yaml

    try:
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error
    if not isinstance(tree, list):
        raise ValueError(path.name)
    return tree


def differs(code: str, case: Mapping[str, Any], method: Method) -> tuple[str, Any, Any] | None:
    """The first thing a case expects and does not get: (what, expected, found); None if right."""
    finding = judged(code, case, method)
    for key in EXPECTED:
        if key in case:
            got = _found(finding, key)
            if got != case[key]:
                return key, case[key], got
    return None


def judged(code: str, case: Mapping[str, Any], method: Method) -> Finding:
    """The finding of a rule on the facts of a case."""
    client = Client(thresholds=case.get("thresholds", {}))
    rule = method.section("rules")[code]
    return judge_rule(rule, facts_of(case), method, client, case.get("statuses"))


def facts_of(case: Mapping[str, Any]) -> Facts:
    """Facts as a case states them: a bare value is exact, ``q.`` ones are answers, none is unknown.

    ``model``, ``stage``, ``industry`` and ``currency`` (JPY unless given) are the client's.
    """
    facts = dict(case.get("facts", {}))
    for fact_id, name in PROFILE.items():
        facts.setdefault(fact_id, case.get(name, "JPY" if name == "currency" else None))
    return Facts(_fact(str(key), value) for key, value in facts.items())


def _fact(key: str, stated: Any) -> Fact:
    fact_id, _, cell = key.partition("[")
    pairs = [part.split("=", 1) for part in cell.rstrip("]").split(",")] if cell else []
    by = {name: int(value) if value.isdigit() else value for name, value in pairs}
    fields = dict(stated) if isinstance(stated, dict) else {"value": stated}
    if fields.get("value") is None and "state" not in fields:
        fields["state"] = "unknown"
        fields.setdefault("reason", "not_asked" if fact_id.startswith("q.") else "no_table")
    if fact_id.startswith("q."):
        fields.setdefault("basis", "said")
    fields.setdefault("sampled", "low" in fields)
    return Fact(id=fact_id, by=by, **fields)


def _found(finding: Finding, key: str) -> Any:
    if key == "items":
        return [item.key for item in finding.evidence.items]
    value = getattr(finding, key)
    return list(value) if isinstance(value, tuple) else value
