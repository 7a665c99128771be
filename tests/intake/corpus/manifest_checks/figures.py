"""What an entry gives: its outcome, counts of rows, figures, dates, values."""

from __future__ import annotations

from collections.abc import Callable

from manifest_checks.reading import Read

BROKEN = ("error-with-location", "quarantined")


def outcome(one: Read, expected: str) -> None:
    report = one.report
    also = one.entry["expected"].get("accept_also", [])
    assert report.outcome in (expected, *([also] if isinstance(also, str) else also))
    assert bool(report.problems) == (report.outcome in BROKEN)
    assert bool(report.notes) or report.outcome != "accepted-after-normalisation"
    assert not report.notes or report.outcome != "accepted"


def count(name: str) -> Callable[[Read, int], None]:
    def check(one: Read, expected: int) -> None:
        assert getattr(one.report, name) == expected
        report = one.report
        fates = (report.rows_accepted, report.rows_quarantined)
        away = (report.rows_deduplicated, report.rows_dropped)
        assert sum(map(int, (*fates, *away))) == report.rows_total

    return check


def figure(name: str) -> Callable[[Read, float], None]:
    def check(one: Read, expected: float) -> None:
        assert one.document("ja")["figures"][name] == expected

    return check


def dates(one: Read, expected: list[str]) -> None:
    assert list(one.report.dates or ()) == expected


def accepted_rows(one: Read, expected: list[int]) -> None:
    assert list(one.report.accepted_rows or ()) == expected


def values(one: Read, expected: dict[str, str]) -> None:
    given = one.report.values or {}
    assert {key: given[key] for key in expected} == expected
