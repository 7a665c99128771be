"""The papermill engine ``toolkit``: cells run in the process that calls it, without a kernel.

papermill imports every engine at each of its own starts: nothing is imported here.
"""

from __future__ import annotations

from functools import cache
from typing import Any

NAME = "toolkit"
FORGIVEN = "raises-exception"
"""Tag of a cell that may fail: the next one runs all the same."""


class InProcessEngine:
    """Runs a notebook in this process; whoever calls it sees to isolation, time and memory."""

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, **options: Any) -> Any:
        """Run a notebook, as papermill asks its engines to.

        Args:
            nb: the notebook (nbformat).
            kernel_name: told in the metadata; there is no kernel.
            **options: papermill's own.
        """
        return _engine().execute_notebook(nb, kernel_name, **options)

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> Any:
        """The kernel a notebook asks for."""
        return _engine().nb_kernel_name(nb, name)

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> Any:
        """The language a notebook is written in."""
        return _engine().nb_language(nb, language)


@cache
def _engine() -> Any:
    """The engine among papermill's own."""
    from papermill.engines import Engine

    class Cells(Engine):  # type: ignore[misc]  # papermill has no type hints
        """Every code cell in turn; the first that fails ends the run, as in a kernel."""

        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **_: Any) -> None:
            _run_cells(nb_man)

    return Cells


def _run_cells(nb_man: Any) -> None:
    from toolkit.deliverables.in_process import Cells

    cells = Cells()
    try:
        for index, cell in enumerate(nb_man.nb.cells):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            nb_man.cell_start(cell, index)
            cell.outputs, cell.execution_count, error = cells.run(cell.source)
            failed = error is not None and FORGIVEN not in cell.metadata.get("tags", [])
            if failed:
                nb_man.cell_exception(cell, index, exception=error)
            nb_man.cell_complete(cell, index)
            if failed:
                return
    finally:
        cells.close()
