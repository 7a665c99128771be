"""Orders of a seller of goods: what, through which channel, paid how, at what price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.synth.calendar import day_of
from toolkit.synth.texts import word

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from toolkit.synth.rates import Rates

OWN = word("orders", "channels", "own")
TOP_MALL = word("orders", "channels", "top_mall")
OTHER_MALL = word("orders", "channels", "other_mall")
CARD = word("orders", "payment", "card")
COD = word("orders", "payment", "cash_on_delivery")
DEFERRED = word("orders", "payment", "deferred")
STORE = word("orders", "payment", "convenience_store")
CASH = word("orders", "payment", "cash")
DONE = word("orders", "status", "done")
CANCELLED = word("orders", "status", "cancelled")
REFUSED = word("orders", "status", "refused")
HOURS = (8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23)
HOUR_SHARES = (3, 4, 5, 5, 7, 6, 5, 5, 5, 5, 6, 8, 11, 12, 9, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Items (see ``items_of``) and on which days of the history each was out."""

    items: pd.DataFrame
    out: NDArray[np.bool_]


def orders(
    rates: Rates, buys: pd.DataFrame, shelf: Shelf, random: np.random.Generator
) -> pd.DataFrame:
    """A row per order, the oldest first: with list (price before reductions) and item (its place).

    ``buys`` as made by ``buying``; its columns stay beside the order's own.
    """
    basket, money, paying, clock, places = random.spawn(5)
    made = buys.copy()
    made["order_id"] = [f"A{number:06d}" for number in range(1, len(made) + 1)]
    made["customer_id"] = [f"C{who:06d}" for who in made["who"]]
    made["order_date"] = _moments(made["back"].to_numpy(), clock)
    made["channel"] = _channels(rates, made, places)
    made["item"] = _items(made["back"].to_numpy(), shelf, basket)
    made["product"] = shelf.items["product"].to_numpy()[made["item"]]
    made = _priced(rates, made, shelf.items, money)
    return _paid(rates, made, paying)


def _moments(back: NDArray[np.float64], random: np.random.Generator) -> pd.DatetimeIndex:
    import numpy as np
    import pandas as pd

    n, shares = len(back), np.array(HOUR_SHARES, dtype=float)
    minutes = 60 * random.choice(HOURS, n, p=shares / shares.sum()) + random.integers(0, 60, n)
    return day_of(back) + pd.to_timedelta(minutes, unit="min")


def _channels(rates: Rates, buys: pd.DataFrame, random: np.random.Generator) -> NDArray[np.object_]:
    """Each customer keeps to a place, except as the shares of the places move."""
    import numpy as np

    place = random.random(int(buys["who"].max()) + 1)[buys["who"]]
    back = buys["back"].to_numpy()
    top = rates.at("top_mall_share", back)
    other = top + rates.at("other_mall_share", back)
    return np.select([place < top, place < other], [TOP_MALL, OTHER_MALL], OWN).astype(object)


def _items(
    back: NDArray[np.float64], shelf: Shelf, random: np.random.Generator
) -> NDArray[np.int64]:
    """Items by their weight; where one is out, the next one that is not."""
    import numpy as np

    count = len(shelf.items)
    at = np.searchsorted(shelf.items["weight"].cumsum().to_numpy(), random.random(len(back)))
    at = np.minimum(at, count - 1)
    for _ in range(3):
        at = np.where(shelf.out[back.astype(int), at], (at + 1) % count, at)
    return np.asarray(at, dtype=np.int64)


def _priced(
    rates: Rates, made: pd.DataFrame, items: pd.DataFrame, random: np.random.Generator
) -> pd.DataFrame:
    import numpy as np

    n, back = len(made), made["back"].to_numpy()
    made["quantity"] = random.choice((1, 2, 3, 4), n, p=(0.38, 0.34, 0.18, 0.10))
    made["list"] = made["quantity"] * items["price"].to_numpy()[made["item"]]
    drawn = random.random(n) < rates.at("coupon_share", back)
    # Who began with a coupon used one at the first order; that is where it is known from.
    used = np.where(made["times"] == 1, made["began_by_coupon"], drawn)
    depth = np.where(used, rates.at("coupon_depth", back), 0.0)
    made["coupon"] = np.round(made["list"] * depth, -1).astype(int)
    made["amount"] = (made["list"] - made["coupon"]).astype(int)
    some = random.random(n) < rates.at("points_share", back)
    points = np.round(made["amount"] * random.uniform(0.01, 0.04, n), -1)
    made["points"] = np.where(some & (made["times"] > 1), points, 0).astype(int)
    free = made["amount"] >= rates.at("free_ship_line", back)
    made["shipping_fee"] = np.where(free, 0, int(rates.base("shipping_fee")))
    made["parcels"] = 1 + (random.random(n) < rates.at("second_parcel", back)).astype(int)
    return made


def _paid(rates: Rates, made: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Means of payment (a mall takes cards alone here) and what became of the order."""
    import numpy as np

    n, back = len(made), made["back"].to_numpy()
    draw, fate = random.random(n), random.random(n)
    shares = [rates.base(name) for name in ("card_share", "cod_share", "deferred_share")]
    first, second, third = np.cumsum(shares)
    chosen = np.select([draw < first, draw < second, draw < third], [CARD, COD, DEFERRED], STORE)
    made["payment_method"] = np.where(made["channel"] == OWN, chosen, CARD)
    refused = (made["payment_method"] == COD) & (fate < rates.at("cod_refused", back))
    cancelled = random.random(n) < rates.base("cancel_share")
    made["status"] = np.select([cancelled, refused], [CANCELLED, REFUSED], DONE)
    return made
