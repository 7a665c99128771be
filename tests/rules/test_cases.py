"""Every rule judged on its own file of cases: pass, fail, unknown, not applicable, the edge."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.method import load_method
from toolkit.rules.lint.cases import differs, read_cases

CASES = Path(__file__).parent / "cases"


def every_case():
    for path in sorted(CASES.glob("*.yaml")):
        for case in read_cases(path):
            yield pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}")


@pytest.mark.parametrize(("code", "case"), list(every_case()))
def test_case(code, case):
    assert "status" in case
    assert differs(code, case, load_method()) is None


def test_every_rule_has_cases():
    codes = set(load_method().section("rules"))
    assert codes == {path.stem for path in CASES.glob("*.yaml")}
