"""Names of the public face stay what they are, whatever was imported before."""

from __future__ import annotations

import subprocess
import sys


def test_no_room_hides_a_public_name():
    code = (
        "import importlib, pkgutil, toolkit as tk\n"
        "rooms = [m.name for m in pkgutil.iter_modules(tk.__path__) if m.name != '__main__']\n"
        "for room in rooms: importlib.import_module(f'toolkit.{room}')\n"
        "assert not set(rooms) & set(tk.__all__), set(rooms) & set(tk.__all__)\n"
        "assert callable(tk.report) and callable(tk.lesson) and callable(tk.diagnose)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
