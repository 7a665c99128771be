"""Every rule judged on its own file of cases: pass, fail, unknown, not applicable, the edge."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from toolkit.facts import Fact, Facts
from toolkit.method import load_method
from toolkit.rules.judge import Client, judge_rule

CASES = Path(__file__).parent / "cases"


def read_cases():
    for path in sorted(CASES.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}")


def fact_of(key, stated):
    fact_id, _, cell = key.partition("[")
    by = dict(part.split("=") for part in cell.rstrip("]").split(",")) if cell else {}
    by = {name: int(value) if value.isdigit() else value for name, value in by.items()}
    fields = dict(stated) if isinstance(stated, dict) else {"value": stated}
    if fields.get("value") is None and "state" not in fields:
        fields["state"] = "unknown"
        fields.setdefault("reason", "not_asked" if fact_id.startswith("q.") else "no_table")
    if fact_id.startswith("q."):
        fields.setdefault("basis", "said")
    fields.setdefault("sampled", "low" in fields)
    return Fact(id=fact_id, by=by, **fields)


def facts_of(case):
    facts = dict(case.get("facts", {}))
    profile = {
        "q.pla.model": case.get("model"),
        "q.pla.stage": case.get("stage"),
        "profile.industry": case.get("industry"),
        "profile.currency": case.get("currency", "JPY"),
    }
    for key, value in profile.items():
        facts.setdefault(key, value)
    return Facts(fact_of(key, value) for key, value in facts.items())


@pytest.mark.parametrize(("code", "case"), list(read_cases()))
def test_case(code, case):
    method = load_method()
    client = Client(thresholds=case.get("thresholds", {}))
    finding = judge_rule(
        method.section("rules")[code], facts_of(case), method, client, case.get("statuses")
    )
    assert finding.status == case["status"], finding
    if "severity" in case:
        assert finding.severity == case["severity"]
    if "reason" in case:
        assert finding.reason == case["reason"]
    if "missing" in case:
        assert list(finding.missing) == case["missing"]
    if "items" in case:
        assert [item.key for item in finding.evidence.items] == case["items"]


def test_every_rule_has_cases():
    codes = set(load_method().section("rules"))
    assert codes == {path.stem for path in CASES.glob("*.yaml")}
