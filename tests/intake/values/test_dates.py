"""Dates in every form met, their bounds, and what is never guessed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from toolkit.errors import UsageError
from toolkit.intake.values.cells import Unreadable
from toolkit.intake.values.date_format import strptime_form
from toolkit.intake.values.dates import DateRules, date_parser, day_order
from toolkit.intake.values.months import month_parser, parse_year
from toolkit.intake.values.serial_dates import serial_order

RULES = DateRules(zone="Asia/Tokyo", latest=date(2026, 11, 22))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-04-01", "2024-04-01T00:00:00"),
        ("2024-04-01 09:30", "2024-04-01T09:30:00"),
        ("2024-04-01T09:30:15", "2024-04-01T09:30:15"),
        ("2024/4/1", "2024-04-01T00:00:00"),
        ("2024.4.1", "2024-04-01T00:00:00"),
        ("2025/8/9 23:15", "2025-08-09T23:15:00"),
        ("２０２４／４／４", "2024-04-04T00:00:00"),
        ("2024年4月3日", "2024-04-03T00:00:00"),
        ("2024年4月3日 9時5分", "2024-04-03T09:05:00"),
        ("2024/04/03(水)", "2024-04-03T00:00:00"),
        ("20240403", "2024-04-03T00:00:00"),
        ("20240403101112", "2024-04-03T10:11:12"),
        ("令和6年4月1日", "2024-04-01T00:00:00"),
        ("令和元年5月1日", "2019-05-01T00:00:00"),
        ("R6.4.2", "2024-04-02T00:00:00"),
        ("H31.4.30", "2019-04-30T00:00:00"),
        ("Ｈ３０．１２．３１", "2018-12-31T00:00:00"),
        ("昭和64年1月7日", "1989-01-07T00:00:00"),
        ("S64/1/7", "1989-01-07T00:00:00"),
        ("25/12/2024", "2024-12-25T00:00:00"),
        ("12/25/2024", "2024-12-25T00:00:00"),
        ("05/05/2024", "2024-05-05T00:00:00"),
        ("14 Jan 2024", "2024-01-14T00:00:00"),
        ("Jan 14, 2024", "2024-01-14T00:00:00"),
        ("2024-04-01T15:00:00Z", "2024-04-02T00:00:00"),
        ("2024-04-01 10:00:00 +0900", "2024-04-01T10:00:00"),
        ("2010-12-30 14:32:00+01:00", "2010-12-30T22:32:00"),
        ("2024-02-29", "2024-02-29T00:00:00"),
        ("2024‐04−01", "2024-04-01T00:00:00"),
        ("2024/ 4/ 1", "2024-04-01T00:00:00"),
        ("2024年 4月 1日", "2024-04-01T00:00:00"),
        ("令6.4.1", "2024-04-01T00:00:00"),
        ("R06.04.01", "2024-04-01T00:00:00"),
        ("R060401", "2024-04-01T00:00:00"),
        ("R元.5.1", "2019-05-01T00:00:00"),
        ("㋿6年4月1日", "2024-04-01T00:00:00"),
        ("㍻30年12月31日", "2018-12-31T00:00:00"),
        ("S．６４．１．７", "1989-01-07T00:00:00"),
        ("H31.4.30 24:00", "2019-05-01T00:00:00"),
        ("2024年4月3日（水）", "2024-04-03T00:00:00"),
        ("2024年4月3日水曜日 10:30", "2024-04-03T10:30:00"),
        ("2024/4/3 水", "2024-04-03T00:00:00"),
        ("2024-04-03 (Wed) 9:05", "2024-04-03T09:05:00"),
        ("2024/4/29(月・祝)", "2024-04-29T00:00:00"),
        ("2024/4/29(祝)10:00", "2024-04-29T10:00:00"),
        ("Wed, 03 Apr 2024 12:00:00 +0900", "2024-04-03T12:00:00"),
        ("April 3rd, 2024", "2024-04-03T00:00:00"),
        ("3-Sept-2024", "2024-09-03T00:00:00"),
        ("2024年4月1日 午後3時05分", "2024-04-01T15:05:00"),
        ("2024年4月1日午前0時", "2024-04-01T00:00:00"),
        ("2024年4月1日9時半", "2024-04-01T09:30:00"),
        ("2024/4/1 午後12:30", "2024-04-01T12:30:00"),
        ("2024/4/1 3:05 PM", "2024-04-01T15:05:00"),
        ("2024/4/1 12:00 AM", "2024-04-01T00:00:00"),
        ("2024/4/1 12:00:05 p.m.", "2024-04-01T12:00:05"),
        ("2024-04-01 24:00", "2024-04-02T00:00:00"),
        ("2024-04-01 25:30", "2024-04-02T01:30:00"),
        ("2024/04/01 090500", "2024-04-01T09:05:00"),
        ("202404010905", "2024-04-01T09:05:00"),
        ("20240401 0905", "2024-04-01T09:05:00"),
        ("20240401T120000Z", "2024-04-01T21:00:00"),
        ("2024-04-01T12:00:00.123456789+09:00", "2024-04-01T12:00:00.123456"),
        ("2024-04-01T12:00+09:00[Asia/Tokyo]", "2024-04-01T12:00:00"),
        ("2024-04-01 12:00 JST", "2024-04-01T12:00:00"),
        ("2024-04-01 12:00 GMT+9", "2024-04-01T12:00:00"),
        ("2024-04-01 12:00:00 UTC", "2024-04-01T21:00:00"),
        ("2024-04-01 12:00:00+00", "2024-04-01T21:00:00"),
    ],
)
def test_forms(text: str, iso: str) -> None:
    assert date_parser(RULES)(text)[0] == datetime.fromisoformat(iso)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2023-02-29", "date_impossible"),
        ("2024-13-01", "date_impossible"),
        ("0000-00-00", "date_impossible"),
        ("2024/4/31", "date_impossible"),
        ("1949-12-31", "date_too_old"),
        ("2026-11-23", "date_future"),
        ("9999-12-31", "date_future"),
        ("令和元年4月30日", "date_outside_era"),
        ("H31.5.1", "date_outside_era"),
        ("昭和65年1月1日", "date_outside_era"),
        ("03/04/2024", "date_ambiguous"),
        ("24/4/1", "date_short_year"),
        ("'24/04/01", "date_short_year"),
        ("24年4月1日", "date_short_year"),
        ("06.04.01 10:00", "date_short_year"),
        ("1-Apr-24", "date_short_year"),
        ("4/1", "date_no_year"),
        ("4月1日", "date_no_year"),
        ("1711929600", "date_count"),
        ("1711929600000", "date_count"),
        ("近日中", "date_unreadable"),
        ("2024年4月", "date_unreadable"),
        ("12345", "date_unreadable"),
        ("99999", "date_unreadable"),
        ("2024-4/1", "date_unreadable"),
        ("2024/4/110:30", "date_unreadable"),
        ("2024/4/1 1030", "date_unreadable"),
        ("2024/4/1 +0900", "date_unreadable"),
        ("1 Mayhem 2024", "date_unreadable"),
        ("2024-04-1¹", "date_unreadable"),
        ("٢٠٢٤-٠٤-٠١", "date_unreadable"),
        ("45383", "date_serial"),
        ("45383.5", "date_serial"),
        ("2024/04/03(木)", "date_weekday"),
        ("Tue, 03 Apr 2024", "date_weekday"),
        ("2024-04-01 30:00", "date_impossible"),
        ("2024-04-01 10:60", "date_impossible"),
        ("2024-04-01 10:00:60", "date_impossible"),
        ("2024-04-01 13:00 PM", "date_impossible"),
        ("2024年4月1日 午後13時", "date_impossible"),
        ("2024年4月1日 午前3時 pm", "date_unreadable"),
        ("2024年4月1日 午後12時", "time_ambiguous"),
        ("2024年4月1日 午前12時30分", "time_ambiguous"),
        ("2024-04-01 10:00 +15:00", "date_impossible"),
        ("2024-04-01 10:00 +09:60", "date_impossible"),
        ("2024-04-01 10:00 PST", "date_unreadable"),
        ("9999-12-31T23:00:00-09:00", "date_impossible"),
        ("9999-12-31 24:00", "date_impossible"),
        ("0001-01-01T00:00:00+09:00", "date_impossible"),
        ("令6.2.30", "date_impossible"),
        ("令和0年5月1日", "date_outside_era"),
        ("㍻31年5月1日", "date_outside_era"),
    ],
)
def test_refused(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as raised:
        date_parser(RULES)(text)
    assert raised.value.code == code


def test_iso_is_as_it_was_and_all_else_is_rewritten() -> None:
    read = date_parser(RULES)
    assert [read(text)[1] for text in ("2024-04-01", "2024-04-01 10:00", "2024/04/01")] == [
        False,
        False,
        True,
    ]


def test_the_last_day_of_the_past_and_dates_that_may_lie_ahead() -> None:
    assert date_parser(RULES)("2026-11-22")[0].day == 22
    ahead = DateRules(zone="Asia/Tokyo", latest=None)
    assert date_parser(ahead)("2030-01-01")[0].year == 2030


def test_nothing_is_guessed_once_both_orders_occur() -> None:
    texts = ["03/04/2024", "13/04/2024", "04/13/2024"]
    assert day_order(texts) == "both"
    rules = DateRules(zone="Asia/Tokyo", latest=RULES.latest, order="both")
    for text in texts:
        with pytest.raises(Unreadable):
            date_parser(rules)(text)


@pytest.mark.parametrize(
    ("form", "text", "day"),
    [
        ("YYYYMMDD", "19970101", "1997-01-01"),
        ("%d.%m.%Y", "03.04.2024", "2024-04-03"),
        ("dmy", "03/04/2024", "2024-04-03"),
        ("MDY", "03/04/2024", "2024-03-04"),
        ("DD/MM/YYYY", "03/04/2024", "2024-04-03"),
        ("yyyy/m/d", "2024/4/3", "2024-04-03"),
        ("YYYY-MM-DD HH:MM", "2024-04-03 09:59", "2024-04-03"),
        ("d/M/yyyy h:mm tt", "3/4/2024 9:59 PM", "2024-04-03"),
        ("yyyy年M月d日", "2024年4月3日", "2024-04-03"),
        ("dmy", "3.4.2024 9:05", "2024-04-03"),
        ("ymd", "24/4/3", "2024-04-03"),
        ("ymd", "2024-04-03", "2024-04-03"),
        ("mdy", "04-03-98", "1998-04-03"),
        ("%y%m%d", "240403", "2024-04-03"),
        ("excel", "45385", "2024-04-03"),
        ("unix", "1712070000", "2024-04-03"),
        ("unix_ms", "1712070000123", "2024-04-03"),
    ],
)
def test_a_given_format_decides(form: str, text: str, day: str) -> None:
    rules = DateRules(zone="Asia/Tokyo", latest=RULES.latest, form=form)
    assert date_parser(rules)(text)[0].date().isoformat() == day
    with pytest.raises(Unreadable):
        date_parser(rules)("2024-04-03x")


def test_a_format_needs_day_month_and_year() -> None:
    for form in ("YYYY", "%H:%M", "", "ggge年M月d日", "%d/%d/%m/%Y", "%s %d %m %Y", "serial"):
        with pytest.raises(UsageError):
            strptime_form(form)


@pytest.mark.parametrize(
    "text",
    [
        *("2024-04", "2024/4", "2024年4月", "2024年04月分", "令和6年4月", "R6.4", "202404"),
        *("㋿6年4月度", "令6/4", "2024年 4月", "Apr 2024", "2024-April", "04/2024"),
    ],
)
def test_months(text: str) -> None:
    assert month_parser(RULES)(text) == ("2024-04", text != "2024-04")


def test_a_date_counts_as_its_month_and_bounds_hold() -> None:
    assert month_parser(RULES)("2024-04-30")[0] == "2024-04"
    assert month_parser(RULES)("2026-11")[0] == "2026-11"
    for text, code in (("2026-12", "date_future"), ("1949-12", "date_too_old")):
        with pytest.raises(Unreadable) as raised:
            month_parser(RULES)(text)
        assert raised.value.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2024-13", "date_impossible"),
        ("24/4", "date_short_year"),
        ("24年4月", "date_short_year"),
        ("4月", "date_no_year"),
        ("平成31年5月", "date_outside_era"),
        ("令和元年4月", "date_outside_era"),
        ("2024Q1", "date_unreadable"),
        ("Apr 0000", "date_impossible"),
        ("May be 2024", "date_unreadable"),
    ],
)
def test_months_refused(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as raised:
        month_parser(RULES)(text)
    assert raised.value.code == code


def test_the_month_an_era_changes_in_belongs_to_both() -> None:
    read = month_parser(RULES)
    assert read("昭和64年1月")[0] == read("平成元年1月")[0] == "1989-01"


def test_years() -> None:
    texts = ("2024", "2024年度", "FY2024", "令和6年度", "R6", "２０２４年")
    assert [parse_year(text)[0] for text in texts] == ["2024"] * 6
    for text in ("24", "9999", "1949", "第10期", "2024-04"):
        with pytest.raises(Unreadable):
            parse_year(text)


def test_a_column_of_nothing_but_serials_is_dates() -> None:
    texts = ["45383", "45383.4270833333", "", "18264"]
    assert serial_order(texts, RULES.latest) == "all"
    read = date_parser(DateRules(zone="Asia/Tokyo", latest=RULES.latest, serials=True))
    assert [read(text)[0].isoformat() for text in texts if text] == [
        "2024-04-01T00:00:00",
        "2024-04-01T10:15:00",
        "1950-01-01T00:00:00",
    ]


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["45383", "2024-04-01"], "some"),
        (["45383", "90000"], "some"),  # after the run date: no serial
        (["18263"], "none"),  # before 1950
        (["20240401", "45,383"], "none"),
        ([""], "none"),
    ],
)
def test_what_is_no_column_of_serials(texts: list[str], order: str) -> None:
    assert serial_order(texts, RULES.latest) == order


def test_a_lone_serial_is_told_with_the_day_it_may_mean() -> None:
    with pytest.raises(Unreadable) as raised:
        date_parser(RULES)("45383")
    assert raised.value.params == {"date": "2024-04-01"}


def test_times_without_an_offset_are_those_of_the_source() -> None:
    read = date_parser(DateRules(zone="Asia/Tokyo", latest=RULES.latest, source_zone="UTC"))
    assert read("2024-04-01 20:00")[0] == datetime(2024, 4, 2, 5)
    assert read("2024-04-01")[0] == datetime(2024, 4, 1)
    assert read("2024-04-01 20:00 +09:00")[0] == datetime(2024, 4, 1, 20)
    for form, text, day in (("%Y%m%d %H%M", "20240401 2000", 2), ("%Y%m%d", "20240401", 1)):
        rules = DateRules(zone="Asia/Tokyo", latest=None, form=form, source_zone="UTC")
        assert date_parser(rules)(text)[0].day == day


@pytest.mark.parametrize(
    ("text", "tokyo"),
    [
        ("2024-03-10 02:30", "2024-03-10T16:30:00"),  # skipped: read with the earlier offset
        ("2024-11-03 01:30", "2024-11-03T14:30:00"),  # twice: the first
        ("2024-07-01 12:00", "2024-07-02T01:00:00"),
    ],
)
def test_hours_that_a_change_of_the_clock_skips_or_repeats(text: str, tokyo: str) -> None:
    rules = DateRules(zone="Asia/Tokyo", latest=None, source_zone="America/New_York")
    assert date_parser(rules)(text)[0].isoformat() == tokyo


@pytest.mark.parametrize(
    ("form", "texts"),
    [
        ("dmy", ("2024-04-03", "04/13/2024", "3/4/224", "03042024", "令和6年4月3日")),
        ("YYYYMMDD", ("2024-04-03", "240403", "20240403 10:00")),
        ("excel", ("2024-04-03", "12345")),
        ("unix", ("2024-04-03", "45385", "1712070000.5")),
    ],
)
def test_nothing_but_the_given_form_is_read(form: str, texts: tuple[str, ...]) -> None:
    rules = DateRules(zone="Asia/Tokyo", latest=RULES.latest, form=form)
    for text in texts:
        with pytest.raises(Unreadable):
            date_parser(rules)(text)


def test_a_given_format_tells_what_it_rewrote() -> None:
    read = date_parser(DateRules(zone="Asia/Tokyo", latest=RULES.latest, form="YYYY-MM-DD"))
    assert read("2024-04-03") == (datetime(2024, 4, 3), False)
    assert read("２０２４-04-03") == (datetime(2024, 4, 3), True)
