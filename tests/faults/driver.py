"""The command line as it is, with a light notebook for the clients and, if asked, a full disk.

``FAULTS_NOTEBOOK`` is the notebook; ``FAULTS_PARENT`` the kind and number of the call that fails in
this very process, as ``fsync:3``.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from pathlib import Path

from toolkit.batch import run
from toolkit.cli import main


def _with_notebook(real, clients, out, *, options, **named):
    notebook = Path(os.environ["FAULTS_NOTEBOOK"])
    return real(clients, out, options=replace(options, notebook=notebook), **named)


if __name__ == "__main__":
    run.run_batch = partial(_with_notebook, run.run_batch)
    if os.environ.get("FAULTS_PARENT"):
        import failing

        kind, nth = os.environ["FAULTS_PARENT"].split(":")
        failing.fail(kind, int(nth))
    main()
