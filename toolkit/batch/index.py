"""The batch's own deliverables: index page, outcomes as CSV and JSON."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from toolkit.batch.clients import table_text
from toolkit.batch.outcome import Outcome
from toolkit.deliverables.fonts import fonts
from toolkit.deliverables.page import FONT_PLACE
from toolkit.resources import folder
from toolkit.store import write_json, write_text
from toolkit.words import Words, date_text, number_text

ORDER = ("failed", "refused", "not_run", "done", "unchanged")


def write_index(out: Path, outcomes: list[Outcome], book: Words, as_of: str | None) -> None:
    """Write outcomes.json, outcomes.csv and index.html (what failed stands first)."""
    records = [
        {
            "client_id": one.client_id,
            "status": one.status,
            "reason": one.reason,
            "seconds": one.seconds,
            "findings": one.findings,
            "yen_base": one.yen_base,
        }
        for one in outcomes
    ]
    write_json(out / "outcomes.json", records)
    header = tuple(records[0])
    write_text(out / "outcomes.csv", table_text(header, [tuple(r.values()) for r in records]))
    write_text(out / "index.html", _page(outcomes, book, as_of))


def _page(outcomes: list[Outcome], book: Words, as_of: str | None) -> str:
    from jinja2 import Environment, FileSystemLoader

    templates = Environment(
        loader=FileSystemLoader(folder("templates") / "batch"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    ordered = sorted(outcomes, key=lambda one: (ORDER.index(one.status), one.client_id))
    done = sum(one.well for one in outcomes)
    day = date_text(as_of or date.today(), book.lang)
    shown = templates.get_template("index.html.j2").render(
        lang=book.lang,
        title=book.text("cli.index.title"),
        summary=book.text("cli.index.summary", total=len(outcomes), done=done, date=day),
        columns={key: book.text(f"cli.index.{key}") for key in _COLUMNS},
        numeric=_NUMERIC,
        rows=[_row(one, book) for one in ordered],
    )
    return shown.replace(FONT_PLACE, fonts(shown).css, 1)


_COLUMNS = ("client", "status", "act", "check", "unknown", "coverage", "reason", "report")
_NUMERIC = ("act", "check", "unknown", "coverage")


def _row(one: Outcome, book: Words) -> dict[str, object]:
    return {
        "client_id": one.client_id,
        "company_name": one.company_name,
        "status": one.status,
        "state": book.text(f"cli.index.state.{one.status}"),
        "counts": [one.counts.get(name, "") for name in ("act", "check", "unknown")],
        "coverage": number_text(one.coverage, "share", book.lang),
        "reason": (one.reason or "").splitlines(),
        "page": one.page,
    }
