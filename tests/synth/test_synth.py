"""Equal arguments give equal bytes; no strength is health; wrong arguments are told."""

from __future__ import annotations

import pytest

from toolkit.errors import UsageError
from toolkit.synth.client import write_client
from toolkit.synth.fault import faults_of
from toolkit.synth.synth import MODELS, default_model, model_token, synth


def written(client, folder):
    files = write_client(client, folder)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@pytest.mark.parametrize("model", MODELS)
def test_the_same_seed_gives_the_same_bytes_and_another_does_not(invented, model, tmp_path):
    first = written(invented(model, 1), tmp_path / "first")
    assert written(synth(model, 1), tmp_path / "again") == first
    other = written(synth(model, 2), tmp_path / "other")
    assert other["data/orders.csv"] != first["data/orders.csv"]


@pytest.mark.parametrize("model", ["gen", "mkt", "sub", "shop"])
def test_every_fault_at_no_strength_is_the_healthy_client(invented, model, tmp_path):
    healthy = written(invented(model, 1), tmp_path / "healthy")
    none = written(synth(model, 1, tuple(faults_of(model)), 0.0), tmp_path / "none")
    tables = [name for name in healthy if name.startswith("data/")]
    assert {name: none[name] for name in tables} == {name: healthy[name] for name in tables}


@pytest.mark.parametrize("model", ["gen", "mkt", "sub", "shop"])
def test_at_no_strength_the_answers_are_those_of_health(invented, model):
    none = synth(model, 1, tuple(faults_of(model)), 0.0)
    assert none.profile["answers"] == invented(model, 1).profile["answers"]


def test_a_fault_moves_only_what_it_is_about(invented):
    """Fees above the contract are a line of the books: no order changes for it."""
    healthy, ill = invented("gen", 1), synth("gen", 1, ("BIL006",))
    moved = [name for name in healthy.tables if not healthy.tables[name].equals(ill.tables[name])]
    assert moved == ["costs", "cash_plan"]


def test_more_faults_are_planted_together():
    made = synth("shop", 3, ["SAL006", "AFT004"])
    assert made.client_id == "shop_3_aft004_sal006"
    assert {one["parameter"] for one in made.truth["parameters"]} == {"cart_rate", "fed_back"}


@pytest.mark.parametrize(
    ("given", "token"), [("gen", "gen"), ("general", "gen"), ("shop_service", "shop")]
)
def test_a_model_is_known_by_its_token_and_by_its_name(given, token):
    assert model_token(given) == token


def test_an_unknown_model_is_refused_with_the_nearest():
    with pytest.raises(UsageError) as refused:
        model_token("shop_servise")
    assert refused.value.code == "synth_model_unknown"
    assert refused.value.params["near"] == "shop_service"


@pytest.mark.parametrize("strength", [-0.1, 1.1])
def test_a_strength_outside_0_to_1_is_refused(strength):
    with pytest.raises(UsageError) as refused:
        synth("shop", 1, ["SAL006"], strength)
    assert refused.value.code == "strength_outside"


def test_without_a_model_one_is_taken_that_shows_the_faults():
    assert default_model([]) == "gen"
    assert default_model(["AFT006"]) == "gen"
    assert default_model(["AFT011"]) == "sub"
    assert default_model(["AFT011", "OFF005"]) == "sub"
