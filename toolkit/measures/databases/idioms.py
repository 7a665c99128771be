"""How each dialect says the few things in which they differ: texts in one order, local times."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.measures.databases.engine import Dialect, Kind

SPARK_EPOCH = "TIMESTAMP_NTZ'1970-01-01 00:00:00'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Idiom:
    """Expressions of one dialect; ``{x}`` is a column, ``{zone}`` the client's time zone.

    ``text`` sorts by code points, as texts do everywhere else in the product. ``local`` turns a
    moment into the date and time a clock in the zone shows, ``micros`` a date and time into
    microseconds since 1970.
    """

    quote: str
    text: str
    double: str
    local: str
    micros: str


IDIOMS: dict[Dialect, Idiom] = {
    "duckdb": Idiom(
        quote='"',
        text="CAST({x} AS VARCHAR)",
        double="DOUBLE",
        local="({x} AT TIME ZONE {zone})",
        micros="EPOCH_US({x})",
    ),
    "postgres": Idiom(
        quote='"',
        text='CAST({x} AS TEXT) COLLATE "C"',
        double="DOUBLE PRECISION",
        local="({x} AT TIME ZONE {zone})",
        micros="CAST(EXTRACT(EPOCH FROM {x}) * 1000000 AS BIGINT)",
    ),
    "spark": Idiom(
        quote="`",
        text="CAST({x} AS STRING)",
        double="DOUBLE",
        local=(
            "CONVERT_TIMEZONE('UTC', {zone}, "
            f"TIMESTAMPADD(MICROSECOND, UNIX_MICROS({{x}}), {SPARK_EPOCH}))"
        ),
        micros=f"TIMESTAMPDIFF(MICROSECOND, {SPARK_EPOCH}, {{x}})",
    ),
}
TIMED: tuple[Kind, ...] = ("time", "moment")
NUMBERS: tuple[Kind, ...] = ("whole", "decimal", "float")


def quoted(text: str) -> str:
    """A text as all three dialects write it; only for what a setting holds, never for a cell.

    >>> quoted("Asia/Tokyo")
    "'Asia/Tokyo'"
    """
    if not text.isascii() or not text.isprintable() or set("'\\") & set(text):
        raise ValueError(text)
    return f"'{text}'"
