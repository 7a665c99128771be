"""The SQL of the summaries as other dialects get it."""

from __future__ import annotations

import re

import pytest

from toolkit.measures.databases.carried import carried
from toolkit.measures.databases.idioms import quoted
from toolkit.measures.summaries import SQL, SUMMARIES


def text_of(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SUMMARIES)
def test_nothing_becomes_approximate(name: str) -> None:
    for dialect in ("postgres", "spark"):
        assert "APPROX" not in carried(text_of(name), dialect).upper()


def test_the_median_of_spark_is_exact() -> None:
    assert "PERCENTILE(day_no - day_before, 0.5)" in carried(text_of("customers"), "spark")


@pytest.mark.parametrize("name", SUMMARIES)
def test_blanks_come_last_in_every_order(name: str) -> None:
    """Spark puts them first unless it is told."""
    said = re.findall(r"ORDER BY (.*?)(?: ROWS|\))", carried(text_of(name), "spark"))
    for order in said:
        assert all(one.strip().endswith("NULLS LAST") for one in order.split(",")), order


def test_what_we_write_ourselves_is_left_alone() -> None:
    assert carried("SELECT  1 -- as it is", "duckdb") == "SELECT  1 -- as it is"


@pytest.mark.parametrize("text", ["Asia/Tokyo'", "a\\b", "a\nb", "東京"])
def test_no_setting_can_end_a_text_early(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        quoted(text)
