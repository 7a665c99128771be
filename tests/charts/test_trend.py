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


def since_start(rows):
    labels = {"unit.value": "yen", "cost": "広告費", "axis.x": "初回購入からの月数"}
    return KINDS["trend"](pd.DataFrame(rows, columns=["line", "month", "value"]), labels=labels)


def test_a_line_each_over_months_since_a_start():
    rows = [("2024-01", month, 100.0 * month) for month in range(7)]
    rows += [("2024-07", month, 90.0 * month) for month in range(3)]
    rows += [("cost", month, 250.0) for month in range(7)]
    ax = since_start(rows)
    texts = [text.get_text() for text in ax.texts]
    assert {"2024年1月", "600円", "2024年7月", "180円", "広告費", "250円"} <= set(texts)
    assert [text for text in texts if text.isdigit()] == ["0", "1", "2", "3", "4", "5", "6"]
    assert "初回購入からの月数" in texts
    lines = [line for line in ax.lines if len(line.get_xdata()) == 7]
    assert [list(line.get_ydata())[:3] for line in lines] == [
        [0.0, 100.0, 200.0],
        [0.0, 90.0, 180.0],
        [250.0, 250.0, 250.0],
    ]
    assert [line.get_linestyle() for line in lines] == ["-", "-", "--"]


def test_the_latest_line_has_the_first_colour_whatever_their_number():
    from toolkit.charts.palette import BLUE, RUST

    rows = [(name, month, 1.0) for name in ("2023", "2024", "2025") for month in (0, 1)]
    lines = [line for line in since_start(rows).lines if len(line.get_xdata()) == 2]
    colours = [line.get_color() for line in lines if line.get_linewidth() == 2.2]
    assert (colours[-1], colours[-2]) == (BLUE, RUST)


def test_many_months_are_named_at_intervals():
    ax = since_start([("first", month, 1.0) for month in range(25)])
    named = [text.get_text() for text in ax.texts if text.get_text().isdigit()]
    assert named == [str(month) for month in range(0, 25, 2)]
