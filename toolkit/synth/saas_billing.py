"""What a service by contract bills: a fee every month, and the setting up of new accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.synth.calendar import back_of, day_of
from toolkit.synth.saas_contracts import PLANS
from toolkit.synth.texts import word
from toolkit.synth.tob_sales import SOURCES
from toolkit.synth.tob_time import added, every_month, known, month_back, month_end

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from toolkit.synth.rates import Rates
    from toolkit.synth.saas_contracts import Signed
    from toolkit.synth.tob_sales import Deals

SETUP, SETUP_YEN, SETUP_COST = word("plans", "setup", "name"), 150_000, 60_000
SETUP_WEEKS = (2, 4)
PAID_SOURCES = tuple(source["name"] for source in SOURCES if source["paid"])


def orders(
    rates: Rates, random: np.random.Generator, who: Signed, terms: pd.DataFrame
) -> pd.DataFrame:
    """Fees on the first of every month under contract, and a setup promised for a day.

    The columns of the orders table.
    """
    import numpy as np
    import pandas as pd

    firsts = pd.DataFrame({"order_date": every_month().to_timestamp()})
    both = firsts.merge(terms, how="cross")
    day = both["order_date"]
    running = both[(both["start"] <= day + pd.Timedelta(days=14)) & (both["end"] > day)]
    fees = running.groupby(["order_date", "account_id"], as_index=False).agg(
        amount=("mrr", "sum"), product=("plan", "first")
    )
    made = pd.concat([fees, _setups(rates, random, who)], ignore_index=True)
    made = made.rename(columns={"account_id": "customer_id"})
    made = made.sort_values(["order_date", "customer_id", "product"], ignore_index=True)
    made.insert(0, "order_id", [f"B{at:06d}" for at in range(1, len(made) + 1)])
    made["quantity"] = 1
    return made.astype({"amount": np.int64})


def _setups(rates: Rates, random: np.random.Generator, who: Signed) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    n = len(who.names)
    weeks, lots = random.integers(SETUP_WEEKS[0], SETUP_WEEKS[1] + 1, n), random.random(n)
    days = random.geometric(0.15, n)
    start = day_of(who.begun)
    promised = added(start, weeks * 7.0)
    late = lots < rates.at("late_share", np.maximum(0.0, who.begun))
    made = pd.DataFrame({"order_date": start, "account_id": who.names})
    made["amount"], made["product"], made["promised_at"] = SETUP_YEN, SETUP, promised
    made["delivered_at"] = known(added(promised, np.where(late, 2 + days, -(days % 4))))
    kept: pd.DataFrame = made[who.begun < back_of(every_month().to_timestamp())[0]]
    return kept


def products() -> pd.DataFrame:
    """Plans and setup with what a month, or one, costs."""
    import pandas as pd

    rows = [(plan["name"], plan["cost"]) for plan in PLANS] + [(SETUP, SETUP_COST)]
    return pd.DataFrame(rows, columns=["product", "cost"])


def ad_spend(rates: Rates, random: np.random.Generator, who: Signed, found: Deals) -> pd.DataFrame:
    """Advertising by month and channel, and the accounts each channel claims to have won.

    Spending follows the enquiries that were expected, not those that happened to be won.
    """
    import numpy as np
    import pandas as pd

    months = every_month()
    begun = pd.DatetimeIndex(day_of(who.begun)).to_period("M")
    usual = rates.base("leads_a_month") * rates.base("win_rate")
    rows = []
    for name in PAID_SOURCES:
        share = float((found.source == name).mean())
        spent = usual * share * rates.at("ad_yen_per_account", month_back(months))
        spent = spent * random.normal(1.0, 0.08, len(months))
        won = pd.Series(1, index=begun[who.source == name]).groupby(level=0).sum()
        rows.append(
            pd.DataFrame(
                {
                    "month": [str(month) for month in months],
                    "channel": name,
                    "amount": np.rint(spent).astype(np.int64),
                    "new_customers": won.reindex(months, fill_value=0).to_numpy(np.int64),
                }
            )
        )
    return pd.concat(rows).sort_values(["month", "channel"], ignore_index=True)


def first_days(who: Signed) -> pd.DataFrame:
    """Account, first day and where it came from, one row an account."""
    import pandas as pd

    return pd.DataFrame(
        {"customer_id": who.names, "first_date": day_of(who.begun), "channel": who.source}
    )


def invoices(billed: pd.DataFrame) -> pd.DataFrame:
    """One invoice an account and month, on its last day, due on the last day of the next."""
    import pandas as pd

    ordered = pd.DatetimeIndex(billed["order_date"])
    dated = billed.assign(invoiced_at=month_end(ordered), due_at=month_end(ordered, 1))
    keys = ["invoiced_at", "customer_id", "due_at"]
    return dated.groupby(keys)[["amount"]].sum().reset_index()
