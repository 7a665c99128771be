"""The papermill engine ``toolkit``: cells run in the process that calls it, without a kernel.

papermill imports every engine at each of its own starts: nothing heavy is imported here.
"""

from __future__ import annotations

from typing import Any

from papermill.engines import Engine

NAME = "toolkit"


class InProcessEngine(Engine):  # type: ignore[misc]  # papermill has no type hints
    """Runs a notebook in this process; whoever calls it sees to isolation, time and memory."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **_: Any) -> None:
        """Run every code cell; the first that fails ends the run, as in a kernel."""
        from toolkit.deliverables.in_process import Cells

        cells = Cells()
        try:
            for index, cell in enumerate(nb_man.nb.cells):
                if cell.cell_type != "code" or not cell.source.strip():
                    continue
                nb_man.cell_start(cell, index)
                cell.outputs, cell.execution_count, error = cells.run(cell.source)
                if error is not None:
                    nb_man.cell_exception(cell, index, exception=error)
                nb_man.cell_complete(cell, index)
                if error is not None:
                    return
        finally:
            cells.close()
