"""Memory that is not taken, as each system tells it."""

from __future__ import annotations

import sys

KILOBYTE = 1024


def available_bytes() -> int | None:
    """Bytes a new process could have; None where the system does not tell."""
    return _of_windows() if sys.platform == "win32" else _of_linux()


def _of_linux() -> int | None:
    try:
        with open("/proc/meminfo", encoding="ascii") as file:
            lines = dict(line.split(":", 1) for line in file)
        return int(lines["MemAvailable"].split()[0]) * KILOBYTE
    except (OSError, KeyError, ValueError):
        return None


def _of_windows() -> int | None:
    """``GlobalMemoryStatusEx``: length, load, then total and available bytes, four more counts."""
    import ctypes
    import struct

    form = struct.Struct("II7Q")
    status = ctypes.create_string_buffer(form.pack(form.size, *[0] * 8), form.size)
    if not getattr(ctypes, "windll").kernel32.GlobalMemoryStatusEx(status):  # noqa: B009
        return None
    return int(form.unpack(status.raw)[3])
