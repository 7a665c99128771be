"""The list of accounts of a firm that sells to firms, as it is kept (取引先の台帳)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.synth.client import MAIL
from toolkit.synth.texts import rows, word, words
from toolkit.synth.tob_cells import filled

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from toolkit.synth.rates import Rates

TRADES = rows("accounts", "trades")
PLACES = words("accounts", "prefectures")
PHONE = word("customers", "columns", "phone")
BLANK = 0.03


def customers(rates: Rates, random: np.random.Generator, known: pd.DataFrame) -> pd.DataFrame:
    """A row an account, trade or place missing here and there; some accounts were never entered.

    Args:
        rates: share of the accounts entered, share entered twice, columns with personal data.
        random: of every chance in it.
        known: customer_id, first_date and further columns to keep, one row an account.
    """
    import numpy as np

    n, made = len(known), known.reset_index(drop=True)
    draws = random.random((4, n))
    names = np.array([trade["name"] for trade in TRADES], dtype=object)
    trades = random.choice(names, n, p=[trade["share"] for trade in TRADES])
    made["industry_band"] = filled(trades, draws[0] >= BLANK)
    places = random.choice(np.array(PLACES, dtype=object), n)
    made["prefecture"] = filled(places, draws[1] >= BLANK)
    # Entered twice: under a code of its own, with the mail address of the account before.
    twice = (draws[2] < rates.of("duplicate_share") / 2) & (np.arange(n) > 0)
    person = np.where(twice, np.arange(n) - 1, np.arange(n))
    columns = {
        MAIL: [f"m{one:05d}@example.com" for one in person],
        PHONE: [f"052-000-{one % 10000:04d}" for one in person],
    }
    for name in list(columns)[: round(rates.of("personal_columns"))]:
        made[name] = columns[name]
    entered: pd.DataFrame = made[draws[3] < rates.of("key_match")]
    return entered.reset_index(drop=True)
