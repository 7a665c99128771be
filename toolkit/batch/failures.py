"""A page for each client without a report: all that is wrong, where, and what to do next."""

from __future__ import annotations

import contextlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from toolkit.batch.outcome import Outcome, Trouble
from toolkit.batch.pages import FAILURES, failure_page, filled, with_font
from toolkit.batch.plan import summary_in
from toolkit.store import MANIFEST, write_json
from toolkit.words import Words, date_text, printable

FILE = "failure.json"
FAILED = ("failed", "refused")
TWICE = "same_client_id"
MOST_PLACES = 5
"""Places of one fault on the page: where forty rows have it, the rest are counted."""
BY_FORCE = ("given_up", "child_died")
"""Ends that come again over the same files unless the batch is told to forget them."""


def write_failures(out: Path, outcomes: list[Outcome], book: Words) -> None:
    """Write failure.<client_id>.html for each failed or refused client; remove those of others.

    A failure.json is left beside the client's report, which stays as it was; one of a client
    that is well again is removed.
    """
    clients: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        if one.status in FAILED:
            clients[one.client_id].append(one)
        elif one.well:
            (out / one.client_id / FILE).unlink(missing_ok=True)
    pages = {
        out / failure_page(name): _page(out, told, book) for name, told in sorted(clients.items())
    }
    waiting = {out / failure_page(one.client_id) for one in outcomes if one.status == "not_run"}
    for path in out.glob(f"{FAILURES}.*.html"):
        if path not in pages and path not in waiting:
            path.unlink(missing_ok=True)
    if pages:
        with_font(pages, out, FAILURES)
    for told in clients.values():
        _note(out, told[0])


def _note(out: Path, one: Outcome) -> None:
    """Where the client's own process could not write down how it failed, do it."""
    path = out / one.client_id / FILE
    if one.code == TWICE or _said(path).get("code") == one.code:
        return
    with contextlib.suppress(OSError):
        write_json(path, {"code": one.code, "problems": []})


def _page(out: Path, told: list[Outcome], book: Words) -> str:
    first = told[0]
    troubles = dict.fromkeys(trouble for one in told for trouble in one.troubles)
    return filled(
        "failure.html.j2",
        {
            "lang": book.lang,
            "title": book.text("cli.failures.title"),
            "company_name": first.company_name,
            "client_id": printable(first.client_id),
            "status": first.status,
            "state": book.text(f"cli.index.status.{first.status}"),
            "labels": {name: book.text(f"cli.failures.{name}") for name in _LABELS},
            "faults": list(_faults(troubles, book)),
            "steps": list(_steps(first, book)),
            "earlier": _earlier(out, first, book),
        },
    )


_LABELS = ("back", "wrong", "next", "place", "what", "fix", "earlier")


def _faults(troubles: Iterable[Trouble], book: Words) -> Iterable[Mapping[str, Any]]:
    """Each fault once, as told and mended, with the places that have it."""
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in troubles:
        places[one.message, one.fix].append(one.place)
    for (message, fix), found in places.items():
        more = len(found) - MOST_PLACES
        yield {
            "message": message,
            "fix": fix,
            "places": found[:MOST_PLACES],
            "more": book.text("cli.failures.places", n=more) if more > 0 else "",
        }


def _steps(one: Outcome, book: Words) -> Iterable[str]:
    """What an operator does, in order."""
    if one.code == TWICE:
        names = ["same_id", "again"]
    elif one.status == "refused":
        names = ["mend", "check", "again"]
    else:
        names = ["look", "force" if one.code in BY_FORCE else "again"]
    for name in names:
        yield book.text(f"cli.failures.step.{name}", client=printable(one.client_id))


def _earlier(out: Path, one: Outcome, book: Words) -> dict[str, str] | None:
    """The report of an earlier run, which stands untouched."""
    manifest = _said(out / one.client_id / MANIFEST)
    page = summary_in(manifest)["page"] if manifest.get("files") else None
    if page is None or one.code == TWICE:
        return None
    day = date_text(str(manifest["run_date"]), book.lang)
    return {
        "address": f"{one.client_id}/{page}",
        "text": book.text("cli.failures.stands", date=day),
    }


def _said(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
