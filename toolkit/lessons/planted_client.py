"""A client with faults planted in it, and the same client a month later with some put right."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from toolkit.lessons.client_firm import ClientFirm, open_client
from toolkit.lessons.scratch import scratch_folder

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.synth.fault import Fault
    from toolkit.synth.rates import Rates

DATED: Final[Mapping[str, str]] = {
    "orders": "order_date",
    "contacts": "date",
    "events": "timestamp",
    "traffic": "date",
    "promotions": "date",
    "stock": "date",
    "ad_spend": "month",
    "costs": "month",
    "receivables": "invoiced_at",
    "customers": "first_date",
}
"""By which column the rows of a table are of the time before or after a visit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a planted client is made; equal recipes give equal files."""

    model: str
    seed: int
    size: float
    faults: tuple[str, ...]
    mended: tuple[str, ...]
    first_visit: str
    follow_up: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlantedFirm(ClientFirm):
    """A client at its first visit, with the rules whose faults are planted in it.

    ``later`` is the same client a month on, ``followed`` the finding looked at then.
    """

    planted: tuple[str, ...]
    followed: str
    folder: Path
    later: ClientFirm = field(repr=False)
    later_folder: Path


def planted_client(recipe: Mapping[str, Any]) -> PlantedFirm:
    """The client of a recipe, made once a process in a folder that goes away with it."""
    lists = {name: tuple(recipe[name]) for name in ("faults", "mended")}
    return _made(Recipe(**{**recipe, **lists}))


@cache
def _made(recipe: Recipe) -> PlantedFirm:
    home = scratch_folder("capstone") / f"{recipe.model}_{recipe.seed}"
    tables, later = _tables(recipe)
    profile, end = _profile(recipe)
    folder = _write(home / "first", tables, {**profile, "as_of": recipe.first_visit})
    after = _write(home / "later", later, {**profile, "as_of": end})
    first = open_client(folder)
    saved = first.diagnosis.save(home / "kept")
    (after / "history").mkdir(exist_ok=True)
    shutil.copyfile(saved, after / "history" / f"{first.diagnosis.run_date}.json")
    return PlantedFirm(
        diagnosis=first.diagnosis,
        case=first.case,
        planted=recipe.faults,
        followed=recipe.follow_up,
        folder=folder,
        later=open_client(after),
        later_folder=after,
    )


def _write(folder: Path, tables: Mapping[str, pd.DataFrame], profile: Mapping[str, Any]) -> Path:
    from toolkit.synth.client import SynthClient, write_client

    made = SynthClient(
        client_id=str(profile["client_id"]), tables=tables, profile=profile, truth={}
    )
    write_client(made, folder)
    (folder / "truth.json").unlink()  # a learner looks for the faults
    return folder


def _profile(recipe: Recipe) -> tuple[dict[str, Any], str]:
    """The profile without its day, and the last day of the world."""
    from toolkit.synth.calendar import END
    from toolkit.synth.synth import MODELS

    profile = MODELS[recipe.model].profile(_rates(recipe, recipe.faults), recipe.model)
    return {"client_id": f"capstone_{recipe.seed}", **profile}, END


def _tables(recipe: Recipe) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """Tables up to the first visit, and those with the month after it."""
    import pandas as pd

    ill = _world(recipe, recipe.faults)
    better = _world(recipe, tuple(code for code in recipe.faults if code not in recipe.mended))
    first = {name: _part(name, frame, recipe, upto=True) for name, frame in ill.items()}
    later = {}
    for name, frame in ill.items():
        new = [_part(name, better[name], recipe, upto=False)] if name in DATED else []
        later[name] = pd.concat([_part(name, frame, recipe, upto=True), *new], ignore_index=True)
    cut = {name: _unknown_yet(first[name], recipe) for name in first if name in DATED}
    return {**first, **cut}, later


def _world(recipe: Recipe, faults: tuple[str, ...]) -> Mapping[str, pd.DataFrame]:
    import numpy as np

    from toolkit.synth.synth import MODELS

    given = _rates(recipe, faults)
    return MODELS[recipe.model].make(given, np.random.default_rng(recipe.seed), recipe.model)


def _rates(recipe: Recipe, faults: tuple[str, ...]) -> Rates:
    from toolkit.synth.fault import chosen_faults
    from toolkit.synth.rates import rates

    planted = [_a_month_earlier(fault) for fault in chosen_faults(faults, recipe.model)]
    return rates(recipe.model, planted, size=recipe.size)


def _a_month_earlier(fault: Fault) -> Fault:
    # Faults begin so many months before the world's last day, which is the second visit.
    return replace(
        fault,
        changes=tuple(
            one if one.months is None else replace(one, months=one.months + 1)
            for one in fault.changes
        ),
    )


def _part(name: str, frame: pd.DataFrame, recipe: Recipe, *, upto: bool) -> pd.DataFrame:
    import pandas as pd

    if name not in DATED:
        return frame
    days = pd.to_datetime(frame[DATED[name]], format="mixed")
    early = days < pd.Timestamp(recipe.first_visit) + pd.Timedelta(days=1)
    return frame[early if upto else ~early]


def _unknown_yet(frame: pd.DataFrame, recipe: Recipe) -> pd.DataFrame:
    """Rows without the days that lie after the first visit, due dates kept."""
    import pandas as pd

    after = pd.Timestamp(recipe.first_visit) + pd.Timedelta(days=1)
    made = frame.copy()
    for name in frame.columns:
        column = frame[name]
        known_later = not str(name).startswith(("due", "promised"))
        if known_later and pd.api.types.is_datetime64_any_dtype(column):
            made[name] = column.mask(column >= after)
    return made
