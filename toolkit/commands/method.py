"""rules, facts, sources and questions: what the method holds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.commands.speech import Speech
from toolkit.method import Method, load_method
from toolkit.words import place_text, problem_text, words

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis


def _loaded(method: Path | None) -> Method:
    return load_method(*((method,) if method else ()))


def rules(method: Path | None, speech: Speech, as_json: bool) -> None:
    """Every rule: code, module, where it applies, what it reads, severity, sources, origin."""
    from toolkit.rules.listing import list_rules

    loaded = _loaded(method)
    book = words(loaded, speech.lang)
    listed = list_rules(loaded)
    if as_json:
        speech.show(listed)
        return
    _table(
        ("rule", "module", "severity", "title", "origin"),
        ({**one, "title": book.text(f"rules.{one['rule']}.title")} for one in listed),
    )


def check_rules(method: Path | None, speech: Speech, as_json: bool) -> int:
    """Mistakes of the content, ours and a firm's, with file and line; 1 where there is any."""
    from datetime import date

    from toolkit.rules.lint import lint
    from toolkit.rules.lint.review import review_due

    loaded = _loaded(method)
    problems, due = lint(loaded), review_due(loaded, date.today())
    if as_json:
        told = {"problems": problems, "warnings": due}
        speech.show({name: [speech.problem(one) for one in found] for name, found in told.items()})
        return int(bool(problems))
    for one in (*problems, *due):
        message, fix = problem_text(one, speech.words)
        place = place_text(one, speech.words)
        speech.line(speech.text("cli.rules.problem", place=place, message=message, fix=fix))
    entries = sum(len(loaded.section(name)) for name in loaded.section("shapes"))
    counts = {"entries": entries, "problems": len(problems), "warnings": len(due)}
    speech.line(speech.text("cli.rules.checked", **counts))
    return int(bool(problems))


def facts(method: Path | None, speech: Speech, as_json: bool) -> None:
    """Every fact with its unit, table and definition."""
    loaded = _loaded(method)
    book = words(loaded, speech.lang)
    listed = [
        {
            "fact": one.id,
            "name": book.text(f"{one.get('words', 'definitions')}.{one.id}.name"),
            "unit": one.get("unit"),
            "by": list(one.get("by", ())),
            "needs": list(one.get("needs", ())),
            "definition": book.text(f"{one.get('words', 'definitions')}.{one.id}.text"),
        }
        for one in loaded.section("measures").values()
    ]
    if as_json:
        speech.show(listed)
    else:
        _table(("fact", "unit", "name", "definition"), listed)


def sources(method: Path | None, out: Path | None, speech: Speech, as_json: bool) -> None:
    """Every statement of the sources, and the places of the product that hold it.

    With ``out`` they are written as a page instead.
    """
    from toolkit.lessons.taught import taught
    from toolkit.rules.listing import list_sources

    loaded = _loaded(method)
    book = words(loaded, speech.lang)
    listed = [
        {**one, "meaning": book.text(f"sources.{one['id']}.meaning")}
        for one in list_sources(loaded, taught())
    ]
    if out is not None:
        _write_page(listed, loaded, out, speech)
        return
    if as_json:
        speech.show(listed)
        return
    covered = [one for one in listed if one["where"]]
    speech.line(speech.text("cli.sources.covered", covered=len(covered), total=len(listed)))
    rows = (
        {**one, "where": " ".join(place["name"] for place in one["where"]) or "—"} for one in listed
    )
    _table(("id", "need", "meaning", "where"), rows)


def _write_page(listed: list[dict[str, Any]], method: Method, out: Path, speech: Speech) -> None:
    from toolkit.deliverables.sources_markdown import sources_markdown
    from toolkit.outline.sources import sources_page
    from toolkit.store import write_text

    write_text(out, sources_markdown(sources_page(listed, method, speech.lang)))
    speech.say("cli.sources.written", file=str(out))


def _write_hearing(method: Method, out: Path, speech: Speech, diagnosis: Diagnosis | None) -> None:
    from toolkit.deliverables.hearing_workbook import hearing_workbook
    from toolkit.errors import UsageError
    from toolkit.store import write_bytes

    if out.suffix.casefold() != ".xlsx":
        raise UsageError("hearing_suffix", params={"file": out.name})
    if out.exists():
        raise UsageError("hearing_exists", params={"file": str(out)})
    write_bytes(out, hearing_workbook(method, speech.lang, diagnosis))
    speech.say("cli.questions.written", file=str(out))


def questions(
    method: Path | None,
    out: Path | None,
    speech: Speech,
    as_json: bool,
    client: Path | None = None,
) -> None:
    """Every question of the hearing, key questions first; of a client, what to ask next.

    With ``out`` the blank hearing sheet is written instead; of a client, with the hypotheses that
    its orders suggest.

    Raises:
        UsageError: ``out`` is no .xlsx.
    """
    from toolkit.diagnosis.diagnose import diagnose

    diagnosis = None if client is None else diagnose(client, method=method)
    loaded = _loaded(method)
    if out is not None:
        _write_hearing(loaded, out, speech, diagnosis)
        return
    if diagnosis is not None:
        _next_questions(diagnosis, speech, as_json)
        return
    book = words(loaded, speech.lang)
    listed = [
        {
            "id": one.id,
            "module": one["module"],
            "key": bool(one.get("key")),
            "kind": one["kind"],
            "text": book.text(f"questions.{one.id}.text"),
            "choices": list(one.get("choices", ())),
            "items": list(one.get("items", ())),
            "order": one.get("order", 0),
        }
        for one in loaded.section("questions").values()
    ]
    listed.sort(key=lambda one: (not one["key"], one["order"]))
    if as_json:
        speech.show(listed)
    else:
        _table(("id", "key", "kind", "text"), listed)


def _next_questions(diagnosis: Diagnosis, speech: Speech, as_json: bool) -> None:
    """What to ask a client next, with what it would change and where it is found."""
    from toolkit.outline.asking import change_text, found_text
    from toolkit.outline.finding_words import need_name
    from toolkit.outline.writer import writer

    pen = writer(diagnosis, speech.lang)
    listed = [
        {
            "id": one.id,
            "kind": one.kind,
            "value": one.value,
            "text": need_name(pen, one.id),
            "change": change_text(pen, one),
            "how": found_text(pen, one.id),
            "rules": list(one.rules),
            "would_enter": list(one.would_enter),
        }
        for one in diagnosis.questions
    ]
    if as_json:
        speech.show(listed)
    else:
        _table(("id", "change", "text", "how"), listed)


def _table(columns: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(*columns)
    for row in rows:
        table.add_row(*(str(row[name]) for name in columns))
    Console(width=None if Console().is_terminal else 160).print(table)
