"""Accounts of a service by contract: who signs, renews, grows, shrinks and leaves (契約)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.synth.calendar import day_of
from toolkit.synth.texts import rows
from toolkit.synth.tob_cells import filled
from toolkit.synth.tob_time import DAYS

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from toolkit.synth.rates import Rates
    from toolkit.synth.tob_sales import Deals

    Floats = NDArray[np.float64]

PLANS = rows("plans", "plans")
TERM_DAYS = 365
TERMS = 6
"""Most yearly terms an account can have had within the history."""
SETUP_DAYS = (5, 22)
"""Days from signing to the first day of the contract."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One entry an account: name, first day counted back, plan, first fee, source and draws.

    ``patience``, ``appetite`` and ``unease`` (accounts × terms) decide at the end of each term
    whether it is renewed, grows or shrinks, ``step`` by how much; ``draw`` decides once whether
    the account is one of those to which something happens.
    """

    names: NDArray[np.object_]
    begun: Floats
    plan: NDArray[np.int64]
    fee: Floats
    source: NDArray[np.object_]
    patience: Floats
    appetite: Floats
    unease: Floats
    step: Floats
    draw: Floats

    @property
    def first(self) -> int:
        """The account that counts as the largest: it has been there from the start and stays."""
        return 0


def signed(rates: Rates, random: np.random.Generator, found: Deals) -> Signed:
    """Accounts from before the first day, and one for every enquiry that was won.

    Those of before began in the year that ended on the first day, so that their terms end all
    through the year.
    """
    import numpy as np

    old, new = random.spawn(2)
    before = round(rates.base("accounts_at_start"))
    won = found.signed
    setup = new.integers(*SETUP_DAYS, len(won))[won]
    starts = (DAYS + np.floor(old.uniform(0, 365, before)), found.decided[won] - setup)
    sources = (old.choice(np.unique(found.source), before), found.source[won])
    parts = [
        _group(rates, chance, begun, source)
        for chance, begun, source in zip((old, new), starts, sources, strict=True)
    ]
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    kept = joined["begun"] >= 0
    names = np.array([f"C{at:04d}" for at in range(1, int(kept.sum()) + 1)], dtype=object)
    return Signed(names=names, **{name: values[kept] for name, values in joined.items()})


def _group(
    rates: Rates, random: np.random.Generator, begun: Floats, source: NDArray[np.object_]
) -> dict[str, NDArray[np.generic]]:
    import numpy as np

    n = len(begun)
    plan = random.choice(len(PLANS), n, p=[one["share"] for one in PLANS])
    low, high = (
        np.array([one[name] for one in PLANS], dtype=float)[plan] for name in ("lowest", "highest")
    )
    draw = random.random(n)
    fee = np.round(low + (high - low) * random.random(n), -3)
    cheap = draw < rates.at("cheap_account_share", np.maximum(begun, 0.0))
    return {
        "begun": begun,
        "plan": plan,
        "fee": np.where(cheap, np.round(fee * rates.base("cheap_price"), -2), fee),
        "source": source,
        "patience": random.random((n, TERMS)),
        "appetite": random.random((n, TERMS)),
        "unease": random.random((n, TERMS)),
        "step": random.lognormal(np.log(rates.base("expansion_size")), 0.4, (n, TERMS)),
        "draw": draw,
    }


def contracts(rates: Rates, who: Signed) -> pd.DataFrame:
    """One row a yearly term, the renewal a row of its own; ``account`` is the account's place.

    The last term of an account that is still there has not ended; of one that left, it is
    marked as not renewed and carries the day it left.
    """
    import numpy as np
    import pandas as pd

    n = len(who.names)
    fee, start, there = who.fee.copy(), who.begun.copy(), np.ones(n, dtype=bool)
    rows = []
    for term in range(TERMS):
        end = start - TERM_DAYS + 1
        over = end >= 0
        renews = who.patience[:, term] < rates.at("renewal_rate", np.maximum(end, 0.0))
        renews[who.first] = True
        left = over & ~renews
        rows.append(_term(who, there, start, (end, fee), (over, left)))
        fee = _next_fee(rates, who, term, fee, end)
        # A term that begins tomorrow is not in the list yet.
        there, start = there & renews & (end > 0), end - 1
    made = pd.concat([*rows, _added(rates, who, rows)], ignore_index=True)
    return made.sort_values(["account", "start"], ignore_index=True)


def _term(
    who: Signed,
    there: NDArray[np.bool_],
    start: Floats,
    ends: tuple[Floats, Floats],
    what: tuple[NDArray[np.bool_], NDArray[np.bool_]],
) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    end, fee = (values[there] for values in ends)
    over, left = (flags[there] for flags in what)
    last = pd.Series(day_of(end))
    names = np.array([plan["name"] for plan in PLANS], dtype=object)
    return pd.DataFrame(
        {
            "account": np.flatnonzero(there),
            "account_id": who.names[there],
            "start": day_of(start[there]),
            "end": last,
            "mrr": fee.astype(np.int64),
            "plan": names[who.plan[there]],
            "renewed": filled(np.where(left, "no", "yes"), over),
            "churned_at": last.where(left),
        }
    )


def _next_fee(rates: Rates, who: Signed, term: int, fee: Floats, end: Floats) -> Floats:
    """The fee of the term after: more users or functions for some, fewer for others."""
    import numpy as np

    back = np.maximum(end, 0.0)
    more = who.appetite[:, term] < rates.at("expansion_share", back)
    less = ~more & (who.unease[:, term] < rates.at("contraction_share", back))
    shrunk = np.where(less, 1 - rates.base("contraction_size"), 1.0)
    grown: Floats = np.round(fee * np.where(more, 1 + who.step[:, term], shrunk), -2)
    return grown


def _added(rates: Rates, who: Signed, rows: list[pd.DataFrame]) -> pd.DataFrame:
    """What the first account signed on top, where it holds a share of all fees; else nothing."""
    import numpy as np
    import pandas as pd

    share = rates.at("first_account_share", np.arange(DAYS, dtype=float))
    if not share[0] > 0:
        return rows[0].iloc[:0]
    since = float(np.flatnonzero(share > 0).max()) - 10  # not on the day of its own contract
    everyone = pd.concat(rows)
    running = everyone[(everyone["start"] <= day_of(0.0)) & (everyone["end"] > day_of(0.0))]
    own = running["account"] == who.first
    others = float(running.loc[~own, "mrr"].sum())
    more = others * share[0] / (1 - share[0]) - float(running.loc[own, "mrr"].sum())
    row = everyone[everyone["account"] == who.first].tail(1)
    return row.assign(
        start=day_of([since]), end=day_of([-365.0]), mrr=round(max(0.0, more), -2), renewed=None
    ).astype({"mrr": np.int64})
