"""synth: an invented client of a model, healthy or with faults planted, from a seed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from toolkit.errors import UsageError
from toolkit.method import load_method
from toolkit.synth import goods, local, mto, saas
from toolkit.synth.client import SynthClient
from toolkit.synth.fault import chosen_faults
from toolkit.synth.rates import Rates, rates

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


class World(Protocol):
    """What makes the clients of one or more models."""

    def make(
        self, rates: Rates, random: np.random.Generator, model: str
    ) -> Mapping[str, pd.DataFrame]:
        """Tables by kind, with canonical columns."""

    def profile(self, rates: Rates, model: str) -> Mapping[str, Any]:
        """client.yaml without its client_id: company, model, stage, as_of, answers."""


MODELS: Mapping[str, World] = {
    "gen": goods, "mkt": goods, "sub": goods, "shop": local, "mto": mto, "saas": saas,
}  # fmt: skip


def synth(
    model: str,
    seed: int,
    faults: Iterable[str] = (),
    strength: float = 1.0,
    size: float = 1.0,
) -> SynthClient:
    """An invented client; equal arguments give equal tables.

    Args:
        model: a token (sub, gen, mkt, shop, mto, saas) or the model's name in client.yaml.
        seed: of all chance in it.
        faults: codes of the rules whose fault is planted.
        strength: 0 (healthy) to 1 (a plain case).
        size: times the usual number of customers, visits, leads and requests.

    Raises:
        UsageError: an unknown model or fault, a fault this model cannot show, or a strength
            outside 0–1.
    """
    import numpy as np

    token = model_token(model)
    planted = chosen_faults(faults, token)
    if not 0 <= strength <= 1:
        raise UsageError("strength_outside", params={"given": f"{strength:g}"})
    world, given = MODELS[token], rates(token, planted, strength, size)
    codes = [fault.code for fault in planted]
    client_id = "_".join([token, str(seed), *(code.lower() for code in codes)])
    return SynthClient(
        client_id=client_id,
        tables=world.make(given, np.random.default_rng(seed), token),
        profile={"client_id": client_id, **world.profile(given, token)},
        truth=_truth(given, seed, codes),
    )


def model_token(model: str) -> str:
    """The token of a model given by token or by its name in client.yaml.

    Raises:
        UsageError: no such model, with the nearest.
    """
    names = load_method().section("applies")["models"]
    known = {**names, **{token: token for token in names.values()}}
    if known.get(model) not in MODELS:
        near = difflib.get_close_matches(model, sorted(known), n=1, cutoff=0.0)[0]
        raise UsageError(
            "synth_model_unknown",
            params={"model": model, "near": near, "models": ", ".join(MODELS)},
        )
    return str(known[model])


def default_model(faults: Iterable[str]) -> str:
    """The first model that can show every fault; general mail order where none can."""
    method = load_method()
    shown = {name for name in method.section("faults")}
    codes = sorted(set(faults))
    for token in ("gen", *MODELS):
        if token in MODELS and all(f"{code}.{token}" in shown for code in codes):
            return token
    return "gen"


def _truth(given: Rates, seed: int, codes: list[str]) -> dict[str, Any]:
    return {
        "model": given.model,
        "seed": seed,
        "faults": [{"rule": code, "strength": given.strength} for code in codes],
        "parameters": [
            {
                "parameter": name,
                "healthy": healthy,
                "today": today,
                "months": [one.months for one in given.changes(name)],
            }
            for name, (healthy, today) in given.changed().items()
        ],
    }
