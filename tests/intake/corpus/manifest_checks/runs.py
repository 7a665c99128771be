"""The command in a process of its own, in a folder that is empty."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

# Its time and peak memory are told by the system, after it is done.
COMMAND = """
import sys
place = sys.argv.pop(1)
from toolkit.cli import main
try:
    main()
finally:
    import resource
    usage = resource.getrusage(resource.RUSAGE_SELF)
    with open("/proc/self/status") as status, open(place, "w") as peak:
        kilobytes = next(line.split()[1] for line in status if line.startswith("VmHWM"))
        peak.write(f"{usage.ru_utime + usage.ru_stime} {int(kilobytes) / 1024}")
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a command did in an empty folder: its seconds of CPU, peak memory, files made."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: float
    made: tuple[str, ...]


def run(folder: Path, *arguments: str) -> Run:
    """Run the command where both the folder and the home folder are empty."""
    keep = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    peak = folder.with_suffix(".peak")
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, str(peak), *arguments],
        cwd=folder,
        env={**keep, "HOME": str(folder), "TMPDIR": str(folder)},
        capture_output=True,
        timeout=600,
        check=False,
    )
    seconds, megabytes = map(float, peak.read_text().split())
    return Run(
        code=done.returncode,
        out=done.stdout.decode("utf-8"),
        err=done.stderr.decode("utf-8"),
        seconds=seconds,
        megabytes=megabytes,
        made=tuple(sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))),
    )
