"""A wheel in a clean environment, outside the checkout: doctor, a first report, the first lesson.

    python tests/release/run.py dist/business_system_toolkit-1.0.0-py3-none-any.whl

Installs the wheel with all that it asks for (from the package index that pip is set to), then does
what somebody does who has just installed it. Ends with 1 where a step fails.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

CLIENT = "aoba_shop"
MADE = ("report.html", "workbook.xlsx", "diagnosis.json", "report.ipynb", "manifest.json")
ADDRESS = re.compile(r"(http://127\.0\.0\.1:\d+/)lab/tree/(\S+)\?token=(\S+)")


def main(wheel: Path) -> int:
    """Install the wheel and try it, step by step."""
    with tempfile.TemporaryDirectory(prefix="toolkit-release-") as name:
        home = Path(name)
        venv.create(home / "venv", with_pip=True)
        python = home / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
        told("installing", _run(python, "-m", "pip", "install", "-q", str(wheel), cwd=home))
        for step in (_version, _doctor, _demo, _learn):
            told(step.__doc__ or "", step(_toolkit(python, home), home, wheel))
    return 0


def told(step: str, fault: str | None) -> None:
    """Say that a step is done; end where it is not."""
    if fault:
        sys.exit(f"{step.strip()}: {fault}")
    sys.stderr.write(f"{step.strip().splitlines()[0]} ok\n")


Command = Callable[..., "subprocess.CompletedProcess[str]"]


def _toolkit(python: Path, home: Path) -> Command:
    """The command in the environment; nothing of the checkout is on its path."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    env |= {"PYTHONUTF8": "1", "TOOLKIT_LANG": "en"}

    def call(*arguments: str, start: bool = False) -> subprocess.CompletedProcess[str]:
        given = [str(python), "-m", "toolkit", *arguments]
        how = {"cwd": home, "env": env, "text": True, "encoding": "utf-8"}
        if start:
            return subprocess.Popen(given, stderr=subprocess.PIPE, **how)
        return subprocess.run(given, capture_output=True, check=False, **how)

    return call


def _run(*command: object, cwd: Path) -> str | None:
    done = subprocess.run(
        [*map(str, command)], cwd=cwd, capture_output=True, text=True, check=False
    )
    return None if done.returncode == 0 else done.stderr[-2000:]


def _version(toolkit: Command, home: Path, wheel: Path) -> str | None:
    """toolkit --version"""
    said = toolkit("--version").stdout.split()[-1]
    return None if f"-{said}-" in wheel.name else f"{said} is not that of {wheel.name}"


def _doctor(toolkit: Command, home: Path, wheel: Path) -> str | None:
    """toolkit doctor"""
    done = toolkit("doctor", "--json")
    sys.stderr.write(toolkit("doctor").stdout)
    return None if done.returncode == 0 else done.stdout + done.stderr


def _demo(toolkit: Command, home: Path, wheel: Path) -> str | None:
    """toolkit demo"""
    done = toolkit("demo", "--no-browser", "--out", "reports")
    made = home / "reports" / CLIENT
    missing = [name for name in MADE if not (made / name).is_file()]
    if done.returncode or missing:
        return done.stderr + ", ".join(missing)
    version = json.loads((made / "diagnosis.json").read_text(encoding="utf-8"))["toolkit_version"]
    return None if f"-{version}-" in wheel.name else version


def _learn(toolkit: Command, home: Path, wheel: Path) -> str | None:
    """toolkit learn"""
    server = toolkit("learn", "--no-browser", "--dir", "lessons", start=True)
    try:
        found = next((ADDRESS.search(line) for line in server.stderr if ADDRESS.search(line)), None)
        if found is None:
            return "no address was told"
        root, notebook, token = found.groups()
        with build_opener(ProxyHandler({})).open(
            f"{root}api/contents/{notebook}?token={token}", timeout=60
        ) as answer:
            cells = json.load(answer)["content"]["cells"]
        server.send_signal(signal.SIGINT)
        code = server.wait(60)
        return None if cells and code == 0 else f"{len(cells)} cells, exit code {code}"
    finally:
        server.kill()
        server.stderr.close()
        server.wait()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
