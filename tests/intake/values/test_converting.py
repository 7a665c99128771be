"""Columns are read whole where they are plain and text by text where not, with equal values."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.intake.values.cells import faulty, parse_id
from toolkit.intake.values.converting import Reader, convert
from toolkit.intake.values.dates import DateRules, date_parser
from toolkit.intake.values.money import Money, parse_money
from toolkit.intake.values.plain import plain_dates, plain_ids, plain_numbers

LATEST = date(2026, 11, 22)
YEN = Money(own=("¥", "円"), others={"$": "USD"}, scales={"千": 1000})
READ_DATE = date_parser(DateRules(zone="Asia/Tokyo", latest=LATEST))

IDS = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.from_regex(r"[A-Z0-9+. Ee-]{1,12}", fullmatch=True),
        st.from_regex(r"[0-9]{1,3}(\.[0-9]+)?[eE]\+?[0-9]{1,3}", fullmatch=True),
        st.sampled_from(["", " ", "A 1", " A1", "A  1", "1.2E+10", "Ａ１", "+1", "#N/A"]),
    ),
    max_size=12,
)
NUMBERS = st.lists(
    st.one_of(
        st.integers(-(10**17), 10**17).map(str),
        st.floats(allow_nan=True).map(repr),
        st.decimals(-(10**6), 10**6, places=3).map(str),
        st.sampled_from(["", "-", "1.", ".5", "00012", "-0", "1,200", "１２", "9" * 15, "9" * 16]),
    ),
    max_size=12,
)
PARTS = st.tuples(
    st.integers(1940, 2030), st.integers(0, 14), st.integers(0, 33), st.integers(0, 26)
)
DATES = st.lists(
    st.one_of(
        PARTS.map(lambda p: f"{p[0]}-{p[1]:02d}-{p[2]:02d}"),
        PARTS.map(lambda p: f"{p[0]}/{p[1]}/{p[2]}"),
        PARTS.map(lambda p: f"{p[0]}/{p[1]:02d}/{p[2]:02d} {p[3]}:05"),
        PARTS.map(lambda p: f"{p[0]}-{p[1]:02d}-{p[2]:02d}T{p[3]:02d}:05:59"),
        st.sampled_from(
            ["", "2024-01/02", "2024/1-2", "2024-1-2", "2024/1/2  3:04", "2024/1/2 3:4"]
        ),
    ),
    max_size=6,
)


def both(texts: list[str], whole: Reader, single: Reader) -> None:
    cells = pa.array(texts, pa.string())
    one, two = convert(cells, whole), convert(cells, single)
    assert one.values.equals(two.values)
    assert one.normalised == two.normalised
    assert [(bad.index, bad.code) for bad in one.bad] == [(b.index, b.code) for b in two.bad]


@given(IDS)
def test_plain_ids_are_what_the_parser_reads(texts: list[str]) -> None:
    texts = [text for text in texts if text.isprintable()]
    both(
        texts, Reader(type="id", parse=parse_id, plain=plain_ids), Reader(type="id", parse=parse_id)
    )


@given(NUMBERS)
def test_plain_numbers_are_what_the_parser_reads(texts: list[str]) -> None:
    def parse(text: str) -> tuple[float, bool]:
        return parse_money(text, YEN)

    both(
        texts,
        Reader(type="money", parse=parse, plain=plain_numbers),
        Reader(type="money", parse=parse),
    )


@given(DATES)
def test_plain_dates_are_what_the_parser_reads(texts: list[str]) -> None:
    both(
        texts,
        Reader(type="date", parse=READ_DATE, plain=lambda cells: plain_dates(cells, LATEST)),
        Reader(type="date", parse=READ_DATE),
    )


@pytest.mark.parametrize(
    ("form", "rewritten"),
    [("2024-04-01", 0), ("2024/4/1", 2), ("2024-04-01 09:30", 0), ("2024/04/01 9:30:05", 2)],
)
def test_dates_of_one_form_need_no_parser(form: str, rewritten: int) -> None:
    values, count = plain_dates(pa.array([form, "", form]), LATEST) or (None, None)
    assert values is not None
    assert values.null_count == 1
    assert count == rewritten


def test_each_distinct_text_is_read_once() -> None:
    seen = []

    def parse(text: str) -> tuple[str, bool]:
        seen.append(text)
        return text, text == "b"

    done = convert(pa.array(["a", "b", "a", " ", "b"]), Reader(type="text", parse=parse))
    assert done.values.to_pylist() == ["a", "b", "a", None, "b"]
    assert (done.normalised, seen) == (2, ["a", "b"])


def test_a_cell_without_a_value_says_why() -> None:
    cells = pa.array(["1", faulty("formula_no_value", "=A1*2")])
    done = convert(cells, Reader(type="money", parse=lambda text: parse_money(text, YEN)))
    assert [(bad.index, bad.code) for bad in done.bad] == [(1, "formula_no_value")]
