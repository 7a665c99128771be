"""The batch: a process a client, so many at once; a bad client never stops the others."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from pathlib import Path
from typing import Any

from toolkit.batch.clients import Source, find_clients
from toolkit.batch.index import write_index
from toolkit.batch.outcome import Outcome
from toolkit.deliverables.run import Options
from toolkit.method import load_method
from toolkit.words import Words, words


def run_batch(
    clients: str | Path,
    out: str | Path,
    *,
    jobs: int | None = None,
    options: Options | None = None,
    lang: str = "ja",
) -> tuple[Outcome, ...]:
    """Make the reports of all clients, then index.html, outcomes.csv and outcomes.json.

    Args:
        clients: a folder of clients' folders, or a client list.
        out: folder of the reports.
        jobs: how many at once; by default the CPUs this process may use.
        options: as for one report; ``timeout`` holds for a whole client.
        lang: language of the index, of the reasons, and of clients who state none.

    Returns:
        Outcomes sorted by client id; one that is not ``done`` carries its reason.

    Raises:
        UsageError: there is no client.
    """
    options = options or Options()
    method = load_method(*((options.method,) if options.method else ()))
    book = words(method, lang)
    place = Path(out)
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="toolkit-batch-") as work:
        sources = find_clients(Path(clients), Path(work), method)
        task = _task(place, options, lang)
        with ThreadPoolExecutor(jobs or _cpus()) as pool:
            twice = _twice(sources)
            waiting = [pool.submit(_one, one, task, book, one in twice) for one in sources]
            outcomes = [one.result() for one in _watched(waiting, book)]
    write_index(place, outcomes, book, options.as_of)
    return tuple(outcomes)


def _cpus() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _task(out: Path, options: Options, lang: str) -> dict[str, Any]:
    return {
        "out": str(out.resolve()),
        "langs": options.langs,
        "formats": options.formats,
        "as_of": options.as_of,
        "method": str(options.method.resolve()) if options.method else None,
        "timeout": options.timeout,
        "lang": lang,
    }


def _twice(sources: tuple[Source, ...]) -> frozenset[Source]:
    """Clients that share an id: one report would take the other's place, so none is run."""
    ids = Counter(one.client_id for one in sources)
    return frozenset(one for one in sources if ids[one.client_id] > 1)


def _one(source: Source, task: Mapping[str, Any], book: Words, twice: bool) -> Outcome:
    if twice:
        reason = book.text("errors.same_client_id.message", client=source.client_id)
        return Outcome(
            client_id=source.client_id,
            company_name=source.company_name,
            status="refused",
            reason=reason,
        )
    started = time.monotonic()
    given = json.dumps({**task, "client": str(source.folder.resolve())})
    made = _child(given, int(task["timeout"]), book)
    fields = {key: made[key] for key in made if key in Outcome.__dataclass_fields__}
    outcome = Outcome(
        **{"client_id": source.client_id, "company_name": source.company_name, **fields}
    )
    return replace(outcome, seconds=round(time.monotonic() - started, 3))


def _child(task: str, timeout: int, book: Words) -> dict[str, Any]:
    """Run the child in a process group of its own, so that its kernel ends with it."""
    with subprocess.Popen(
        [sys.executable, "-m", "toolkit.batch.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=os.name != "nt",
        env={**os.environ, "PYTHONUTF8": "1"},
    ) as child:
        try:
            output, _ = child.communicate(task, timeout=timeout)
        except subprocess.TimeoutExpired:
            reason = book.text("errors.timed_out.message", seconds=timeout)
            return {"status": "failed", "reason": reason}
        finally:
            _end(child)
    if child.returncode != 0:
        reason = book.text("errors.child_died.message", code=child.returncode)
        return {"status": "failed", "reason": reason}
    made: dict[str, Any] = json.loads(output.splitlines()[-1])
    return made


def _end(child: subprocess.Popen[str]) -> None:
    """Nothing of a client's run outlives it."""
    if os.name != "nt":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    elif child.poll() is None:
        child.kill()
    child.wait()


def _watched(waiting: list[Any], book: Words) -> Iterator[Any]:
    """Futures in their order, a progress line on a terminal while they finish."""
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True)) as progress:
            bar = progress.add_task(book.text("cli.batch.progress"), total=len(waiting))
            for _ in as_completed(waiting):
                progress.advance(bar)
    yield from waiting
