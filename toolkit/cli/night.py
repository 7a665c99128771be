"""Reports of many clients at once."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from toolkit.cli.options import (
    as_of_option,
    command,
    formats_option,
    lang_option,
    method_option,
    option,
    theme_option,
    worded,
)
from toolkit.commands.speech import speech


@command("batch")
@click.argument("clients", type=click.Path(path_type=Path))
@worded("out_or_bucket", "--out", required=True, metavar="DIR|s3://…")
@option("--jobs", type=click.IntRange(min=1), metavar="N")
@option("--timeout", type=click.IntRange(min=1), default=600, show_default=True)
@option("--memory", type=click.IntRange(min=0), default=4096, show_default=True, metavar="MB")
@option("--engine", type=click.Choice(["warm", "spawn", "nbclient"]))
@option("--force", is_flag=True)
@option("--scheduler", metavar="tcp://HOST:PORT")
@option("--ledger", metavar="postgresql://…", envvar="TOOLKIT_LEDGER")
@lang_option
@formats_option
@as_of_option
@method_option
@theme_option
def batch(
    clients: Path,
    out: str,
    jobs: int | None,
    timeout: int,
    memory: int,
    engine: str | None,
    force: bool,
    scheduler: str | None,
    ledger: str | None,
    lang: tuple[str, ...],
    formats: tuple[str, ...],
    as_of: str | None,
    method: Path | None,
    theme: Path | None,
) -> None:
    """Write the reports of many clients."""
    from toolkit.batch.run import BatchOptions
    from toolkit.commands import reports
    from toolkit.deliverables.options import Options

    options = Options(
        langs=lang, formats=formats, as_of=as_of, method=method, theme=theme, timeout=timeout
    )
    how = BatchOptions(
        jobs=jobs,
        engine=engine,
        force=force,
        memory=memory,
        scheduler=scheduler,
        ledger=ledger,
    )
    sys.exit(reports.batch(clients, out, how, options, speech(lang)))
