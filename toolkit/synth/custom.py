"""The list of customers: where they came from, who they are, what they agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.synth.calendar import day_of
from toolkit.synth.client import MAIL
from toolkit.synth.texts import word, words

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from toolkit.synth.rates import Rates

TARGET_BANDS, OTHER_BANDS = words("customers", "target_ages"), words("customers", "other_ages")
PREFECTURES = words("customers", "prefectures")
SEARCH_ADS, SOCIAL_ADS = word("customers", "ads", "search"), word("customers", "ads", "social")
FREE_SOURCES = words("customers", "free_sources")
PHONE = word("customers", "columns", "phone")


def customers(rates: Rates, buys: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """A row per customer with an order in the history; some attributes are not known.

    ``first_date`` is that of the first order known; ages and opt-in are blank for some.
    """
    import numpy as np
    import pandas as pd

    first = buys.groupby("who", as_index=False)["back"].max()
    n, back = len(first), first["back"].to_numpy()
    draws = random.random((n, 6))
    target = draws[:, 0] < rates.at("target_share", back)
    bands = np.where(target, _pick(TARGET_BANDS, draws[:, 1]), _pick(OTHER_BANDS, draws[:, 1]))
    paid = draws[:, 2] < rates.at("paid_share", back)
    ads = np.where(draws[:, 3] < 0.55, SEARCH_ADS, SOCIAL_ADS)
    made = pd.DataFrame({"customer_id": [f"C{who:06d}" for who in first["who"]]})
    made["first_date"] = day_of(back)
    made["age_band"] = pd.Series(bands).where(draws[:, 4] > 0.08)
    made["prefecture"] = _pick(PREFECTURES, random.random(n))
    made["channel"] = np.where(paid, ads, _pick(FREE_SOURCES, draws[:, 3]))
    made["opt_in_at"] = made["first_date"].where(draws[:, 5] < 0.72)
    return _listed(rates, made, random)


def _pick(names: tuple[str, ...], draw: np.ndarray) -> np.ndarray:
    import numpy as np

    return np.asarray(np.array(names, dtype=object)[(draw * len(names)).astype(int)])


def _listed(rates: Rates, made: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """The list as it is kept: some customers are not in it, personal columns may be."""
    import numpy as np

    n = len(made)
    kept = random.random(n) < rates.of("key_match")
    twice = random.random(n) < rates.of("duplicate_share") / 2
    person = np.arange(n)
    # Twice in the list: under a new code, with the mail address of the customer before.
    person = np.where(twice & (person > 0), person - 1, person)
    named = [f"m{one:06d}@example.com" for one in person]
    columns = {
        MAIL: named,
        PHONE: [f"090-0000-{one % 10000:04d}" for one in person],
    }
    for name in list(columns)[: round(rates.of("personal_columns"))]:
        made[name] = columns[name]
    return made[kept].reset_index(drop=True)
