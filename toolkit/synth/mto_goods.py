"""What a maker to order makes: items and suppliers, stock, jobs followed up, cost of goods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.synth.calendar import back_of
from toolkit.synth.mto_orders import ITEMS, unit_costs
from toolkit.synth.texts import several, words
from toolkit.synth.tob_time import every_month, month_end

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from toolkit.synth.rates import Rates

    Floats = NDArray[np.float64]

CATEGORIES, SUPPLIERS = words("parts", "categories"), words("parts", "suppliers")
SLOW = 10
"""Items from this place on are the seldom ones."""
STOCKTAKES = 27
"""Monthly stocktakes that the firm still has."""
FOLLOWED = 0.2
"""Share of the orders that are followed up as a job of their own."""


def products(rates: Rates, random: np.random.Generator) -> pd.DataFrame:
    """The list of items at today's cost; each is bought from two suppliers, or from one alone."""
    import numpy as np
    import pandas as pd

    sole = random.permutation(len(ITEMS)) < rates.of("sole_supplier_share") * len(ITEMS)
    pairs = [several((SUPPLIERS[at % 4], SUPPLIERS[(at + 1) % 4])) for at in range(len(ITEMS))]
    ones = [SUPPLIERS[at % 4] for at in range(len(ITEMS))]
    return pd.DataFrame(
        {
            "product": [item["product"] for item in ITEMS],
            "cost": np.rint(unit_costs() * rates.of("buying_price")).astype(np.int64),
            "category": [CATEGORIES[at % 2] for at in range(len(ITEMS))],
            "supplier": np.where(sole, ones, pairs),
        }
    )


def stock(rates: Rates, random: np.random.Generator, sold: pd.DataFrame) -> pd.DataFrame:
    """Stock at the ends of the last months: some weeks of what an item sells."""
    import numpy as np
    import pandas as pd

    days = month_end(every_month().to_timestamp())[-STOCKTAKES:]
    daily = sold.groupby("item")["quantity"].sum().reindex(range(len(ITEMS)), fill_value=1)
    daily = daily.to_numpy(float) / (back_of(sold["order_date"]).max() + 1)
    kept = rates.base("stock_days") * random.lognormal(0.0, 0.15, (len(days), len(ITEMS)))
    seldom = np.arange(len(ITEMS)) >= SLOW
    many = rates.at("slow_stock_times", back_of(days))[:, None]
    held = np.ceil(daily[None, :] * kept * np.where(seldom[None, :], many, 1.0))
    return pd.DataFrame(
        {
            "product": np.tile([item["product"] for item in ITEMS], len(days)),
            "date": np.repeat(days, len(ITEMS)),
            "quantity": held.ravel().astype(np.int64),
        }
    )


def goods_cost(rates: Rates, sold: pd.DataFrame) -> Floats:
    """What the goods of each order really cost, yen: today's buying prices, and overruns."""
    import numpy as np

    back = back_of(sold["order_date"])
    standard = unit_costs()[sold["item"].to_numpy()] * sold["quantity"].to_numpy(float)
    dear = rates.at("buying_price", back) * (1 + rates.at("job_overrun", back))
    return np.asarray(standard * dear, dtype=float)


def jobs(rates: Rates, random: np.random.Generator, sold: pd.DataFrame) -> pd.DataFrame:
    """Finished jobs: the estimate by the buying prices of the day, and what it came to."""
    import numpy as np
    import pandas as pd

    drawn = random.random(len(sold)) < FOLLOWED
    apart = random.normal(0.0, 0.1, len(sold))
    done = drawn & sold["delivered_at"].notna().to_numpy()
    some = sold[done].reset_index(drop=True)
    back = back_of(some["order_date"])
    standard = unit_costs()[some["item"].to_numpy()] * some["quantity"].to_numpy(float)
    estimate = standard * rates.at("buying_price", back)
    actual = estimate * (1 + rates.at("job_overrun", back) + apart[done])
    return pd.DataFrame(
        {
            "job_id": "J" + some["order_id"].str[1:],
            "account_id": some["customer_id"],
            "finished_at": some["delivered_at"],
            "estimated_cost": np.rint(estimate).astype(np.int64),
            "actual_cost": np.rint(actual).astype(np.int64),
            "amount": some["amount"],
        }
    )
