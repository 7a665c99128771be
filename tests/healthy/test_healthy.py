"""A healthy shop gets no finding of high severity; `make healthy` judges a hundred of them."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

import toolkit as tk

SEEDS = range(1, 5)


def load_shop():
    place = Path(__file__).with_name("shop.py")
    spec = importlib.util.spec_from_file_location("healthy_shop", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    make_shop, folder = load_shop().make_shop, tmp_path_factory.mktemp("shops")
    return {seed: tk.diagnose(make_shop(folder / f"healthy{seed}", seed)) for seed in SEEDS}


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_of_high_severity_is_found(judged, seed):
    assert [f.id for f in judged[seed].judged if f.status == "fail" and f.severity == "high"] == []


def test_chance_alone_makes_few_red_findings(judged):
    """Some 60 rules are judged for each of the four shops; one in twenty of any rule may err."""
    red = [finding.id for one in judged.values() for finding in one.judged if finding.red]
    assert len(red) <= 4
    assert max((red.count(code) for code in red), default=0) <= 2


def test_much_is_really_judged(judged):
    """Silence would also be no alarm: the tests against the shop's own past are judged and pass."""
    for one in judged.values():
        passed = {finding.id for finding in one.judged if finding.status == "pass"}
        assert len(passed) >= 40
        assert passed >= {"AFT005", "AFT006", "AFT009", "SAL006", "SAL010", "FUL007", "FUL010"}
        assert one.strengths
