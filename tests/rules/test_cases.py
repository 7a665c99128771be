"""Every rule judged on its own file of cases: pass, fail, unknown, not applicable, the edge."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.method import load_method
from toolkit.rules.lint.cases import differs, read_cases

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda path: path.stem)
def test_cases(path):
    cases = read_cases(path)
    assert cases
    assert all("status" in case for case in cases)
    found = {case["name"]: differs(path.stem, case, load_method()) for case in cases}
    assert {name: problem for name, problem in found.items() if problem is not None} == {}


def test_every_rule_has_cases():
    codes = set(load_method().section("rules"))
    assert codes == {path.stem for path in CASES.glob("*.yaml")}
