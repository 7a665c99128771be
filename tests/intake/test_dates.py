"""Dates in every form met, their bounds, and what is never guessed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from toolkit.errors import UsageError
from toolkit.intake.cells import Unreadable
from toolkit.intake.date_format import strptime_form
from toolkit.intake.dates import DateRules, date_parser, day_order
from toolkit.intake.months import month_parser, parse_year

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
        ("24/4/1", "date_unreadable"),
        ("近日中", "date_unreadable"),
        ("45000", "date_unreadable"),
        ("2024-4/1", "date_unreadable"),
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
    ],
)
def test_a_given_format_decides(form: str, text: str, day: str) -> None:
    rules = DateRules(zone="Asia/Tokyo", latest=RULES.latest, form=form)
    assert date_parser(rules)(text)[0].date().isoformat() == day
    with pytest.raises(Unreadable):
        date_parser(rules)("2024-04-03x")


def test_a_format_needs_day_month_and_year() -> None:
    for form in ("YYYY", "%H:%M", ""):
        with pytest.raises(UsageError):
            strptime_form(form)


@pytest.mark.parametrize(
    "text", ["2024-04", "2024/4", "2024年4月", "2024年04月分", "令和6年4月", "R6.4", "202404"]
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
    with pytest.raises(Unreadable):
        month_parser(RULES)("2024-13")


def test_years() -> None:
    assert [parse_year(text)[0] for text in ("2024", "2024年度", "FY2024")] == ["2024"] * 3
    with pytest.raises(Unreadable):
        parse_year("24")
