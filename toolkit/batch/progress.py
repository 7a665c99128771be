"""A bar and the time left while a batch works."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from toolkit.batch.supervise import Ended


def shown(ended: Iterator[Ended], total: int, told: str) -> Iterator[Ended]:
    """As it comes, with a bar and the time left on a terminal, and silence elsewhere."""
    if not total or not sys.stderr.isatty():
        yield from ended
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as progress:
        bar = progress.add_task(told, total=total)
        for one in ended:
            progress.advance(bar)
            yield one
