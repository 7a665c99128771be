"""What is told of an entry: where, which code, which advice."""

from __future__ import annotations

from typing import Any

from manifest_checks.entries import LANGS
from manifest_checks.reading import Read
from toolkit.method import load_method
from toolkit.words import place_text, problem_text, words


def location(one: Read, expected: dict[str, Any]) -> None:
    assert set(expected) <= {"row", "column", "line", "line_any", "also_line"}
    place = {key: expected[key] for key in ("row", "column", "line") if key in expected}
    lines = expected.get("line_any", [problem["line"] for problem in one.problems])
    found = [p for p in one.problems if place.items() <= p.items() and p["line"] in lines]
    assert found
    for lang in LANGS:
        book = words(load_method(), lang)
        shown = [f"{place_text(p, book)} {problem_text(p, book)}" for p in one.report.problems]
        assert any(
            all(str(part) in text for part in (one.path.name, *place.values())) for text in shown
        )
    also = str(expected.get("also_line", ""))
    assert all(also in problem["message"] for problem in found)


def locations(one: Read, expected: list[list[Any]]) -> None:
    assert [[problem["row"], problem["column"]] for problem in one.problems] == expected


def warnings(one: Read, expected: list[str]) -> None:
    shown = one.document("ja")["warnings"]
    told = [
        f"{item['code']}:{item[key]}"
        for item in shown
        for key in ("count", "detail")
        if key in item
    ]
    assert set(expected) <= {item["code"] for item in shown} | set(told)


def code(one: Read, expected: str) -> None:
    assert expected in [problem["code"] for problem in one.problems]


def suggests(one: Read, expected: str) -> None:
    for lang in LANGS:
        problems = one.document(lang)["problems"]
        assert any(expected in problem["message"] + problem["fix"] for problem in problems)
