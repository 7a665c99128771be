"""What a client's cell does that a batch has to survive; each is the source of a cell."""

from __future__ import annotations

ENDLESS = "import time\nwhile True:\n    time.sleep(0.01)\n"
BUSY_IN_C = "import ctypes\nctypes.PyDLL(None).sleep(1000)\n"
"""Holds the interpreter's lock: no other thread and no signal handler has a turn."""
STOPPED = "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\n"
POISON = "import os\nos.kill(os.getpid(), 9)\n"
KILLED_ONCE = """
import os
from pathlib import Path
died = Path(os.environ["FAULTS_HOME"], f"died-{folder.name}")
if not died.exists():
    died.touch()
    os.kill(os.getpid(), 9)
"""
HUGE = "for _ in range(500):\n    print('x' * 1_000_000)\n"
HUGE_IN_C = "import os\nfor _ in range(500):\n    os.write(1, b'x' * 1_000_000)\n"
MEMORY = "held = bytearray(900 << 20)\n"
LINGERS = "import time\ntime.sleep(1.5)\n"
ASKS = "input()\n"
LEAVES = "import sys\nsys.exit(0)\n"
WITH_A_CHILD = """
import subprocess
subprocess.Popen(["sleep", "1000"])
"""
"""Starts a process of its own and does not wait for it."""
WAITS = """
import os, time
from pathlib import Path

home = Path(os.environ["FAULTS_HOME"])
(home / "part").write_text(str(os.getpid()))
os.replace(home / "part", home / f"reached-{folder.name}")
while not (home / f"go-{folder.name}").exists():
    time.sleep(0.01)
"""
"""A client that says it has been reached, by its process id, and waits to be let go."""
CHANGED = """
import os
from pathlib import Path
home = Path(os.environ["FAULTS_HOME"])
if {always} or not (home / f"changed-{{folder.name}}").exists():
    (home / f"changed-{{folder.name}}").touch()
    with (folder / "data" / "orders.csv").open("a", encoding="utf-8") as file:
        file.write("more,C1,2026-07-01,100\\n")
"""
READS_BY_TOOLKIT = """
import toolkit
toolkit.diagnose(folder, as_of="2026-10-01")
"""
"""Reads the client's folder by the toolkit itself, databases its mappings name included."""
