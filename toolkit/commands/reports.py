"""diagnose, render, verify and batch."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from toolkit.batch.outcome import Outcome
from toolkit.batch.run import BatchOptions
from toolkit.commands.speech import Speech
from toolkit.deliverables.options import Options


def diagnose(client: Path, out: Path, options: Options, speech: Speech) -> None:
    """Write one report and tell where it is."""
    from toolkit.deliverables.run import report

    with working(speech, "cli.diagnose.working", client.name):
        made = report(client, out, lang=speech.lang, options=options)
    _tell(made, speech)
    _warn_of_review(made, options, speech)


def render(diagnosis: Path, out: Path, options: Options, speech: Speech) -> None:
    """Write a saved diagnosis again and tell where it is."""
    from toolkit.deliverables.run import render as render_again

    with working(speech, "cli.render.working", diagnosis.name):
        made = render_again(diagnosis, out, options)
    _tell(made, speech)


def _tell(folder: Path, speech: Speech) -> None:
    for path in sorted(folder.glob("*.html")):
        speech.line(str(path))
    speech.say("cli.diagnose.done", folder=folder)


def _warn_of_review(made: Path, options: Options, speech: Speech) -> None:
    """Say where law and statistics that were used are past their day of review."""
    import json
    from datetime import date

    from toolkit.method import load_method
    from toolkit.rules.lint.review import review_due

    method = load_method(*((Path(options.method),) if options.method else ()))
    run_date = json.loads((made / "diagnosis.json").read_text(encoding="utf-8"))["run_date"]
    due = review_due(method, date.fromisoformat(run_date))
    if due:
        speech.say("cli.diagnose.review_due", count=len(due), first=due[0].key)


def verify(folder: Path, client: Path, method: Path | None, speech: Speech, as_json: bool) -> int:
    """Recompute and compare; exit code 1 if any number differs."""
    from toolkit.deliverables.verify import verify as verify_all
    from toolkit.diagnosis.saving import plain

    found = verify_all(folder, client, method)
    if as_json:
        speech.show(plain(found))
    else:
        for one in found.differing:
            speech.line(
                speech.text(
                    "cli.verify.differs",
                    format=one.format,
                    fact=one.fact,
                    printed=one.printed or "—",
                    recomputed=one.recomputed or "—",
                )
            )
        word = "differing" if found.differing else "same"
        speech.say(f"cli.verify.{word}", checked=found.checked, count=len(found.differing))
    return 1 if found.differing else 0


def batch(clients: Path, out: str, how: BatchOptions, options: Options, speech: Speech) -> int:
    """Write many reports; exit code 1 if any was not made, 128 + n if signal n stopped it."""
    from toolkit.batch.run import run_batch

    made = run_batch(clients, out, options=options, how=how, lang=speech.lang)
    if made.aside:
        speech.say("cli.batch.ledger_aside", file=made.aside.name)
    for one in made.outcomes:
        if not one.well:
            _tell_not_done(one, speech)
    done = sum(one.well for one in made.outcomes)
    speech.line(made.index)
    speech.say("cli.batch.done", done=done, total=len(made.outcomes))
    if made.signal:
        return _after_signal(made.signal)
    return 0 if done == len(made.outcomes) else 1


def _tell_not_done(one: Outcome, speech: Speech) -> None:
    """How a client ended, in a few lines; its page has them all."""
    from toolkit.batch.index import MOST_LINES
    from toolkit.batch.pages import failure_page

    lines = (one.reason or "").splitlines()
    told = "\n".join(lines[:MOST_LINES])
    speech.say("cli.batch.not_done", client=one.client_id, reason=told)
    if len(lines) > MOST_LINES:
        page, more = failure_page(one.client_id), len(lines) - MOST_LINES
        speech.say("cli.batch.more", client=one.client_id, n=more, page=page)


def _after_signal(number: int) -> int:
    """128 + n, on Windows too for Ctrl-C (130) and Ctrl-Break (143)."""
    import signal

    if number == getattr(signal, "SIGBREAK", None):
        number = signal.SIGTERM
    return 128 + int(number)


@contextlib.contextmanager
def working(speech: Speech, key: str, name: str) -> Iterator[None]:
    """A sign of work on a terminal; a line elsewhere, so that a log stays readable."""
    if not sys.stderr.isatty():
        speech.say(key, name=name)
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(speech.text(key, name=name)):
        yield
