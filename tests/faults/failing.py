"""The n-th call of a kind fails as on a full disk; only for processes of these tests."""

from __future__ import annotations

import errno
import itertools
import os
from pathlib import Path

KINDS = ("write", "fsync", "replace", "rename", "link")


def fail(kind, nth, told):
    """From here on the ``nth`` write, fsync, replace, … of this process finds no space.

    The file ``told`` says afterwards that it came to that.
    """
    counter = itertools.count(1)

    def full():
        if next(counter) == nth:
            Path(told).touch()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if kind == "write":
        _fail_writes(full)
        return
    real = getattr(os, kind)

    def call(*given, **named):
        full()
        return real(*given, **named)

    setattr(os, kind, call)


def _fail_writes(full):
    """Files opened by handle, as everything is that is to be whole, fail to take their data."""
    real = os.fdopen

    def opened(handle, mode="r", *given, **named):
        file = real(handle, mode, *given, **named)
        if "w" not in mode:
            return file
        try:
            full()
        except OSError:
            file.close()
            raise
        return file

    os.fdopen = opened
