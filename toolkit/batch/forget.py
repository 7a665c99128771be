"""What a process that makes one client's report after the other forgets in between."""

from __future__ import annotations

import contextvars
import gc
import linecache
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

PACKAGE = "toolkit"
KEPT = frozenset(
    {
        *("batch.key._versions", "charts.typeset.face", "charts.lettering.properties"),
        *("charts.picture._picture_class", "charts.marks.marker", "charts.marks._hatch"),
        *("deliverables.font_file.source", "deliverables.page.exporter"),
        *("deliverables.chart._kanji", "deliverables.engine._engine"),
        *(
            "deliverables.html.rules",
            "deliverables.html.environment",
            "deliverables.pdf.face._fonts",
        ),
        *("deliverables.prose._markdown", "deliverables.theme.standard", "method.load_method"),
        *("models.quadrature.unit_rule", "words.screen_words", "words._plain"),
    }
)
"""Caches of content, fonts and templates alone; any other may hold what a client gave."""


def alone(work: Callable[[], None]) -> None:
    """Do something for one client, and leave nothing of it to the next.

    Context variables and the environment are as they were before, caches are empty.
    """
    environment, place, temporary = dict(os.environ), os.getcwd(), tempfile.tempdir
    try:
        contextvars.copy_context().run(work)
    finally:
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(place)
        tempfile.tempdir = temporary
        forget()


def forget() -> None:
    """Empty every cache that may hold something of a client."""
    for name, cache in caches():
        if name not in KEPT:
            cache.cache_clear()
    for name in ("matplotlib.pyplot", "matplotlib.text"):
        module = sys.modules.get(name)
        if module is not None:
            _forget_figures(module)
    linecache.clearcache()
    sys.last_value = sys.last_traceback = None
    gc.collect()


def caches() -> Iterator[tuple[str, Any]]:
    """Every cache of a function of ours that is loaded, by module and name."""
    for module in list(sys.modules.values()):
        package, _, rest = getattr(module, "__name__", "").partition(".")
        if package != PACKAGE or not rest:
            continue
        for found in list(vars(module).values()):
            if hasattr(found, "cache_clear") and found.__module__ == module.__name__:
                yield f"{rest}.{found.__qualname__}", found


def _forget_figures(module: ModuleType) -> None:
    if hasattr(module, "close"):
        module.close("all")
    for found in vars(module).values():
        if hasattr(found, "cache_clear"):
            found.cache_clear()
