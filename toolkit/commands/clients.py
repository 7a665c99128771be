"""new-client, read and check: before a diagnosis."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from toolkit.commands.speech import Speech
from toolkit.errors import Problem
from toolkit.method import load_method
from toolkit.words import Words, place_text, problem_text, words


def new(client_id: str, folder: Path, speech: Speech) -> None:
    """Make a client's folder and tell what to do next."""
    from toolkit.intake.new_client import new_client

    made = new_client(client_id, folder, speech.lang)
    speech.line(str(made))
    speech.say("cli.new_client.next", folder=made)


def read(file: Path, kind: str, mapping: Path | None, speech: Speech, as_json: bool) -> int:
    """Read one file; exit code 1 if it cannot be used."""
    from toolkit.intake.read import read_file

    method = load_method()
    report = read_file(file, kind, method=method, mapping=mapping)
    document = report.to_dict(words(method, speech.lang))
    if as_json:
        speech.show(document)
    else:
        _print_read(document, report.problems, speech)
    return 1 if document["outcome"] == "error-with-location" else 0


def _print_read(document: dict[str, Any], problems: Iterable[Problem], speech: Speech) -> None:
    counts = {name: document[name] for name in document if name.startswith("rows_")}
    outcome = speech.text(f"cli.read.outcome.{document['outcome']}")
    speech.line(speech.text("cli.read.outcome_line", outcome=outcome))
    if document["rows_total"] is not None:
        speech.line(speech.text("cli.read.rows", **counts))
    for note in (*document["notes"], *document["warnings"]):
        speech.line(speech.text("cli.read.note", **note))
    for problem in problems:
        message, fix = problem_text(problem, speech.words)
        place = place_text(problem, speech.words)
        speech.line(speech.text("cli.read.problem", place=place, message=message, fix=fix))


def check(client: Path, method: Path | None, speech: Speech, as_json: bool) -> None:
    """Read a client's folder and tell what is there and what is missing."""
    from toolkit.diagnosis.diagnose import diagnose

    diagnosis = diagnose(client, method=method)
    book = words(diagnosis.content, speech.lang)
    health = [dict(one) for one in diagnosis.health]
    missing = [
        {
            "table": one.id,
            "name": book.text(f"common.table.{one.id}"),
            "ask": book.text(f"common.material.{one.id}"),
            "rules": list(one.rules),
        }
        for one in diagnosis.questions
        if one.kind == "table"
    ]
    asked = [
        {
            "id": one.id,
            "text": book.text(f"questions.{one.id}.text"),
            "key": one.key,
            "rules": list(one.rules),
        }
        for one in diagnosis.questions
        if one.kind == "question"
    ]
    document = {
        "client_id": diagnosis.client["client_id"],
        "tables": {str(one["kind"]): one["rows_accepted"] for one in health},
        "health": health,
        "missing": missing,
        "questions": asked,
    }
    if as_json:
        speech.show(document)
    else:
        _print_check(document, speech, book)


def _print_check(document: dict[str, Any], speech: Speech, book: Words) -> None:
    for one in document["health"]:
        speech.line(
            speech.text(
                "cli.check.table",
                table=book.text(f"common.table.{one['kind']}"),
                files=", ".join(one["files"]),
                **{name: f"{one[name]:,}" for name in one if name.startswith("rows_")},
            )
        )
    for one in document["missing"]:
        speech.line(speech.text("cli.check.missing", name=one["name"], ask=one["ask"]))
    for one in document["questions"][:20]:
        speech.line(speech.text("cli.check.question", text=one["text"], count=len(one["rules"])))
