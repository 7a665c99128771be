"""A process that may read and write only what the rights of the files say, even if root runs it."""

from __future__ import annotations

import ctypes
import os

PR_CAPBSET_DROP = 24
RIGHTS_OF_ROOT = (1, 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, by which root reads and writes what it may not."""


def no_rights_of_root():
    """What follows may read and write only what the rights of the files say, as any user."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for right in RIGHTS_OF_ROOT:
            libc.prctl(PR_CAPBSET_DROP, right, 0, 0, 0)
