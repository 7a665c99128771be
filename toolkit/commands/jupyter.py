"""JupyterLab on this computer alone, opened at one notebook; shared by the commands that need it.

The server listens on 127.0.0.1 with a token of its own, which goes to it through its environment
and not through its arguments, where other users of the computer could read it.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import ProxyHandler, Request, build_opener

from toolkit.commands.speech import Speech
from toolkit.errors import OutputError, UsageError

ADDRESS = "127.0.0.1"
LANGUAGE_PACKS = "jupyterlab.languagepack"
LOCALES = {"ja": "ja_JP"}
READY_SECONDS = 120.0
STOP_SECONDS = 15.0
PAUSE = 0.2
LISTENING_SECONDS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A JupyterLab server to be started: where, with which token, for readers of a language."""

    folder: Path
    notebook: str
    lang: str
    port: int
    token: str

    @property
    def url(self) -> str:
        """The address that opens the notebook, the token in it."""
        return f"{self.root}lab/tree/{quote(self.notebook)}?token={self.token}"

    @property
    def root(self) -> str:
        """The address of the server."""
        return f"http://{ADDRESS}:{self.port}/"

    def arguments(self, settings: Path, *, browser: bool) -> list[str]:
        """The command that starts it; ``settings`` is a folder for the defaults of its screen."""
        return [
            *(sys.executable, "-m", "jupyterlab"),
            f"--ServerApp.ip={ADDRESS}",
            f"--ServerApp.port={self.port}",
            "--ServerApp.port_retries=0",
            f"--ServerApp.root_dir={self.folder}",
            f"--LabApp.default_url=/lab/tree/{quote(self.notebook)}",
            f"--LabApp.app_settings_dir={settings}",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            "--LabApp.extension_manager=readonly",
            f"--ServerApp.open_browser={browser}",
            "--Application.log_level=ERROR",
            *(("--allow-root",) if _is_root() else ()),
        ]

    def environment(self) -> dict[str, str]:
        """The environment it runs in: this one, and the token."""
        return {**os.environ, "JUPYTER_TOKEN": self.token, "TOOLKIT_LANG": self.lang}

    def asked(self, path: str, method: str = "GET") -> dict[str, Any] | None:
        """What the server answers on one of its API's paths; None while it does not."""
        head = {"Authorization": f"token {self.token}"}
        request = Request(f"{self.root}{path}", headers=head, method=method)
        with contextlib.suppress(URLError, OSError, ValueError):
            with build_opener(ProxyHandler({})).open(request, timeout=5) as answer:
                found = json.loads(answer.read() or b"{}")
            return found if isinstance(found, dict) else {}
        return None


def open_lab(folder: Path, notebook: str, *, browser: bool, lang: str) -> int:
    """Open JupyterLab at a notebook and wait until it is shut down or Ctrl-C is pressed.

    Args:
        folder: what JupyterLab shows; nothing outside it can be opened from there.
        notebook: path in the folder, with forward slashes.
        browser: whether to open the reader's browser; the address is told either way.
        lang: language of the sentences and, where its language pack is installed, of JupyterLab.

    Returns:
        Exit code: 0 where it was ended by the reader.

    Raises:
        UsageError: JupyterLab is not installed.
        OutputError: the server did not come up.
    """
    refuse_without_lab()
    speech = Speech(lang=lang)
    heed_signals()
    with tempfile.TemporaryDirectory(prefix="toolkit-lab-", ignore_cleanup_errors=True) as made:
        settings = write_settings(Path(made), lang)
        server = Server(
            folder=folder.resolve(),
            notebook=notebook,
            lang=lang,
            port=free_port(),
            token=secrets.token_urlsafe(24),
        )
        process = start(server, settings, browser=browser)
        try:
            wait_until_ready(server, process)
            speech.say("cli.lab.opened", url=server.url)
            speech.say("cli.lab.stop")
            return _ended(process)
        except KeyboardInterrupt:
            speech.say("cli.lab.stopping")
            return 0
        finally:
            stop(server, process)


def _ended(process: subprocess.Popen[bytes]) -> int:
    """Wait for the end in short steps: on Windows Ctrl-C is not heard within a long one."""
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(LISTENING_SECONDS)


def _is_root() -> bool:
    """Whether we are root, as in a container: Jupyter then wants to be told that it may run."""
    return sys.platform != "win32" and os.geteuid() == 0


def heed_signals() -> None:
    """Take the end of this process or of its window for Ctrl-C, so that no server is left alone."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), interrupted)


def refuse_without_lab() -> None:
    """Raise UsageError where JupyterLab is not installed."""
    from importlib.util import find_spec

    if find_spec("jupyterlab") is None:
        raise UsageError("lab_missing")


def write_settings(folder: Path, lang: str) -> Path:
    """The defaults of the screen: no news, no look for updates, the reader's language."""
    notices = {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}
    overrides: dict[str, Any] = {"@jupyterlab/apputils-extension:notification": notices}
    locale = LOCALES.get(lang)
    if locale is not None and locale in language_packs():
        overrides["@jupyterlab/translation-extension:plugin"] = {"locale": locale}
    (folder / "overrides.json").write_text(json.dumps(overrides), encoding="utf-8")
    return folder


def language_packs() -> set[str]:
    """Locales whose language pack for JupyterLab is installed."""
    from importlib.metadata import entry_points

    return {one.name for one in entry_points(group=LANGUAGE_PACKS)}


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        return int(probe.getsockname()[1])


def start(server: Server, settings: Path, *, browser: bool) -> subprocess.Popen[bytes]:
    """Start the server in a process group of its own: Ctrl-C reaches us, and we end it in order."""
    group: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        group = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return subprocess.Popen(
        server.arguments(settings, browser=browser),
        cwd=server.folder,
        env=server.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        **group,
    )


def wait_until_ready(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Ask the server until it answers.

    Raises:
        OutputError: it ended, or did not answer in time.
    """
    end = time.monotonic() + READY_SECONDS
    while server.asked("api/status") is None:
        if process.poll() is not None or time.monotonic() > end:
            raise OutputError("lab_not_started", params={"port": str(server.port)})
        time.sleep(PAUSE)


def stop(server: Server, process: subprocess.Popen[bytes]) -> None:
    """End the server and its kernels through its own API, else by force."""
    if process.poll() is None:
        server.asked("api/shutdown", "POST")
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
