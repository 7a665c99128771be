"""What customers ask and complain about, and what they wish for (問合せ・苦情・改善要望)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.synth.calendar import back_of, day_of
from toolkit.synth.texts import rows, word, words
from toolkit.synth.tob_cells import filled
from toolkit.synth.tob_time import DAYS_A_MONTH, added, arrivals, every_day, known

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from toolkit.synth.rates import Rates

CELLS = ("who", "what", "when", "where", "why", "how")
SAID = {name: words("tob_contacts", name) for name in CELLS if name != "why"}
CAUSES = words("tob_contacts", "causes")
RETURNING = word("tob_contacts", "returning_cause", "same_process")
PEOPLE = words("people", "desk")
HORIZONS, STATES = words("tob_contacts", "horizons"), rows("tob_contacts", "states")
COMPLAINT, INQUIRY = "complaint", "inquiry"


def contacts(rates: Rates, random: np.random.Generator, orders: pd.DataFrame) -> pd.DataFrame:
    """Inquiries and complaints, a share of the orders each, within a month of the order."""
    import numpy as np
    import pandas as pd

    n = len(orders)
    ordered = back_of(orders["order_date"])
    draws = random.random((2, n))
    back = ordered[None, :] - random.uniform(0, DAYS_A_MONTH, (2, n))
    hit = draws < np.stack([rates.at("inquiry_rate", back[0]), rates.at("complaint_rate", back[1])])
    hit &= back >= 0
    kind, place = np.nonzero(hit)
    days = back[kind, place]
    order = np.lexsort((place, kind, -np.floor(days)))
    kind, place, days = kind[order], place[order], np.floor(days[order])
    made = pd.DataFrame({"contact_id": [f"T{at:05d}" for at in range(1, len(kind) + 1)]})
    made["date"] = day_of(days)
    keyed = random.random(len(made)) < rates.at("contact_keyed_share", days)
    accounts = orders["customer_id"].to_numpy(object)[place]
    made["customer_id"] = filled(accounts, keyed)
    made["type"] = np.where(kind == 1, COMPLAINT, INQUIRY)
    return made.assign(**_cells(rates, random, days, kind == 1), **_ends(rates, random, days, kind))


def _cells(
    rates: Rates, random: np.random.Generator, days: NDArray[np.float64], bad: NDArray[np.bool_]
) -> dict[str, NDArray[np.object_]]:
    """Who, what, when, where, why and how, as far as they were written down."""
    import numpy as np

    n = len(days)
    written = rates.at("contact_filled_share", days)
    same = random.random(n) < rates.at("same_cause_share", days)
    why = np.where(same, RETURNING, random.choice(np.array(CAUSES, dtype=object), n))
    texts = {name: random.choice(np.array(said, dtype=object), n) for name, said in SAID.items()}
    texts["why"] = filled(why, bad)
    return {name: filled(texts[name], random.random(n) < written) for name in CELLS}


def _ends(
    rates: Rates, random: np.random.Generator, days: NDArray[np.float64], kind: NDArray[np.int64]
) -> dict[str, Any]:
    """Who answered and when, whether the customer was told, whether development heard of it."""
    import numpy as np

    n = len(days)
    done = known(added(day_of(days), np.minimum(random.geometric(0.5, n) - 1, 20)))
    told = np.where(random.random(n) < rates.at("fed_back_share", days), "yes", "no")
    heard = np.where(random.random(n) < rates.at("told_to_development_share", days), "yes", "no")
    return {
        "handled_by": random.choice(np.array(PEOPLE, dtype=object), n),
        "resolved_at": done.to_numpy(),
        "result_fed_back": filled(told, done.notna().to_numpy(bool)),
        "to_development": filled(heard, kind == 1),
    }


def requests(
    rates: Rates, random: np.random.Generator, accounts: NDArray[np.object_]
) -> pd.DataFrame:
    """Wishes of customers, most of them scored by importance, urgency and value."""
    import numpy as np
    import pandas as pd

    back = arrivals(random, rates.at("requests_a_month", every_day()) / DAYS_A_MONTH)
    n = len(back)
    made = pd.DataFrame({"request_id": [f"R{at:04d}" for at in range(1, n + 1)]})
    made["date"] = day_of(back)
    made["account_id"] = random.choice(accounts, n)
    scored = random.random(n) < rates.at("request_scored_share", back)
    for name in ("importance", "urgency", "value"):
        made[name] = np.where(scored, random.integers(1, 6, n), np.nan)
    made["effort"] = random.integers(1, 9, n)
    made["horizon"] = random.choice(np.array(HORIZONS, dtype=object), n)
    states = np.array([state["name"] for state in STATES], dtype=object)
    made["status"] = random.choice(states, n, p=[state["share"] for state in STATES])
    return made
