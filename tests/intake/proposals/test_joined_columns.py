"""A value put together from two columns: price and quantity, date and time of day."""

from __future__ import annotations

from pathlib import Path

from proposed.answers import Look, headers, read_through, table_through

from toolkit.intake.setting import Setting


def test_price_times_quantity_where_no_column_is_the_amount(
    look: Look, setting: Setting, tmp_path: Path
) -> None:
    rows = "".join(f"A{i // 2},C{i % 3},2026-01-0{1 + i // 2},茶,{i},100\n" for i in range(1, 9))
    proposal = look("受注No,顧客CD,受注日付,品名,数量,販売単価\n" + rows)
    assert headers(proposal)["amount"] == "multiply: 販売単価 + 数量"
    assert proposal.rows.model == "lines"
    report = read_through(proposal, tmp_path / "file.csv", setting)
    assert report.figures["amount_sum"] == 3600


def test_a_date_and_its_time_of_day_are_put_together(
    look: Look, setting: Setting, tmp_path: Path
) -> None:
    rows = "".join(f"A{i},C{i % 3},2026-01-0{i},1{i}:30,¥{i}00\n" for i in range(1, 9))
    proposal = look("受注No,顧客CD,受注日付,受注時刻,購入額\n" + rows)
    assert headers(proposal)["order_date"] == "datetime: 受注日付 + 受注時刻"
    assert proposal.columns[2].samples[0] == "2026-01-01 + 11:30"
    assert table_through(proposal, tmp_path / "file.csv", setting).timed
