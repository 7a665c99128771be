"""Lines over months and over weeks."""

import pandas as pd

from toolkit.charts import KINDS


def shown(rows, columns):
    frame = pd.DataFrame(rows, columns=columns)
    ax = KINDS["trend"](frame, labels={"balance": "残高", "unit.balance": "yen"})
    return [text.get_text() for text in ax.texts], ax


def test_weeks_are_named_by_the_month_that_begins_in_them():
    weeks = pd.date_range("2026-03-30", periods=13, freq="7D")
    rows = [(day.date().isoformat(), 100.0 + n) for n, day in enumerate(weeks)]
    texts, ax = shown(rows, ["week", "balance"])
    assert [text for text in texts if text.endswith("月")] == ["3月", "4月", "5月", "6月"]
    assert texts.count("2026年") == 1
    assert len(ax.lines[-2].get_xdata()) == 13  # the line; after it the dot at its end


def test_months_are_all_named_where_there_is_room():
    rows = [(f"2026-{n:02d}", float(n)) for n in range(1, 7)]
    texts, _ = shown(rows, ["month", "balance"])
    assert [text for text in texts if text.endswith("月")] == [f"{n}月" for n in range(1, 7)]
