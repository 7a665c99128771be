"""The desk and the back room: contacts of customers, and the steps each order goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.synth.calendar import END, back_of
from toolkit.synth.texts import word, words

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from toolkit.synth.rates import Rates

PEOPLE = words("people", "shop")
SOURCES = (word("contacts", "sources", "mail"), word("contacts", "sources", "phone"))
WHERE, WHAT, WHEN = (words("contacts", name) for name in ("where", "what", "when"))
WHO, HOW, WHY = (word("contacts", "record", name) for name in ("who", "how", "why"))
STEPS, VISIT = words("events", "goods"), words("events", "visits")
LOG_DAYS = 760
CASE_SHARE = 0.35


def contacts(rates: Rates, orders: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Contacts some days after an order, with their record of 5W1H; fields may be left blank."""
    import numpy as np
    import pandas as pd

    chosen = random.random(len(orders)) < rates.at("contact_rate", orders["back"].to_numpy())
    later = pd.to_timedelta(random.integers(1, 12, len(orders)), unit="D")
    day = (orders["order_date"].dt.normalize() + later)[chosen]
    one = orders[chosen].assign(day=day)
    one = one[one["day"] <= pd.Timestamp(END)].sort_values(["day", "order_id"])
    n, back, draws = len(one), back_of(one["day"]), random.random((len(one), 8))
    kind = np.where(draws[:, 0] < rates.at("complaint_share", back), "complaint", "inquiry")
    said = pd.DataFrame({"contact_id": [f"K{number:05d}" for number in range(1, n + 1)]})
    said["date"] = one["day"].to_numpy()
    keyed = draws[:, 1] < rates.at("keyed", back)
    said["customer_id"] = one["customer_id"].where(keyed).to_numpy()
    said["type"] = kind
    said["source"] = np.where(draws[:, 2] < 0.55, *SOURCES)
    _record(rates, said, (back, draws[:, 3]), random)
    said["handled_by"] = np.array(PEOPLE)[(draws[:, 4] * len(PEOPLE)).astype(int)]
    solved = one["day"].to_numpy() + (draws[:, 5] * 4).astype(int).astype("timedelta64[D]")
    said["resolved_at"] = pd.Series(solved).where(solved <= np.datetime64(END))
    said["result_fed_back"] = draws[:, 6] < rates.at("fed_back", back)
    said["to_development"] = draws[:, 7] < rates.at("to_development", back)
    return said


def _record(
    rates: Rates, said: pd.DataFrame, at: tuple[np.ndarray, np.ndarray],
    random: np.random.Generator,
) -> None:  # fmt: skip
    """Who, what, when, where, why, how: each filled in but for some."""
    import numpy as np

    back, cause = at
    n, kind = len(said), "visits" if rates.model == "shop" else "goods"
    common = (said["type"] == "complaint").to_numpy() & (cause < rates.at("same_cause", back))
    where, what, when = (random.integers(0, len(one), n) for one in (WHERE, WHAT, WHEN))
    why = [
        WHY.format(where=WHERE[a], what=WHAT[b], when=WHEN[c])
        for a, b, c in zip(where, what, when, strict=True)
    ]
    fields = {
        "who": np.full(n, WHO),
        "what": np.array(WHAT)[what],
        "when": np.array(WHEN)[when],
        "where": np.array(WHERE)[where],
        "why": np.where(common, word("contacts", "common_cause", kind), why),
        "how": np.full(n, HOW),
    }
    filled = random.random((n, len(fields)))
    for place, (name, values) in enumerate(fields.items()):
        said[name] = np.where(filled[:, place] < rates.at("filled", back), values, "")


def events(rates: Rates, orders: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Steps of a part of the orders of two years; in some cases a check is done again."""
    import numpy as np
    import pandas as pd

    drawn = random.random(len(orders)) < CASE_SHARE
    one = orders[drawn & (orders["back"] < LOG_DAYS) & orders["shipped_at"].notna()]
    n, back, draws = len(one), one["back"].to_numpy(), random.random((len(one), 8))
    again = draws[:, 0] < rates.at("rework", back)
    pair = draws[:, 1] < rates.at("rework_pair", back)
    case = np.repeat(np.arange(n), len(STEPS) + again)
    place = np.concatenate([np.arange(count) for count in len(STEPS) + again]).astype(int)
    # The one more event of a case is the picking done again, straight after the first.
    repeated = again[case]
    step = np.where(repeated & (place > 2), place - 1, place)
    who = (draws[case, 2 + step] * len(PEOPLE)).astype(int)
    second = repeated & (place == 3)
    other = (draws[case, 7] * len(PEOPLE)).astype(int)
    who = np.where(repeated & (place == 2) & pair[case], 0, np.where(second, other, who))
    who = np.where(second & pair[case], 1, who)
    start = one["order_date"].to_numpy()[case]
    share = (place + 1) / (len(STEPS) + again)[case]
    span = (one["shipped_at"].to_numpy() - one["order_date"].to_numpy())[case]
    made = pd.DataFrame(
        {
            "case_id": one["order_id"].to_numpy()[case],
            "activity": np.array(VISIT if rates.model == "shop" else STEPS)[step],
            "timestamp": pd.DatetimeIndex(start + span * share).floor("min"),
            "resource": np.array(PEOPLE)[who],
        }
    )
    return made
