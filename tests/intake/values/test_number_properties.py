"""Reading undoes writing, in every form; what is not surely one value is refused."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.intake.mappings.columns import vocabulary
from toolkit.intake.values.cells import Unreadable, parse_id
from toolkit.intake.values.dates import ERA_LETTERS, ERAS, DateRules, date_parser
from toolkit.intake.values.header_unit import header_unit
from toolkit.intake.values.minutes import parse_minutes
from toolkit.intake.values.money import money_words, parse_money
from toolkit.intake.values.months import month_parser, parse_year
from toolkit.intake.values.serial_dates import serial_moment, serial_order
from toolkit.intake.values.tax_marks import tax_mark
from toolkit.method import load_method

WORDS = vocabulary(load_method())
YEN = money_words(WORDS, "JPY")
LATEST = date(2026, 11, 22)
RULES = DateRules(zone="Asia/Tokyo", latest=LATEST)
READ = date_parser(RULES)
WIDE = str.maketrans("0123456789,.-/:()%", "０１２３４５６７８９，．－／：（）％")
DAYS = st.dates(date(1950, 1, 1), LATEST)
TIMES = st.times().map(lambda clock: clock.replace(microsecond=0))
MINUSES = ("-", "−", "－", "–", "△", "▲", "▼", "ー", "マイナス")
SCALES = (("千", 1000), ("万", 10_000), ("百万", 1_000_000), ("億", 100_000_000))


def both_widths(form: str) -> tuple[str, str]:
    return form, form.translate(WIDE)


@given(st.integers(0, 10**14), st.sampled_from(MINUSES))
def test_amounts(size: int, minus: str) -> None:
    for body in (str(size), f"{size:,}", f"{size:,}".replace(",", " ")):
        for form in (
            body,
            f"¥{body}",
            f"￥ {body}",
            f"{body}円",
            f"JPY {body}",
            f"{body} 円(税込)",
        ):
            for text in both_widths(form):
                assert parse_money(text, YEN)[0] == size, text
                assert parse_money(f"{minus}{text}", YEN)[0] == -size, text
                if "税" not in text:
                    assert parse_money(f"({text})", YEN)[0] == -size, text
        assert parse_money(f"¥{body}-", YEN)[0] == size
        with pytest.raises(Unreadable):
            parse_money(f"{body}-", YEN)


@given(st.decimals(0, 999, places=3), st.sampled_from(SCALES), st.booleans())
def test_amounts_with_a_unit(number: Decimal, scale: tuple[str, int], negative: bool) -> None:
    word, worth = scale
    for text in both_widths(f"{'▲' * negative}{number}{word}円"):
        assert parse_money(text, YEN)[0] == float(number * worth) * (-1) ** negative


@given(st.integers(1, 9_000), st.integers(1, 9_999), st.integers(1, 9_999))
def test_amounts_in_falling_units(oku: int, man: int, rest: int) -> None:
    value = oku * 10**8 + man * 10**4 + rest
    for text in (f"{oku}億{man}万{rest}円", f"{oku:,}億{man:,}万{rest:,}円"):
        assert parse_money(text, YEN)[0] == value
    with pytest.raises(Unreadable):
        parse_money(f"{man}万{oku}億円", YEN)


@settings(max_examples=1000)
@given(st.text(alphabet="0123459,,.. -−ー△()¥円￥，．０１²①税込", max_size=12))
def test_no_text_becomes_another_amount(text: str) -> None:
    try:
        value = Decimal(repr(parse_money(text, YEN)[0]))
    except Unreadable:
        return
    plain = unicodedata.normalize("NFKC", text)
    body = "".join(re.findall(r"[0-9., ]", plain)).strip(" ,").removesuffix(".")
    assert not set(text) & set("²①")
    assert abs(value) == Decimal(re.sub("[, ]", "", body)), text
    inner = re.search(r"[0-9.](?:.*[0-9])?", plain)
    assert inner is not None
    grouped = re.sub("^0+(?=[0-9])", "", inner[0].partition(".")[0]).replace(" ", ",")
    if "," in grouped:
        assert grouped == f"{int(grouped.replace(',', '')):,}", text
    before = plain[: inner.start()]
    assert (value < 0) == (value != 0 and bool(set(before) & set("-−ー△▲("))), text


@settings(max_examples=500)
@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (READ, month_parser(RULES), parse_year, parse_minutes, parse_id):
        with suppress(Unreadable):
            parse(text)
    with suppress(Unreadable):
        parse_money(text, YEN)
    tax_mark(text)
    bare = header_unit(text, WORDS).bare
    assert header_unit(bare, WORDS).bare == bare


def written(day: date) -> list[str]:
    y, m, d = day.year, day.month, day.day
    weekday = "月火水木金土日"[day.weekday()]
    eras = [
        (era, y - first.year + 1) for era, (first, last) in ERAS.items() if first <= day <= last
    ]
    named = {name: letter.upper() for letter, name in ERA_LETTERS.items() if letter.isascii()}
    return [
        *(f"{y}-{m:02}-{d:02}", f"{y}/{m}/{d}", f"{y}.{m}.{d}", f"{y}年{m}月{d}日"),
        *(f"{y}/{m:2}/{d:2}", f"{y}/{m}/{d}({weekday})", f"{y}年{m}月{d}日（{weekday}）"),
        *(f"{y}年{m}月{d}日 {weekday}曜日", f"{day:%d %B %Y}", f"{day:%b %d, %Y}"),
        *(f"{era}{year}年{m}月{d}日" for era, year in eras),
        *(f"{named[era]}{year}.{m}.{d}" for era, year in eras),
        *(f"{named[era]}{year:02}{m:02}{d:02}" for era, year in eras),
        *(f"{era[0]}{year}/{m}/{d}" for era, year in eras),
        *(f"{era}元年{m}月{d}日" for era, year in eras if year == 1),
    ]


@given(DAYS)
def test_dates(day: date) -> None:
    for form in (*written(day), f"{day:%Y%m%d}", f"{day:%a, %d %b %Y}"):
        for text in both_widths(form):
            assert READ(text)[0] == datetime.combine(day, time.min), text


@given(DAYS, st.integers(1, 6))
def test_a_weekday_of_another_day_is_refused(day: date, shift: int) -> None:
    weekday = "月火水木金土日"[(day.weekday() + shift) % 7]
    with pytest.raises(Unreadable) as raised:
        READ(f"{day:%Y/%m/%d}({weekday})")
    assert raised.value.code == "date_weekday"


def clocks(clock: time) -> list[str]:
    h, m, s = clock.hour, clock.minute, clock.second
    half = "午後" if h >= 12 else "午前"
    forms = [
        *(f"{h}:{m:02}:{s:02}", f"{h:02}:{m:02}:{s:02}", f"{h}時{m}分{s}秒"),
        *(f"{half}{h % 12}時{m:02}分{s:02}秒", f"{half} {h % 12 or 12}:{m:02}:{s:02}"),
        *(f"{h % 12 or 12}:{m:02}:{s:02} {'PM' if h >= 12 else 'AM'}", f"{h:02}{m:02}{s:02}"),
    ]
    return [*forms, f"{h}:{m:02}", f"{h}時{m}分"] if s == 0 else forms


@settings(max_examples=40)
@given(st.dates(date(1950, 1, 1), LATEST - timedelta(days=1)), TIMES)
def test_dates_with_times(day: date, clock: time) -> None:
    moment = datetime.combine(day, clock)
    for form in written(day):
        for hour in clocks(clock):
            assert READ(f"{form} {hour}")[0] == moment, (form, hour)
    assert READ(f"{moment:%Y%m%dT%H%M%S}")[0] == READ(f"{moment:%Y%m%d%H%M%S}")[0] == moment
    assert READ(f"{day:%Y-%m-%d}T{clock:%H:%M:%S}.123456789")[0].microsecond == 123456


@given(DAYS.filter(lambda day: day < LATEST), st.integers(24, 29), st.integers(0, 59))
def test_hours_after_midnight(day: date, hour: int, minute: int) -> None:
    moment = datetime.combine(day, time.min) + timedelta(hours=hour, minutes=minute)
    assert READ(f"{day:%Y/%m/%d} {hour}:{minute:02}")[0] == moment


@given(st.datetimes(datetime(1990, 1, 1), datetime(2026, 11, 20)), st.integers(-56, 56))
def test_offsets(moment: datetime, quarters: int) -> None:
    moment = moment.replace(microsecond=0)
    offset = timedelta(minutes=15 * quarters)
    size = f"{abs(quarters) // 4:02}:{abs(quarters) % 4 * 15:02}"
    sign = "-" if quarters < 0 else "+"
    for zone in (f"{sign}{size}", f" {sign}{size.replace(':', '')}", f" GMT{sign}{size}"):
        text = f"{moment:%Y-%m-%d %H:%M:%S}{zone}"
        assert READ(text)[0] == moment - offset + timedelta(hours=9), text


@settings(max_examples=1000)
@given(st.text(alphabet="0011223456789-/.年月日RH令和平成元 '\u3000（水）", max_size=14))
def test_no_text_becomes_another_date(text: str) -> None:
    try:
        value = READ(text)[0]
    except Unreadable:
        return
    plain = unicodedata.normalize("NFKC", text)
    runs = re.findall("[0-9]+", plain.replace("元", "1"))
    years = {value.year} | {value.year - first.year + 1 for first, _ in ERAS.values()}
    if max(map(len, runs)) >= 6:
        digits = runs[0]
        assert {f"{y:02}{value:%m%d}" for y in years} & {digits, digits[:8]}, text
    else:
        found = [int(run) for run in runs]
        assert sorted(found) in [sorted([y, value.month, value.day]) for y in years], text


@given(DAYS, TIMES)
def test_serials(day: date, clock: time) -> None:
    seconds = clock.hour * 3600 + clock.minute * 60 + clock.second
    serial = f"{(day - date(1899, 12, 30)).days}{seconds / 86400:.10f}".replace("0.", ".", 1)
    assert serial_moment(serial, LATEST) == datetime.combine(day, clock)
    assert serial_order([serial, ""], LATEST) == "all"
    with pytest.raises(Unreadable):
        READ(serial)


@given(DAYS)
def test_months_and_years(day: date) -> None:
    y, m = day.year, day.month
    eras = [
        f"{era}{y - first.year + 1}年{m}月"
        for era, (first, last) in ERAS.items()
        if first.replace(day=1) <= day <= last
    ]
    for form in (f"{y}-{m:02}", f"{y}/{m}", f"{y}年{m}月分", f"{y}{m:02}", f"{day:%b %Y}", *eras):
        for text in both_widths(form):
            assert month_parser(RULES)(text)[0] == f"{y}-{m:02}", text
    assert parse_year(f"{y}年度")[0] == str(y)


@given(st.integers(0, 160), st.integers(0, 59))
def test_minutes(hours: int, minutes: int) -> None:
    total = hours * 60 + minutes
    forms = (str(total), f"{total:,}分", f"{hours}時間{minutes}分", f"{hours}h {minutes}min")
    for form in (*forms, f"{hours}時間半"):
        expected = hours * 60 + 30 if form.endswith("半") else total
        for text in both_widths(form):
            assert parse_minutes(text)[0] == expected, text


@given(st.text(alphabet="ABCabc0123456789-_. ", min_size=1).filter(lambda text: text.strip()))
def test_ids(text: str) -> None:
    try:
        clean = parse_id(text)[0]
    except Unreadable:
        assert re.fullmatch(r"[+-]?[0-9](?:\.[0-9]+)?[eE]\+[0-9]{1,3}", text.strip())
        return
    assert clean == text.strip()
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else "\u3000" for c in clean)
    assert parse_id(wide)[0] == parse_id(clean)[0] == clean


@given(
    st.sampled_from(("金額", "売上高", "合計(全店)", "Amount")),
    st.sampled_from(("円", "¥", "JPY")),
    st.sampled_from(SCALES),
    st.sampled_from((None, "税込", "税抜")),
)
def test_headers_with_units(bare: str, mark: str, scale: tuple[str, int], tax: str | None) -> None:
    unit = f"{scale[0]}{mark}"
    forms = [f"{bare}({unit})", f"{bare}（単位：{unit}）", f"{bare} [{unit}]"]
    if tax:
        forms = [form[:-1] + f"・{tax}" + form[-1] for form in forms] + [f"{tax}{bare}({unit})"]
    expected = {None: None, "税込": "included", "税抜": "excluded"}[tax]
    for form in forms:
        found = header_unit(form, WORDS)
        assert (found.bare, found.scale, found.tax, found.unit) == (
            bare,
            scale[1],
            expected,
            "JPY",
        ), form
