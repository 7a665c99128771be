"""The command line as it is, with a light notebook for the clients and, if asked, a fault.

``FAULTS_NOTEBOOK`` is the notebook; ``FAULTS_PARENT`` what befalls this very process: kind and
number of the call that fails, as ``fsync:3``, or ``signal:15``, which it is sent while it looks
over the clients.
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


def _signalled(real, number, *given, **named):
    os.kill(os.getpid(), number)
    return real(*given, **named)


def _befall(kind, number):
    if kind == "signal":
        run.find_clients = partial(_signalled, run.find_clients, number)
        return
    import failing

    failing.fail(kind, number, os.path.join(os.environ["FAULTS_HOME"], "parent.met"))


if __name__ == "__main__":
    run.run_batch = partial(_with_notebook, run.run_batch)
    if os.environ.get("FAULTS_PARENT"):
        named, number = os.environ["FAULTS_PARENT"].split(":")
        _befall(named, int(number))
    main()
