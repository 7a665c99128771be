"""What holds for any input: fates add up, reading undoes writing, order does not matter."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.intake.notes import shown
from toolkit.intake.quarantine import guarded
from toolkit.intake.read import read_file
from toolkit.intake.report import ReadReport
from toolkit.intake.values.dates import ERAS, DateRules, date_parser
from toolkit.intake.values.money import Money, parse_money
from toolkit.method import load_method

YEN = Money(own=("¥", "円"), others={"$": "USD"}, scales={"千": 1000, "万": 10000})
READ = date_parser(DateRules(zone="Asia/Tokyo", latest=date(2026, 11, 22)))
WIDE = str.maketrans("0123456789,.-/", "０１２３４５６７８９，．－／")
HEAD = "order_id,customer_id,order_date,amount\n"
FREELY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

CELLS = st.tuples(
    st.sampled_from(["A1", "A2", "A3", "", "合計", "1.2E+10"]),
    st.sampled_from(["C1", "C2", "\u3000C1", ""]),
    st.sampled_from(["2024-04-01", "令和6年4月1日", "2099-01-01", "03/04/2024", ""]),
    st.sampled_from(["100", "200", "-50", "１００円", "x", ""]),
)
ROWS = st.lists(CELLS, max_size=30)


def read(path: Path, rows: list[tuple[str, ...]]) -> ReadReport:
    file = path / "orders.csv"
    file.write_text(HEAD + "".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    return read_file(file, "orders", method=load_method(), as_of=date(2026, 11, 22))


@FREELY
@given(ROWS)
def test_every_row_has_one_fate(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    report = read(tmp_path, rows)
    fates = (
        report.rows_accepted,
        report.rows_quarantined,
        report.rows_deduplicated,
        report.rows_dropped,
    )
    assert sum(map(int, fates)) == report.rows_total == sum(any(row) for row in rows)
    assert len(report.dates or ()) == report.rows_accepted


@FREELY
@given(ROWS, st.randoms())
def test_the_order_of_rows_changes_no_figure(tmp_path: Path, rows, random) -> None:
    mixed = list(rows)
    random.shuffle(mixed)
    one, two = read(tmp_path, rows), read(tmp_path, mixed)
    assert one.figures == two.figures
    assert (one.rows_accepted, one.rows_quarantined) == (two.rows_accepted, two.rows_quarantined)


@given(st.integers(-(10**14), 10**14))
def test_amounts_survive_every_way_of_writing(value: int) -> None:
    size = f"{abs(value):,}"
    sign = "-" if value < 0 else ""
    forms = [f"{sign}{size}", f"{sign}¥{size}", f"{sign}{size}円", f"{'△' if sign else ''}{size}"]
    for form in (*forms, *(form.translate(WIDE) for form in forms)):
        assert parse_money(form, YEN)[0] == value, form


@given(st.decimals(-(10**9), 10**9, places=2))
def test_decimals_survive(value) -> None:
    assert parse_money(f"{value:,}", YEN)[0] == float(value)


@given(st.dates(date(1950, 1, 1), date(2026, 11, 22)))
def test_dates_survive_every_way_of_writing(day: date) -> None:
    year, month, of_month = day.year, day.month, day.day
    forms = [
        day.isoformat(),
        f"{year}/{month}/{of_month}",
        f"{year}年{month}月{of_month}日",
        f"{day:%Y%m%d}",
        *(
            f"{era}{year - first.year + 1}年{month}月{of_month}日"
            for era, (first, last) in ERAS.items()
            if first <= day <= last
        ),
    ]
    for form in (*forms, *(form.translate(WIDE) for form in forms)):
        assert READ(form)[0].date() == day, form


@given(st.datetimes(datetime(1990, 1, 1), datetime(2026, 11, 20)), st.integers(-12, 14))
def test_offsets_come_to_the_clients_time(moment: datetime, hours: int) -> None:
    moment = moment.replace(microsecond=0)
    text = f"{moment.isoformat()}{hours:+03d}:00"
    assert READ(text)[0] == moment - timedelta(hours=hours) + timedelta(hours=9)


@given(st.text())
def test_what_is_shown_is_one_plain_line(text: str) -> None:
    assert shown(text).isprintable()


@given(st.text())
def test_no_text_becomes_a_formula_and_none_is_lost(text: str) -> None:
    cell = guarded(text)
    assert cell in (text, f"'{text}")
    assert not cell.startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("junk", [b"\xff\xfe", b"\x1b$B", b'"', b"\xef\xbb\xbf", b"\r\r", b",,,\n"])
def test_fragments_are_told_not_raised(tmp_path: Path, junk: bytes) -> None:
    (tmp_path / "x.csv").write_bytes(junk)
    report = read_file(tmp_path / "x.csv", "orders", method=load_method())
    assert report.outcome == "error-with-location"


@FREELY
@given(st.binary(max_size=400))
def test_any_bytes_are_told_not_raised(tmp_path: Path, junk: bytes) -> None:
    file = tmp_path / "x.csv"
    for name, kind in (("orders", "orders"), ("yaml", "profile"), ("list", "clients")):
        file.write_bytes((HEAD.encode() if name == "orders" else b"") + junk)
        assert read_file(file, kind, method=load_method()).outcome
