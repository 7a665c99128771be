"""Running the report notebook by papermill, and cleaning what is handed over."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toolkit.deliverables.light_import import without_addresses
from toolkit.deliverables.options import IN_PROCESS, KERNEL
from toolkit.errors import InputError, MethodError, OutputError, ToolkitError, UsageError
from toolkit.method import load_method

OURS = {error.__name__: error for error in (InputError, MethodError, OutputError, UsageError)}
QUIET = ["--IPKernelApp.log_level=50", "--HistoryManager.enabled=False"]
PARAMETERS = ("client", "diagnosis", "out", "lang", "as_of", "method", "theme")


def execute(
    template: Path, parameters: Mapping[str, str], timeout: int, *, engine: str = KERNEL
) -> Any:
    """Run a notebook with string parameters, in a kernel of its own or in this process.

    Args:
        template: a notebook with the cells of ``notebooks/diagnose/report.ipynb`` or a firm's.
        parameters: of the names in ``PARAMETERS``; a name the notebook lacks is refused.
        timeout: seconds a single cell may take in a kernel; in this process the caller watches.
        engine: ``nbclient`` or ``toolkit`` (``toolkit.deliverables.engine``).

    Returns:
        The executed notebook (nbformat), every cell run.

    Raises:
        InputError: the client's files cannot be used.
        OutputError: a cell failed, or the kernel died.
    """
    with without_addresses():
        import papermill

    given = {"execution_timeout": timeout, "extra_arguments": QUIET}
    filled = {name: parameters.get(name, "") for name in PARAMETERS}
    with tempfile.TemporaryDirectory(prefix="toolkit-", ignore_cleanup_errors=True) as work:
        path = Path(work) / "report.ipynb"
        try:
            notebook = papermill.execute_notebook(
                str(template),
                str(path),
                filled,
                kernel_name="python3",
                progress_bar=False,
                request_save_on_cell_execute=False,
                autosave_cell_every=0,
                cwd=work,
                engine_name=_registered(engine),
                **({} if engine == IN_PROCESS else given),
            )
        except papermill.PapermillExecutionError as error:
            raise _meant(error, filled) from error
        except (RuntimeError, TimeoutError, OSError) as error:  # a dead kernel, a time-out
            detail = type(error).__name__
            raise OutputError("notebook_stopped", params={"detail": detail}) from error
    _check_all_ran(notebook)
    return notebook


def _registered(engine: str) -> str:
    """The engine by its name; ours is there even where its entry point is not installed."""
    if engine == IN_PROCESS:
        from papermill.engines import papermill_engines

        from toolkit.deliverables.engine import InProcessEngine

        papermill_engines.register(IN_PROCESS, InProcessEngine)
    return engine


def _meant(error: Any, parameters: Mapping[str, str]) -> ToolkitError:
    """Our own error behind a failed cell, with all its problems; they do not survive a kernel."""
    if error.ename in OURS and parameters["client"]:
        try:
            _read_again(parameters)
        except ToolkitError as again:
            return again
    if error.ename == MemoryError.__name__:
        return OutputError("out_of_memory")
    return OutputError(
        "cell_failed", params={"cell": str(error.exec_count), "detail": str(error.ename)}
    )


def _read_again(parameters: Mapping[str, str]) -> None:
    from datetime import date

    from toolkit.intake.case import load_case

    folders = (Path(parameters["method"]),) if parameters["method"] else ()
    as_of = date.fromisoformat(parameters["as_of"]) if parameters["as_of"] else None
    load_case(Path(parameters["client"]), method=load_method(*folders), as_of=as_of)


def _check_all_ran(notebook: Any) -> None:
    for cell in notebook.cells:
        if cell.cell_type != "code" or not "".join(cell.source).strip():
            continue
        failed = any(output.output_type == "error" for output in cell.outputs)
        if failed or cell.execution_count is None:
            raise OutputError("cell_failed", params={"cell": str(cell.id), "detail": "not run"})


def cleaned(notebook: Any) -> str:
    """The executed notebook as handed over: no injected parameters, paths, times or run data."""
    cells = []
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if "injected-parameters" in tags:
            continue
        kept = {key: value for key, value in cell.items() if key != "metadata"}
        kept["metadata"] = {"tags": tags} if tags else {}
        cells.append(kept)
    document = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": notebook.nbformat,
        "nbformat_minor": notebook.nbformat_minor,
    }
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
