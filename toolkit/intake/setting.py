"""What reading depends on besides the files: currency, zone, run date, salt, vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from toolkit.intake.adapters.adapter import Adapter
from toolkit.intake.adapters.adapter_file import load_adapters
from toolkit.intake.mappings.columns import Column, TableKind, Vocabulary, table_kinds, vocabulary
from toolkit.intake.values.cells import (
    Parser,
    choice_parser,
    flag_parser,
    parse_id,
    parse_label,
    parse_text,
)
from toolkit.intake.values.converting import Reader
from toolkit.intake.values.dates import DateRules, date_parser, day_order
from toolkit.intake.values.minutes import HIGHEST, LOWEST, minutes_parser
from toolkit.intake.values.money import money_parser, money_words, number_parser, parse_money
from toolkit.intake.values.months import month_parser, parse_year
from toolkit.intake.values.plain import past, plain_dates, plain_ids, plain_numbers, within
from toolkit.intake.values.serial_dates import serial_order
from toolkit.method import Method, once_a_method

if TYPE_CHECKING:
    import pyarrow


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The surroundings of a reading; ``folder`` is where joined files are looked for.

    ``zone`` is the client's; ``written_zone`` where the times of one file were written, where
    that is another one. ``tax`` is what the client says of its amounts. ``apart`` keeps the ids
    of several systems from meaning one person.
    """

    method: Method
    kinds: Mapping[str, TableKind]
    words: Vocabulary
    run_date: date
    salt: bytes
    folder: Path
    zone: str = "Asia/Tokyo"
    written_zone: str | None = None
    tax: str = "unknown"
    apart: bool = False
    adapters: tuple[Adapter, ...] = ()

    @property
    def currency(self) -> str:
        """The client's currency."""
        return self.words.currency

    def reader(
        self, column: Column, cells: pyarrow.Array, date_format: str | None, scale: float = 1.0
    ) -> Reader:
        """The reader of a column.

        Args:
            column: the canonical column.
            cells: the column's own cells: its order of days and its serials show there only.
            date_format: how a mapping says that dates are written.
            scale: what the header's unit multiplies values by.
        """
        if column.type in ("date", "month"):
            return self._date_reader(column, cells, date_format)
        if column.type == "id":
            return Reader(type="id", parse=parse_id, plain=plain_ids)
        if column.type in ("money", "number"):
            return self._number_reader(column, scale)
        if column.type == "minutes":
            return Reader(
                type="minutes",
                parse=minutes_parser(scale),
                within=lambda values: within(values, LOWEST, HIGHEST),
            )
        return Reader(type=column.type, parse=self._parser(column))

    def money_reader(self, scale: float = 1.0) -> Reader:
        """The reader of an amount that other columns are worked out from, without bounds."""
        money = replace(money_words(self.words, self.currency, zeros=self.words.zeros), scale=scale)
        return Reader(
            type="money",
            parse=lambda text: parse_money(text, money),
            plain=plain_numbers if scale == 1 else None,
        )

    def _number_reader(self, column: Column, scale: float) -> Reader:
        low, high = column.low, column.high
        if column.type == "money":
            money = money_words(self.words, self.currency, column.units, self.words.zeros)
            parse = money_parser(replace(money, scale=scale), column)
        else:
            parse = number_parser(column, column.units, scale)
        return Reader(
            type=column.type,
            parse=parse,
            plain=(lambda texts: plain_numbers(texts, low, high)) if scale == 1 else None,
            within=(lambda values: within(values, low, high)) if scale == 1 else None,
        )

    def _date_reader(self, column: Column, cells: pyarrow.Array, form: str | None) -> Reader:
        latest = None if column.future else self.run_date
        whole = None if form or column.type == "month" else self._whole(cells, latest)
        texts = [] if form else _unread(cells, whole)
        rules = DateRules(
            zone=self.zone,
            latest=latest,
            order=day_order(texts),
            form=form,
            serials=serial_order(texts, latest) == "all",
            source_zone=self.written_zone,
        )
        if column.type == "month":
            return Reader(type="month", parse=month_parser(rules))
        return Reader(
            type="date",
            parse=date_parser(rules),
            plain=whole and (lambda texts: whole),
            within=lambda values: past(values, latest),
            serials=rules.serials,
        )

    def _whole(self, cells: pyarrow.Array, latest: date | None) -> tuple[pyarrow.Array, int] | None:
        """A column of text read at once, where its dates have one form and the client's zone."""
        import pyarrow as pa

        if self.written_zone not in (None, self.zone) or not pa.types.is_string(cells.type):
            return None
        return plain_dates(cells, latest)

    def _parser(self, column: Column) -> Parser:
        fixed: dict[str, Parser] = {"label": parse_label, "text": parse_text, "year": parse_year}
        if column.type in fixed:
            return fixed[column.type]
        return flag_parser(self.words) if column.type == "flag" else choice_parser(column)


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
    return Setting(
        method=method,
        kinds=table_kinds(method),
        words=_words_in(method, currency),
        run_date=run_date,
        salt=salt,
        folder=folder,
        adapters=_adapters(method),
    )


@once_a_method
def _words_in(method: Method, currency: str) -> Vocabulary:
    """The words of cells and headers of a client who counts in a currency."""
    return replace(vocabulary(method), currency=currency)


@once_a_method
def _adapters(method: Method) -> tuple[Adapter, ...]:
    return load_adapters(method, table_kinds(method))


def today(zone: str) -> date:
    """The current date in a zone."""
    return datetime.now(ZoneInfo(zone)).date()
