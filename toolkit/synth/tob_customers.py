"""The list of accounts of a firm that sells to firms, as it is kept (取引先の台帳)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.synth.client import MAIL
from toolkit.synth.tob_cells import filled

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from toolkit.synth.rates import Rates

TRADES = ("産業機械", "食品機械", "電装品", "設備保守", "ビル管理", "物流")
TRADE_SHARES = (0.3, 0.2, 0.15, 0.15, 0.12, 0.08)
PLACES = ("愛知県", "岐阜県", "三重県", "静岡県", "大阪府", "東京都")
PHONE = "電話番号"
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
    trades = random.choice(np.array(TRADES, dtype=object), n, p=TRADE_SHARES)
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
