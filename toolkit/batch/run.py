"""The batch: what is unchanged is left, the rest is made so many at once, and all is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from toolkit.batch.clients import Seen, Source, find_clients
from toolkit.batch.crew import NBCLIENT, HeadStart
from toolkit.batch.failures import write_failures
from toolkit.batch.hands import Hands, Hired, head_start, hire
from toolkit.batch.hashes import Hashes
from toolkit.batch.index import write_index
from toolkit.batch.journal import Journal, open_journal
from toolkit.batch.key import client_key, settings_key
from toolkit.batch.leftovers import remove_leftovers
from toolkit.batch.outcome import Outcome, Trouble
from toolkit.batch.pages import get_fonts
from toolkit.batch.plan import Plan, Planned, make_plan, run_date
from toolkit.batch.portfolio import write_portfolio
from toolkit.batch.progress import shown
from toolkit.batch.shelf import Shelf, open_shelf
from toolkit.batch.supervise import Ended, Stop, Supervisor, heeding
from toolkit.batch.workplace import workplace
from toolkit.deliverables.options import IN_PROCESS, KERNEL, Options
from toolkit.words import Words, screen_words

GRACE_SECONDS = 30
"""What a client's whole time has over that of its cells, for pages and other formats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOptions:
    """How a batch is run.

    ``jobs`` at once (None: the CPUs this process may use); ``engine`` warm, spawn or nbclient
    (None: what suits the system); ``force`` makes every report anew and forgives earlier deaths;
    ``memory`` is what one client may take, in megabytes (0: no limit). ``scheduler`` is the
    address of a Dask scheduler whose workers do the work, ``ledger`` that of a PostgreSQL database
    that several machines share as their ledger.
    """

    jobs: int | None = None
    engine: str | None = None
    force: bool = False
    memory: int = 4096
    scheduler: str | None = None
    ledger: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResult:
    """Outcomes sorted by client id; where their page is; the signal that stopped it, else 0.

    ``aside`` is where a ledger that could not be used has been put.
    """

    outcomes: tuple[Outcome, ...]
    index: str
    signal: int = 0
    aside: Path | None = None


@dataclass(slots=True, kw_only=True)
class _Batch:
    """What the steps of one batch share."""

    shelf: Shelf
    options: Options
    how: BatchOptions
    book: Words
    settings: str
    hashes: Hashes
    ledger: Journal
    work: Path
    stop: Stop = field(default_factory=Stop)
    begun: HeadStart | None = None

    @property
    def out(self) -> Path:
        """The folder of the batch's own pages."""
        return self.shelf.home


def run_batch(
    clients: str | Path,
    out: str | Path,
    *,
    options: Options | None = None,
    how: BatchOptions | None = None,
    lang: str = "ja",
) -> BatchResult:
    """Make the reports of all clients, then index.html, outcomes.csv and outcomes.json.

    Args:
        clients: a folder of clients' folders, or a client list.
        out: folder of the reports, or ``s3://bucket/prefix``.
        options: as for one report; ``timeout`` holds for a whole client.
        how: jobs, engine, force, memory, other machines.
        lang: language of the index, of the reasons, and of clients who state none.

    Returns:
        What became of each client.

    Raises:
        LockedError: another batch is at work in the folder.
        OutputError: the folder cannot be written.
        ToolkitError: other machines cannot be reached, or are not like this one.
        UsageError: there is no client, or an address is none.
    """
    how = how or BatchOptions()
    options = replace(options or Options(), fallback_lang=lang)
    shelf = open_shelf(out)
    stop = Stop()
    with (
        heeding(stop),
        open_journal(shelf, how.ledger) as ledger,
        workplace(shelf.home) as work,
    ):
        prepared = _prepared(shelf, options, how, (ledger, work), lang)
        made = _run(Path(clients), replace(prepared, stop=stop))
        return replace(made, aside=getattr(ledger, "aside", None))


def _prepared(
    shelf: Shelf, options: Options, how: BatchOptions, opened: tuple[Journal, Path], lang: str
) -> _Batch:
    ledger, work = opened
    ledger.interrupt_all()
    if how.force:
        ledger.forgive()
    shelf.refresh()
    remove_leftovers(shelf.home)
    hashes = ledger.hashes()
    return _Batch(
        shelf=shelf,
        options=options,
        how=how,
        book=screen_words(lang),
        settings=settings_key(options, hashes),
        hashes=hashes,
        ledger=ledger,
        work=work,
    )


def _run(clients: Path, batch: _Batch) -> BatchResult:
    seen = Seen(hashes=batch.hashes, profiles=batch.ledger.profiles())
    first = clients.is_dir() and not seen.profiles
    with head_start(_hired(batch), certain=first or batch.how.force) as begun:
        return _made(clients, replace(batch, begun=begun), seen)


def _made(clients: Path, batch: _Batch, seen: Seen) -> BatchResult:
    method = partial(_method, batch.options)
    sources = find_clients(clients, batch.work / "laid_out", method, seen)
    plan = make_plan(sources, batch.shelf, batch.options, batch.settings, batch.hashes)
    batch.ledger.keep_profiles(seen.fresh)
    batch.ledger.keep_hashes(batch.hashes)
    if batch.begun is not None:
        get_fonts()  # what the pages at the end need, while their makers warm up
    outcomes = sorted(_outcomes(plan, batch), key=lambda one: one.client_id)
    remove_leftovers(batch.out)
    batch.shelf.refresh()
    batch.ledger.keep_hashes(batch.hashes)
    write_failures(batch.out, outcomes, batch.book)
    write_portfolio(batch.out, outcomes, batch.book.lang, (batch.settings, method))
    write_index(batch.out, outcomes, batch.book, batch.options.as_of)
    batch.shelf.send()
    return BatchResult(outcomes=tuple(outcomes), index=batch.shelf.index, signal=batch.stop.number)


def _outcomes(plan: Plan, batch: _Batch) -> Iterator[Outcome]:
    for source in plan.twice:
        yield _stopped(source, "refused", ("same_client_id", {"client": source.client_id}), batch)
    todo = [one for one in plan.clients if batch.how.force or not one.unchanged]
    for one in plan.clients:
        if one not in todo:
            yield _with(_outcome(one.source, "unchanged"), one.summary or {})
    left = {one.source.client_id: one for one in todo}
    with hire(_hired(batch), [one.source.folder for one in todo], batch.begun) as hands:
        supervisor = _supervisor(batch, hands)
        ends = supervisor.work_through(todo)
        for ended in shown(ends, len(todo), batch.book.text("cli.batch.progress")):
            del left[ended.planned.source.client_id]
            yield _outcome_of(ended, batch)
    why = "deserted" if supervisor.deserted else "not_run"
    for one in left.values():
        yield _outcome(one.source, "not_run", batch.book.text(f"cli.batch.{why}"))


def _hired(batch: _Batch) -> Hired:
    return Hired(
        options=batch.options,
        settings=batch.settings,
        shelf=batch.shelf,
        engine=batch.how.engine,
        jobs=batch.how.jobs,
        scheduler=batch.how.scheduler,
    )


def _supervisor(batch: _Batch, hands: Hands) -> Supervisor:
    return Supervisor(
        crew_of=hands.crew_of,
        ledger=batch.ledger,
        jobs=hands.jobs,
        timeout=batch.options.timeout,
        work=batch.work,
        task_of=partial(_task, batch, KERNEL if batch.how.engine == NBCLIENT else IN_PROCESS),
        key_of=lambda one: client_key(one.source.folder, *_of_day(one, batch)),
        stop=batch.stop,
        overseen=hands.overseen,
    )


def _of_day(one: Planned, batch: _Batch) -> tuple[str, str, Hashes]:
    return run_date(one.source, batch.options), batch.settings, batch.hashes


def _task(batch: _Batch, cells: str, one: Planned) -> Mapping[str, Any]:
    o = batch.options
    return {
        "client": str(one.source.folder.resolve()),
        "client_id": one.source.client_id,
        "out": str(batch.work / "reports" if batch.shelf.store else batch.out.resolve()),
        "store": batch.shelf.store,
        "langs": o.langs,
        "formats": o.formats,
        "as_of": run_date(one.source, o),
        "method": str(o.method.resolve()) if o.method else None,
        "theme": str(o.theme.resolve()) if o.theme else None,
        "notebook": str(o.notebook.resolve()) if o.notebook else None,
        "timeout": o.timeout,
        "lang": o.fallback_lang,
        "engine": cells,
        "key": one.key,
        "memory": batch.how.memory,
    }


def _outcome_of(ended: Ended, batch: _Batch) -> Outcome:
    source = ended.planned.source
    if ended.reason == "input_changed":
        batch.shelf.disown(source.client_id)
    if ended.made is None:
        made = _stopped(source, "failed", (str(ended.reason), ended.params), batch)
    else:
        made = _outcome(source, ended.made["status"], ended.made["reason"])
        told = tuple(Trouble(**one) for one in ended.made.get("troubles", ()))
        made = replace(made, code=ended.made.get("code"), troubles=told)
    if made.status == "done":
        found = batch.shelf.standing(source.client_id, ended.planned.key, batch.hashes)
        made = _with(made, found or (ended.made or {}).get("summary") or {})
    return replace(made, seconds=round(ended.seconds, 3))


def _outcome(source: Source, status: Any, reason: str | None = None) -> Outcome:
    return Outcome(
        client_id=source.client_id, company_name=source.company_name, status=status, reason=reason
    )


def _stopped(
    source: Source, status: Any, told: tuple[str, Mapping[str, str]], batch: _Batch
) -> Outcome:
    """A client of whose process nothing came but its end: an error's code and what fills it."""
    code, params = told
    reason, fix = (
        batch.book.text(f"errors.{code}.{part}", **params) for part in ("message", "fix")
    )
    return replace(
        _outcome(source, status, reason), code=code, troubles=(Trouble(message=reason, fix=fix),)
    )


def _with(outcome: Outcome, summary: Mapping[str, Any]) -> Outcome:
    page = summary.get("page")
    return replace(
        outcome,
        company_name=summary.get("company_name") or outcome.company_name,
        coverage=summary.get("coverage"),
        counts=dict(summary.get("counts") or {}),
        yen_base=summary.get("yen_base"),
        currency=summary.get("currency") or outcome.currency,
        health=summary.get("health"),
        change=summary.get("change"),
        held=bool(summary.get("held")),
        model=summary.get("model"),
        consent=bool(summary.get("consent")),
        failing=tuple(summary.get("failing") or ()),
        figures=dict(summary.get("figures") or {}),
        page=f"{outcome.client_id}/{page}" if page else None,
    )


def _method(options: Options) -> Any:
    from toolkit.method import load_method

    return load_method(*((options.method,) if options.method else ()))
