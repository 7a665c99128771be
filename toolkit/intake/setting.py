"""What reading depends on besides the files: currency, zone, run date, salt, vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from toolkit.intake.adapter import Adapter
from toolkit.intake.adapter_file import load_adapters
from toolkit.intake.cells import (
    Parser,
    choice_parser,
    flag_parser,
    parse_id,
    parse_label,
    parse_text,
)
from toolkit.intake.columns import Column, TableKind, Vocabulary, table_kinds, vocabulary
from toolkit.intake.converting import Reader
from toolkit.intake.dates import DateRules, date_parser, day_order
from toolkit.intake.minutes import parse_minutes
from toolkit.intake.money import money_parser, money_words, number_parser
from toolkit.intake.months import month_parser, parse_year
from toolkit.intake.plain import past, plain_dates, plain_ids, plain_numbers, within
from toolkit.method import Method

if TYPE_CHECKING:
    import pyarrow


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The surroundings of a reading; ``folder`` is where joined files are looked for.

    ``zone`` is the client's; ``written_zone`` where the times of one file were written, where
    that is another one. ``apart`` keeps the ids of several systems from meaning one person.
    """

    kinds: Mapping[str, TableKind]
    words: Vocabulary
    run_date: date
    salt: bytes
    folder: Path
    currency: str = "JPY"
    zone: str = "Asia/Tokyo"
    written_zone: str | None = None
    apart: bool = False
    adapters: tuple[Adapter, ...] = ()

    def reader(self, column: Column, cells: pyarrow.Array, date_format: str | None) -> Reader:
        """The reader of a column; a date column's day order is found from its own cells."""
        if column.type in ("date", "month"):
            return self._date_reader(column, cells, date_format)
        if column.type == "id":
            return Reader(type="id", parse=parse_id, plain=plain_ids)
        if column.type in ("money", "number"):
            money = money_words(self.words, self.currency)
            parse = money_parser(money, column) if column.type == "money" else number_parser(column)
            low, high = column.low, column.high
            return Reader(
                type=column.type,
                parse=parse,
                plain=lambda texts: plain_numbers(texts, low, high),
                within=lambda values: within(values, low, high),
            )
        return Reader(type=column.type, parse=self._parser(column))

    def _date_reader(self, column: Column, cells: pyarrow.Array, form: str | None) -> Reader:
        latest = None if column.future else self.run_date
        whole = None if form or column.type == "month" else _whole(cells, latest)
        order = "unknown" if form else day_order(_unread(cells, whole))
        rules = DateRules(zone=self.zone, latest=latest, order=order, form=form)
        if column.type == "month":
            return Reader(type="month", parse=month_parser(rules))
        return Reader(
            type="date",
            parse=date_parser(rules),
            plain=whole and (lambda texts: whole),
            within=lambda values: past(values, latest),
        )

    def _parser(self, column: Column) -> Parser:
        fixed: dict[str, Parser] = {
            "label": parse_label,
            "text": parse_text,
            "minutes": parse_minutes,
            "year": parse_year,
        }
        if column.type in fixed:
            return fixed[column.type]
        return flag_parser(self.words) if column.type == "flag" else choice_parser(column)


def _whole(cells: pyarrow.Array, latest: date | None) -> tuple[pyarrow.Array, int] | None:
    """A column of text read at once, where its dates have one form."""
    import pyarrow as pa

    return plain_dates(cells, latest) if pa.types.is_string(cells.type) else None


def _unread(cells: pyarrow.Array, whole: tuple[pyarrow.Array, int] | None) -> list[str]:
    """The distinct texts of a column that were not read at once."""
    import pyarrow as pa

    if not pa.types.is_string(cells.type):
        return []
    rest = cells if whole is None else cells.filter(whole[0].is_null())
    return list(rest.unique().to_pylist())


def make_setting(
    method: Method, folder: Path, run_date: date, *, currency: str = "JPY", salt: bytes = b""
) -> Setting:
    """A setting in the default zone."""
    kinds = table_kinds(method)
    return Setting(
        kinds=kinds,
        words=vocabulary(method),
        run_date=run_date,
        salt=salt,
        folder=folder,
        currency=currency,
        adapters=load_adapters(method, kinds),
    )


def today(zone: str) -> date:
    """The current date in a zone."""
    return datetime.now(ZoneInfo(zone)).date()
