"""keep and compare: this month filed, and two months set side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.commands.speech import Speech
from toolkit.errors import UsageError

if TYPE_CHECKING:
    from toolkit.diagnosis.changes.changes import Changes, FactChange, FindingChange
    from toolkit.diagnosis.changes.month import Month
    from toolkit.method import Method
    from toolkit.words import Words


def keep(folder: Path, client: Path, method: Path | None, speech: Speech) -> None:
    """File a run's diagnosis under its client's history/ and tell where."""
    from toolkit.diagnosis.changes.keep import keep as file_it

    filed = file_it(folder, client, _method(method))
    speech.line(str(filed.path))
    speech.say(f"cli.keep.{filed.how}", date=filed.run_date)


def compare(old: Path, new: Path, method: Path | None, speech: Speech, as_json: bool) -> None:
    """Compare two saved diagnoses and tell what changed."""
    from toolkit.diagnosis.changes.compare import compare as set_side_by_side

    loaded = _method(method)
    then, now = _month(old), _month(new)
    changes = set_side_by_side(then, now, loaded)
    if as_json:
        speech.show(compared(changes, now))
    else:
        _print(changes, now, loaded, speech)


def compared(changes: Changes, now: Month) -> dict[str, Any]:
    """The document of ``compare --json``."""
    from toolkit.diagnosis.saving import plain

    return {
        "client_id": now.client_id,
        "old": plain(changes.since),
        "new": {"run_date": now.run_date, "as_of": now.as_of},
        **{
            name: getattr(changes, name)
            for name in ("method_changed", "lines_changed", "recomputed")
        },
        "findings": plain(changes.findings),
        "facts": plain(changes.facts),
    }


def _method(folder: Path | None) -> Method:
    from toolkit.method import load_method

    return load_method(*((folder,) if folder else ()))


def _month(path: Path) -> Month:
    """The month of a diagnosis.json, or of the folder that holds one.

    Raises:
        UsageError: ``no_diagnosis``.
    """
    from toolkit.diagnosis.changes.history import WRONG
    from toolkit.diagnosis.changes.month import month_from

    path = path / "diagnosis.json" if path.is_dir() else path
    try:
        return month_from(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, *WRONG) as error:
        given = {"file": path.name, "detail": type(error).__name__}
        raise UsageError("no_diagnosis", params=given) from error


def _print(changes: Changes, now: Month, method: Method, speech: Speech) -> None:
    from toolkit.words import words

    book = words(method, speech.lang)
    old, new = changes.since.run_date, now.run_date
    speech.line(speech.text("cli.compare.heading", old=old, new=new))
    told = [one for one in changes.findings if one.state != "unchanged"]
    for one in told:
        speech.line(_finding_line(one, book, speech))
    if not told:
        speech.line(speech.text("cli.compare.none"))
    for fact in changes.facts:
        if fact.change:
            speech.line(_fact_line(fact, now, book, speech))


def _finding_line(one: FindingChange, book: Words, speech: Speech) -> str:
    def word(status: str | None) -> str:
        none = "report.changes.no_rule"
        return book.text(f"report.changes.status.{status}" if status else none)

    title = f"rules.{one.id}.title"
    return speech.text(
        "cli.compare.finding",
        state=book.text(f"report.changes.state.{one.state}"),
        id=one.id,
        title=book.text(title) if book.has(title) else "",
        was=word(one.was),
        now=word(one.now),
    )


def _fact_line(one: FactChange, now: Month, book: Words, speech: Speech) -> str:
    from toolkit.words import fact_name, number_text

    fact = now.facts[one.id]
    return speech.text(
        "cli.compare.fact",
        name=fact_name(fact, book),
        id=one.id,
        old=number_text(one.old, fact.unit, speech.lang),
        new=number_text(one.new, fact.unit, speech.lang),
        note="" if one.beyond else speech.text("cli.compare.noise"),
    )
