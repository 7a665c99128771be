"""What a process that makes one client's report may do: die with its parent, and no more memory."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sys
import zlib

PR_SET_PDEATHSIG = 1
"""Linux: the signal a process is sent when its parent dies."""
MEGABYTE = 1024 * 1024


def die_with_parent(parent: int) -> None:
    """Be killed when the parent is; where the system cannot, the parent's other means stand."""
    if sys.platform != "linux":
        return
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before we could ask
        os._exit(1)


def limit_memory(megabytes: int) -> None:
    """Let the address space grow by so much; beyond it an allocation fails as MemoryError."""
    if sys.platform == "win32" or not megabytes:
        return
    import resource

    now = _address_space()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = now + megabytes * MEGABYTE
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _address_space() -> int:
    """Bytes of address space in use; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def reseed(client_id: str) -> None:
    """Random numbers from the client's id: forked siblings would all draw the same."""
    import numpy

    seed = zlib.crc32(client_id.encode("utf-8"))
    random.seed(seed)
    numpy.random.seed(seed)


def silence() -> None:
    """No input, and nothing of what is written by C code reaches the screen."""
    handle = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(handle, stream)
    if handle > 2:
        os.close(handle)


def usual_signals() -> None:
    """Signals as a fresh process has them."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGCHLD", "SIGPIPE"):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, signal.SIG_DFL)
