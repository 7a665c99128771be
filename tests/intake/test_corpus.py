"""Every entry of the shared corpus that this part reads gives its outcome."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from toolkit.intake.read import read_file
from toolkit.intake.report import ReadReport
from toolkit.method import Method
from toolkit.words import words

SHARED = Path(os.environ.get("TOOLKIT_TEST_DATA") or Path(__file__).parents[2].parent / "shared")
MANIFEST = SHARED / "corpus" / "MANIFEST.json"
KINDS = {
    "orders": "orders",
    "orders-xlsx": "orders",
    "journey": "journey",
    "profile": "profile",
    "client-list": "clients",
}
COUNTS = ("rows_total", "rows_accepted", "rows_quarantined", "rows_deduplicated")
FIGURES = ("amount_sum", "minutes_sum", "distinct_customers")


def entries(*kinds: str) -> list[dict[str, Any]]:
    if not MANIFEST.is_file():
        return []
    listed = json.loads(MANIFEST.read_text(encoding="utf-8"))["entries"]
    return [entry for entry in listed if entry["kind"] in kinds]


def identified(entry: dict[str, Any]) -> str:
    return str(entry["id"])


def read(entry: dict[str, Any], method: Method) -> ReadReport:
    kind = KINDS.get(entry["kind"], "orders")
    return read_file(MANIFEST.parent / entry["file"], kind, method=method)


@pytest.mark.parametrize("entry", entries(*KINDS), ids=identified)
def test_outcome_and_counts(entry: dict[str, Any], method: Method) -> None:
    expected = entry["expected"]
    report = read(entry, method)
    assert report.outcome == expected["outcome"]
    for name in COUNTS:
        if name in expected:
            assert getattr(report, name) == expected[name], name
    for name in FIGURES:
        if name in expected:
            assert report.figures[name] == expected[name], name
    if "dates" in expected:
        assert list(report.dates or ()) == expected["dates"]
    if "accepted_rows" in expected:
        assert list(report.accepted_rows or ()) == expected["accepted_rows"]
    for key, value in expected.get("values", {}).items():
        assert (report.values or {})[key] == value


@pytest.mark.parametrize("entry", entries(*KINDS), ids=identified)
def test_place_and_words(entry: dict[str, Any], method: Method) -> None:
    expected = entry["expected"]
    report = read(entry, method)
    for lang in ("ja", "en"):
        document = report.to_dict(words(method, lang))
        problems, text = document["problems"], json.dumps(document, ensure_ascii=False)
        for place in places(expected):
            assert any(place.items() <= problem.items() for problem in problems), place
        assert bool(problems) == (expected["outcome"] in ("error-with-location", "quarantined"))
        if expected["outcome"] == "accepted":
            assert not document["notes"]
        for forbidden in expected.get("must_not_contain", ()):
            assert forbidden not in text
        assert expected.get("suggests", "") in text
        assert expected.get("code", "") in text
        for line in (expected.get("location", {}).get("also_line"),):
            assert line is None or str(line) in problems[0]["message"]


def places(expected: dict[str, Any]) -> list[dict[str, Any]]:
    location = expected.get("location", {})
    one = {key: location[key] for key in ("row", "column", "line") if key in location}
    many = [{"row": row, "column": column} for row, column in expected.get("locations", ())]
    return [*many, *([one] if one else [])]


@pytest.mark.parametrize("entry", entries(*KINDS), ids=identified)
def test_warnings(entry: dict[str, Any], method: Method) -> None:
    report = read(entry, method)
    shown = {warning.code for warning in report.warnings}
    shown |= {f"{warning.code}:{warning.count}" for warning in report.warnings}
    shown |= {f"{warning.code}:{warning.params.get('detail')}" for warning in report.warnings}
    assert set(entry["expected"].get("warnings", ())) <= shown
