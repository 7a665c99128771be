"""A warm worker for systems without a safe fork: one client after the other, told by lines."""

from __future__ import annotations

import json
import os
import sys
from functools import partial

from toolkit.batch import child, confine
from toolkit.batch.forget import alone
from toolkit.batch.warming import warm


def main() -> None:
    """Take tasks from stdin until it ends; a line on stdout says that one is over."""
    told = os.fdopen(os.dup(1), "wb", buffering=0)
    tasks = os.fdopen(os.dup(0), "rb")
    confine.die_with_parent(os.getppid())
    confine.silence()
    warm(sys.argv[1] if len(sys.argv) > 1 else None)
    limited = False
    for line in tasks:
        task = json.loads(line)
        if not limited:
            confine.limit_memory(int(task["memory"]))
            limited = True
        told.write(b"begun\n")
        confine.reseed(str(task["client_id"]))
        alone(partial(child.carry_out, task))
        told.write(b"ended\n")


if __name__ == "__main__":
    main()
