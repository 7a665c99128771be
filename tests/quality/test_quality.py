"""The short form of `make quality`: each fault is found, planted with others in one client.

The long form plants them one by one, many times, and publishes the rates (docs/quality.md).
"""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path

import pytest
from bundles import bundles
from trial import LEADING, Trial, run

import toolkit as tk
from toolkit.method import load_method
from toolkit.synth.client import write_client
from toolkit.synth.fault import faults_of
from toolkit.synth.synth import synth

pytestmark = pytest.mark.slow
LONG = pytest.mark.skipif(not os.environ.get("TOOLKIT_TEST_LONG"), reason="make long")
SEED = 101
# A fault is tried in the first of these models that can show it.
MODELS = ("gen", "sub", "mto", "saas")
# Not found in this one client, and why; the rates over many are in docs/quality.md.
MISSED = {
    "CRM009": "one customer in ten who sends back most is a loss of less than 1 % of the margin",
    "AFT012": "a hundred subscribers a quarter are too few for the fall",
}
ALONE = (("gen", "AFT006"), ("gen", "FUL007"), ("mto", "TOB015"), ("saas", "TOB004"))


def groups():
    seen: set[str] = set()
    for model in MODELS:
        new = [code for code in faults_of(model) if code not in seen]
        seen |= set(new)
        yield from ((model, group) for group in bundles(model, new))


GROUPS = list(groups())


@cache
def judged(model, group):
    made = synth(model, SEED, group)
    with tempfile.TemporaryDirectory() as folder:
        client = Path(folder) / f"{model}_{SEED}"
        write_client(made, client)
        return {one.id: one for one in tk.diagnose(client).judged}


@pytest.mark.parametrize(("model", "group"), GROUPS, ids=[f"{m}-{g[0]}" for m, g in GROUPS])
def test_planted_faults_are_found(model, group):
    found = judged(model, group)
    lost = {code for code in group if found[code].status != "fail"}
    assert lost == {code for code in group if code in MISSED}


def test_every_rule_that_data_can_show_has_a_fault():
    """Rules that read a measured fact; the two of CRM on size read a level no fault makes."""
    method = load_method()
    shown = {code for model in (*MODELS, "mkt", "shop") for code in faults_of(model)}
    cards = method.section("measures")

    def measured(rule):
        from toolkit.rules.listing import reads

        names = {key.partition("[")[0] for key in reads(rule)}
        return any(name in cards and "made_by" not in cards[name] for name in names)

    rules = method.section("rules").values()
    assert {rule.id for rule in rules if measured(rule)} - shown <= {"CRM001", "CRM002"}


@LONG
@pytest.mark.parametrize(("model", "code"), ALONE)
def test_a_fault_alone_is_among_the_first_three(model, code):
    outcome = run(Trial(model=model, seed=SEED, code=code))
    assert outcome.found
    assert outcome.rank <= LEADING


@pytest.mark.parametrize("model", MODELS)
def test_thirty_customers_are_never_red(model):
    outcome = run(Trial(model=model, seed=SEED, code=next(iter(faults_of(model))), size=0.01))
    assert outcome.high_of_few(30) == []
