"""Outside figures beside a figure of the client: grade, country, year and sample always shown."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.method import Entry
from toolkit.outline.blocks import Text
from toolkit.outline.writer import Writer, plain_span

GRADES = ("A", "B", "C")


def reference_rows(pen: Writer, fact_id: str) -> Iterator[tuple[str, Text]]:
    """A row for each benchmark of a figure, the best founded first.

    Those in another currency than the client's are left out; none of them is a threshold here.
    """
    currency = pen.diagnosis.client.get("currency")
    found = [
        one
        for one in pen.diagnosis.content.section("benchmarks").values()
        if one.get("fact") == fact_id and one.get("currency", currency) == currency
    ]
    for one in sorted(found, key=lambda entry: GRADES.index(entry["grade"])):
        yield pen.line("report.row.reference"), _line(pen, one)


def _line(pen: Writer, one: Entry) -> Text:
    ends = [pen.number(float(one[key]), one["unit"]) for key in ("low", "high") if key in one]
    year = one.get("year")
    return pen.text(
        "report.reference.line",
        name=plain_span(pen.line(f"benchmarks.{one.id}.name")),
        value=plain_span(
            pen.number(float(one["value"]), one["unit"])
            if "value" in one
            else pen.line(f"report.reference.{_ends(one)}", low=ends[0], high=ends[-1])
        ),
        about=plain_span(
            pen.line("report.reference.separator").join(
                [
                    pen.line(f"report.reference.country.{one['country']}"),
                    *([pen.line("report.reference.year", year=str(year))] if year else []),
                    pen.line(f"benchmarks.{one.id}.sample"),
                    pen.line("report.reference.grade", grade=one["grade"]),
                ]
            )
        ),
    )


def _ends(one: Entry) -> str:
    return "range" if {"low", "high"} <= set(one) else ("from" if "low" in one else "upto")
