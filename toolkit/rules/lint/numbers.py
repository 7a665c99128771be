"""Thresholds: each says where it comes from, and stands on what may carry it."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.errors import Problem
from toolkit.method import Entry, Method
from toolkit.rules.lint.entries import at


def numbers(method: Method) -> Iterator[Problem]:
    """Problems of thresholds, benchmarks and dates of review."""
    for threshold in method.section("thresholds").values():
        yield from _threshold(threshold, method)
    for benchmark in method.section("benchmarks").values():
        if benchmark.get("triggers") and benchmark.get("grade") not in ("A", "B"):
            yield at(benchmark, "lint_grade_too_weak", "triggers", value=str(benchmark["grade"]))
        if not {"value", "low", "high"} & set(benchmark):
            yield at(benchmark, "lint_key_missing", "value")
    for section in ("legal", "benchmarks", "thresholds"):
        for entry in method.section(section).values():
            yield from _date(entry, "review_by")
            yield from _date(entry, "as_of")


def _threshold(entry: Entry, method: Method) -> Iterator[Problem]:
    if not {"value", "question", "bands"} & set(entry):
        yield at(entry, "lint_key_missing", "value")
    if isinstance(entry.get("value", 0.0), str | bool):
        yield at(entry, "lint_not_a_number", "value", value=str(entry["value"]))
    if entry.get("origin") in ("source", "article", "law") and not entry.get("source"):
        yield at(entry, "lint_key_missing", "source")
    if entry.get("origin") == "source":
        yield from _carried(entry, method)


def _carried(entry: Entry, method: Method) -> Iterator[Problem]:
    """A number of a source: of grade A or B, and where it names a benchmark, that one's."""
    if entry.get("grade") not in ("A", "B"):
        yield at(entry, "lint_grade_too_weak", "grade", value=str(entry.get("grade", "")))
    benchmark = method.section("benchmarks").get(str(entry.get("benchmark", "")))
    if benchmark is None:
        return
    for key in ("value", "unit", "grade"):
        if benchmark.get(key) != entry.get(key):
            yield at(entry, "lint_not_the_benchmark", key, value=str(entry.get(key)))


def _date(entry: Entry, key: str) -> Iterator[Problem]:
    from datetime import date

    if key not in entry:
        return
    try:
        date.fromisoformat(str(entry[key]))
    except ValueError:
        yield at(entry, "lint_not_a_date", key, value=str(entry[key]))
