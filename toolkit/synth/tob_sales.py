"""Selling to firms: enquiries won or lost, mailings to known customers (商談・販促)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.synth.calendar import back_of, day_of
from toolkit.synth.texts import rows, word, words
from toolkit.synth.tob_cells import filled
from toolkit.synth.tob_time import (
    DAYS_A_MONTH,
    arrivals,
    every_day,
    every_month,
    known,
    month_end,
)
from toolkit.synth.tob_work import busy_days

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from toolkit.synth.rates import Rates

SELLERS = words("people", "sellers")
SOURCES = rows("accounts", "sources")
WON, LOST, OPEN = (word("accounts", "stages", name) for name in ("won", "lost", "open"))
NOT_NOTED = 0.02
"""Share of the enquiries of which nobody noted where they came from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deals:
    """Enquiries by day: days counted back of creation and decision (below 0: still open)."""

    created: NDArray[np.float64]
    decided: NDArray[np.float64]
    won: NDArray[np.bool_]
    source: NDArray[np.object_]

    @property
    def signed(self) -> NDArray[np.bool_]:
        """Which were won by the last day."""
        made: NDArray[np.bool_] = self.won & (self.decided >= 0)
        return made


def deals(rates: Rates, random: np.random.Generator) -> Deals:
    """Enquiries that come in all the time; each is decided after some weeks, won by chance."""
    import numpy as np

    days = every_day()
    created = arrivals(random, rates.at("leads_a_month", days) / DAYS_A_MONTH * busy_days(days))
    n = len(created)
    waits = np.ceil(random.lognormal(np.log(rates.base("decision_days")), 0.6, n))
    decided = created - waits
    won = random.random(n) < rates.at("win_rate", decided)
    names = np.array([source["name"] for source in SOURCES], dtype=object)
    source = random.choice(names, n, p=[source["share"] for source in SOURCES])
    return Deals(created=created, decided=decided, won=won, source=source)


def leads(random: np.random.Generator, found: Deals, amounts: NDArray[np.float64]) -> pd.DataFrame:
    """The list of enquiries; a source is missing here and there.

    Args:
        random: of who sells and what is missing.
        found: the enquiries.
        amounts: yen of each.
    """
    import numpy as np
    import pandas as pd

    n = len(found.created)
    made = pd.DataFrame({"lead_id": [f"L{at:05d}" for at in range(1, n + 1)]})
    made["created_at"] = day_of(found.created)
    made["source"] = filled(found.source, random.random(n) >= NOT_NOTED)
    decided = known(day_of(found.decided))
    over = decided.notna().to_numpy()
    made["stage"] = np.where(over, np.where(found.won, WON, LOST), OPEN)
    made["won_at"] = decided.where(found.won)
    made["lost_at"] = decided.where(~found.won)
    made["amount"] = (np.round(amounts / 10_000) * 10_000).astype(np.int64)
    made["staff"] = random.choice(np.array(SELLERS, dtype=object), n)
    return made


def promotions(
    rates: Rates, random: np.random.Generator, kind: str, sends: NDArray[np.int64]
) -> pd.DataFrame:
    """A mailing on the twentieth of every month, as long as the rhythm is kept.

    Args:
        rates: whether mailings go out, what one costs, how many orders one brings.
        random: of the orders.
        kind: what it is called.
        sends: recipients by month of ``every_month``.
    """
    import numpy as np
    import pandas as pd

    day = month_end(every_month().to_timestamp()) - pd.Timedelta(days=8)
    back = back_of(day)
    made = pd.DataFrame({"date": day, "kind": kind, "sends": sends})
    made["cost"] = round(rates.base("mailing_cost_yen"))
    steady = random.poisson(rates.base("mailing_orders"), len(day))
    thinned = random.binomial(steady, np.minimum(1.0, rates.at("mailing_answer", back)))
    made["responses"] = thinned
    out = random.random(len(day)) < rates.at("mailing_rhythm", back)
    return made[out].reset_index(drop=True)
