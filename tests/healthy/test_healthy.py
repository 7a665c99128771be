"""A healthy client gets no finding of high severity; `make healthy` judges a hundred of them."""

from __future__ import annotations

import pytest

import toolkit as tk
from toolkit.synth.client import write_client
from toolkit.synth.synth import MODELS, synth

SEED = 1
PASSED_BY = {
    "gen": {"AFT005", "AFT006", "AFT009", "SAL006", "SAL010", "FUL007", "FUL010", "BIL005"},
    "mkt": {"AFT006", "AFT009", "SAL006", "SAL012", "FUL007", "PRO003"},
    "sub": {"AFT009", "AFT011", "SAL006", "SAL010", "FUL007"},
    "shop": {"AFT005", "AFT006", "AFT009", "SAL006", "SAL010"},
}


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    root, found = tmp_path_factory.mktemp("healthy"), {}
    for model in MODELS:
        write_client(synth(model, SEED), root / model)
        found[model] = tk.diagnose(root / model).judged
    return found


@pytest.mark.parametrize("model", MODELS)
def test_nothing_of_high_severity_is_found(judged, model):
    high = [f.id for f in judged[model] if f.status == "fail" and f.severity == "high"]
    assert high == []


def test_chance_alone_makes_few_red_findings(judged):
    """Some fifty rules are judged of each client; one in twenty of any rule may err."""
    red = [finding.id for one in judged.values() for finding in one if finding.red]
    assert len(red) <= len(judged)
    assert max((red.count(code) for code in red), default=0) <= 2


@pytest.mark.parametrize("model", PASSED_BY)
def test_much_is_really_judged(judged, model):
    """Silence would also be no alarm: the tests against the firm's own past are judged and pass."""
    passed = {finding.id for finding in judged[model] if finding.status == "pass"}
    assert len(passed) >= 40
    assert passed >= PASSED_BY[model]
