"""What a shop sells and has in stock: items with prices and costs, and stock day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.synth.calendar import HISTORY_DAYS, day_of
from toolkit.synth.texts import rows, several, words

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from toolkit.synth.rates import Rates

KINDS, MENU = rows("goods", "goods"), rows("goods", "menu")
SUPPLIERS = words("goods", "suppliers")
A_CUT = 0.8
STOCK_DAYS = 760
OUT_SPELL_DAYS = 4


def items_of(rates: Rates, random: np.random.Generator) -> pd.DataFrame:
    """Items, the best seller first: product, category, price, weight (share of orders), cost.

    After the first, whose share is a parameter, each next item sells a tenth less than the last.
    """
    import numpy as np
    import pandas as pd
    from scipy.stats import norm

    count = int(rates.base("items"))
    top = rates.of("top_item_share")
    rest = 0.9 ** np.arange(count - 1)
    weight = np.r_[top, (1 - top) * rest / rest.sum()] if count > 1 else np.ones(1)
    # Dear and cheap items stand in the same places whatever the seed: the plan of costs fits all.
    level = norm.ppf((np.arange(count) * 7 % count + 0.5) / count)
    prices = rates.base("price") * np.exp(rates.base("price_spread") * level)
    names = MENU if rates.model == "shop" else KINDS
    made = pd.DataFrame(list(names[:count]), columns=["product", "category"])
    made["price"] = np.round(prices, -1)
    made["weight"] = weight
    made["spread"] = random.uniform(0.94, 1.06, count)
    return made


def cost_rates(rates: Rates, items: pd.DataFrame, back: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cost of goods ÷ list price: a row per day given, a column per item."""
    import numpy as np

    shares = rates.at("cogs_share", back)[:, None] * items["spread"].to_numpy()[None, :]
    if len(items) > 1:
        # Half-way down the list: an item of some weight, and not one that carries the shop.
        shares[:, len(items) // 2] = rates.at("weak_item_cost", back)
    return np.asarray(shares)


def products(rates: Rates, items: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """The list of products with today's unit costs and who supplies them."""
    import numpy as np
    import pandas as pd

    today = cost_rates(rates, items, np.zeros(1))[0]
    first = random.integers(0, len(SUPPLIERS), len(items))
    second = (first + 1 + random.integers(0, len(SUPPLIERS) - 1, len(items))) % len(SUPPLIERS)
    both = rates.of("two_suppliers") >= random.random(len(items))
    pairs = zip(first, second, both, strict=True)
    return pd.DataFrame(
        {
            "product": items["product"],
            "category": items["category"],
            "cost": np.round(items["price"].to_numpy() * today),
            "supplier": [
                several(SUPPLIERS[at] for at in ((one, two) if two_ else (one,)))
                for one, two, two_ in pairs
            ],
        }
    )


def out_days(rates: Rates, items: pd.DataFrame, random: np.random.Generator) -> NDArray[np.bool_]:
    """Whether an item is out of stock, a row per day of the history (the last first)."""
    import numpy as np

    back = np.arange(HISTORY_DAYS, dtype=float)
    starts = random.random((HISTORY_DAYS, len(items)))
    main = items["weight"].cumsum().to_numpy() - items["weight"].to_numpy() < A_CUT
    chance = np.outer(rates.at("out_share", back) / OUT_SPELL_DAYS, np.where(main, 1.0, 0.5))
    began = starts < chance
    out = began.copy()
    for day in range(1, OUT_SPELL_DAYS):
        out[:-day] |= began[day:]  # a spell runs on into the days after it, which have less back
    return out


def stock(
    rates: Rates, items: pd.DataFrame, out: NDArray[np.bool_], units: pd.DataFrame,
    random: np.random.Generator,
) -> pd.DataFrame:  # fmt: skip
    """Stock of each item on each day of two years; ``units`` has product and units a day.

    Items that sell well are covered for some forty days; those that sell least as the
    parameter says.
    """
    import numpy as np
    import pandas as pd

    days = np.arange(STOCK_DAYS, dtype=float)
    shelf = items.merge(units, on="product", how="left").fillna({"units": 0.0})
    slow = (shelf["weight"].cumsum() - shelf["weight"]).to_numpy() >= A_CUT
    cover = np.where(slow[None, :], rates.at("slow_cover", days)[:, None], 40.0)
    level = cover * shelf["units"].to_numpy()[None, :] * random.uniform(0.8, 1.2, cover.shape)
    level = np.where(out[:STOCK_DAYS], 0.0, np.maximum(np.round(level), 1.0))
    today = cost_rates(rates, items, np.zeros(1))[0]
    unit_cost = np.round(items["price"].to_numpy() * today)
    made = pd.DataFrame(
        {
            "product": np.tile(items["product"].to_numpy(), STOCK_DAYS),
            "date": np.repeat(day_of(days).to_numpy(), len(items)),
            "quantity": level.ravel().astype(int),
        }
    )
    made["value"] = made["quantity"] * np.tile(unit_cost, STOCK_DAYS)
    return made.sort_values(["date", "product"], ignore_index=True)
