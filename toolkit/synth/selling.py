"""Visits, promotions and advertising of an own shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.synth.calendar import (
    HISTORY_DAYS,
    back_of,
    day_of,
    growth,
    middle_of,
    months,
    season,
    weekday,
)
from toolkit.synth.custom import SEARCH_ADS, SOCIAL_ADS
from toolkit.synth.texts import word, words

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from toolkit.synth.rates import Rates

MAIL_DAYS, POSTCARD_DAYS = 14, 91
MAIL_YEN = 1.5
MAILS = word("selling", "mailings", "newsletter")
POSTCARDS = word("selling", "mailings", "postcard")
CHANNELS = (SEARCH_ADS, *words("selling", "visits"))
ADS = ((SEARCH_ADS, 0.92), (SOCIAL_ADS, 1.10))


def traffic(rates: Rates, random: np.random.Generator) -> pd.DataFrame:
    """Visits, carts, checkouts and orders by day and source; each step is binomial."""
    import numpy as np
    import pandas as pd

    back = np.arange(HISTORY_DAYS - 1, -1.0, -1.0)
    level = rates.base("visits_a_day") * growth(back, rates.base("growth_year"))
    level = level * season(back, rates.base("season")) * weekday(back, rates.base("weekend_lift"))
    organic = rates.at("organic_share", back)
    paid = (1 - organic) * rates.at("paid_share", back) / (rates.at("paid_share", back) + 0.3)
    other = 1 - organic - paid
    shares = (paid, organic, other * 0.6, other * 0.4)
    parts = []
    for (channel, share), stream in zip(
        zip(CHANNELS, shares, strict=True), random.spawn(4), strict=True
    ):
        visits = stream.poisson(level * share)
        carts = stream.binomial(visits, rates.at("cart_rate", back))
        checkouts = stream.binomial(carts, rates.at("checkout_rate", back))
        done = stream.binomial(checkouts, rates.at("complete_rate", back))
        steps = {"sessions": visits, "carts": carts, "checkouts": checkouts, "orders": done}
        head = {"date": day_of(back), "channel": channel, "paid": channel == SEARCH_ADS}
        parts.append(pd.DataFrame({**head, **steps}))
    return pd.concat(parts, ignore_index=True).sort_values("date", kind="stable", ignore_index=True)


def promotions(rates: Rates, customers: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """A newsletter every two weeks and a postcard every quarter, to those who agreed."""
    import numpy as np

    agreed = np.sort(back_of(customers["opt_in_at"].dropna()))[::-1]
    made = [
        _sends(rates, agreed, (MAILS, MAIL_DAYS), random),
        _sends(rates, agreed, (POSTCARDS, POSTCARD_DAYS), random),
    ]
    return _joined(made)


def _sends(
    rates: Rates, agreed: np.ndarray, what: tuple[str, int], random: np.random.Generator
) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    kind, every = what
    back = np.arange(HISTORY_DAYS - 10.0, -1.0, -every)
    mails = kind == MAILS
    reach = np.array([(agreed >= day).sum() for day in back], dtype=float)
    # Postcards go to one in four: those who bought of late.
    sends = np.round(reach * (1.0 if mails else 0.25)).astype(int)
    response = rates.at("mail_response" if mails else "postcard_response", back)
    yen = MAIL_YEN if mails else rates.base("postcard_yen")
    made = pd.DataFrame(
        {
            "date": day_of(back), "kind": kind, "sends": sends,
            "cost": np.round(sends * yen + (3000 if mails else 8000)).astype(int),
            "responses": random.binomial(sends, response),
        }
    )  # fmt: skip
    kept = (rates.at("mailing", back) > 0.5) & (sends > 0)
    return made[kept]


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    return pd.concat(parts).sort_values(["date", "kind"], ignore_index=True)


def ad_spend(rates: Rates, customers: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Each month's advertising by channel with the new customers it reports."""
    import pandas as pd

    first = customers["first_date"].dt.strftime("%Y-%m")
    rows = []
    for month in months():
        back = [middle_of(month)]
        for channel, beside in ADS:
            new = int(((first == month) & (customers["channel"] == channel)).sum())
            price = float(rates.at("cpo", back)[0]) * beside * random.lognormal(0, 0.08)
            rows.append((month, channel, round(new * price, -2), new))
    return pd.DataFrame(rows, columns=["month", "channel", "amount", "new_customers"])
