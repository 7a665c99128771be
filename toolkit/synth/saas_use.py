"""How accounts use a service by contract, month by month (利用状況)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.synth.calendar import back_of
from toolkit.synth.tob_time import every_month, month_end

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from toolkit.synth.rates import Rates
    from toolkit.synth.saas_contracts import Signed

    Floats = NDArray[np.float64]

MONTHS = 26
"""Months of the log that the firm still has."""
SEAT_YEN = 6_000
LEAVING_DAYS = 150
"""How long before its last day an account that leaves begins to use the service less."""
SEEN = 0.75
"""Share of the accounts that leave of which use tells."""
FADED = 0.3
"""What is left of the use of an account that fades."""


def usage(
    rates: Rates, random: np.random.Generator, who: Signed, terms: pd.DataFrame
) -> pd.DataFrame:
    """One row an account and month under contract, booked on the month's last day."""
    import numpy as np
    import pandas as pd

    habit = random.beta(9.0, 2.2, len(who.names))
    lot = random.random((3, len(who.names)))
    rows = _under_contract(terms)
    account, back = rows["account"].to_numpy(), back_of(rows["date"])
    level = habit[account] * _left(rows, lot[0][account]) * random.normal(1.0, 0.06, len(rows))
    fades = lot[1][account] < rates.at("fading_share", back)
    level = np.clip(level * np.where(fades, FADED, 1.0), 0.0, 1.0)
    idle = who.draw[account] < rates.at("idle_share", back)
    seats = np.maximum(3, np.round(rows["mrr"].to_numpy(float) / SEAT_YEN))
    users = np.where(idle, 0, np.maximum(1, np.round(seats * level)))
    core = lot[2][account] < rates.at("core_share", back)
    often = rates.at("core_uses_a_user", back) * random.lognormal(-0.045, 0.3, len(rows))
    minutes = np.round(users * random.uniform(180, 420, len(rows)))
    made = pd.DataFrame({"account_id": who.names[account], "date": rows["date"]})
    made["active_users"], made["licensed_users"] = users.astype(int), seats.astype(int)
    made["minutes"] = np.where(random.random(len(rows)) < 0.005, np.nan, minutes)
    made["core_events"] = np.where(core, np.round(users * often), 0).astype(int)
    return made.sort_values(["date", "account_id"], ignore_index=True)


def _under_contract(terms: pd.DataFrame) -> pd.DataFrame:
    """Account, month's end, fee and the day of leaving (if any) of every month under contract."""
    import pandas as pd

    ends = pd.DataFrame({"date": month_end(every_month().to_timestamp())[-MONTHS:]})
    both = ends.merge(terms, how="cross")
    running = both[(both["start"] <= both["date"]) & (both["end"] >= both["date"])]
    sums = running.groupby(["account", "date"], as_index=False).agg(
        mrr=("mrr", "sum"), churned_at=("churned_at", "max")
    )
    return sums.sort_values(["account", "date"], ignore_index=True)


def _left(rows: pd.DataFrame, lot: Floats) -> Floats:
    """Use of an account that will leave, beside its habit: less and less in its last months."""
    import numpy as np

    ahead = (rows["churned_at"] - rows["date"]).dt.days.to_numpy(float)
    near = (ahead < LEAVING_DAYS) & (lot < SEEN)
    return np.where(near, 0.15 + 0.85 * np.nan_to_num(ahead) / LEAVING_DAYS, 1.0)
