"""What reading depends on besides the files: currency, zone, run date, salt, vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from toolkit.intake.cells import (
    Parser,
    choice_parser,
    flag_parser,
    parse_id,
    parse_label,
    parse_text,
)
from toolkit.intake.columns import Column, TableKind, Vocabulary, table_kinds, vocabulary
from toolkit.intake.dates import DateRules, date_parser, day_order
from toolkit.intake.minutes import parse_minutes
from toolkit.intake.money import money_parser, money_words, number_parser
from toolkit.intake.months import month_parser, parse_year
from toolkit.method import Method


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The surroundings of a reading; ``folder`` is where joined files are looked for."""

    kinds: Mapping[str, TableKind]
    words: Vocabulary
    run_date: date
    salt: bytes
    folder: Path
    currency: str = "JPY"
    zone: str = "Asia/Tokyo"

    def parser(self, column: Column, cells: list[str], date_format: str | None) -> Parser:
        """The parser of a column; a date column's day order is found from its own cells."""
        if column.type in ("date", "month"):
            latest = None if column.future else self.run_date
            order = "unknown" if date_format else day_order(dict.fromkeys(cells))
            rules = DateRules(zone=self.zone, latest=latest, order=order, form=date_format)
            return date_parser(rules) if column.type == "date" else month_parser(rules)
        if column.type == "money":
            return money_parser(money_words(self.words, self.currency), column)
        return self._plain_parser(column)

    def _plain_parser(self, column: Column) -> Parser:
        fixed: dict[str, Parser] = {
            "id": parse_id,
            "label": parse_label,
            "text": parse_text,
            "minutes": parse_minutes,
            "year": parse_year,
        }
        if column.type in fixed:
            return fixed[column.type]
        if column.type == "flag":
            return flag_parser(self.words)
        return choice_parser(column) if column.type == "choice" else number_parser(column)


def make_setting(
    method: Method, folder: Path, run_date: date, *, currency: str = "JPY", salt: bytes = b""
) -> Setting:
    """A setting in the default zone."""
    return Setting(
        kinds=table_kinds(method),
        words=vocabulary(method),
        run_date=run_date,
        salt=salt,
        folder=folder,
        currency=currency,
    )


def today(zone: str) -> date:
    """The current date in a zone."""
    return datetime.now(ZoneInfo(zone)).date()
