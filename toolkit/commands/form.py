"""form: the hearing, the reading of files and their health as forms in JupyterLab."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from toolkit import resources
from toolkit.commands.jupyter import open_lab, refuse_without_lab
from toolkit.commands.speech import Speech

NOTEBOOKS = ("form.ipynb", "board.ipynb")
PARAMETERS = "parameters"


def form(client: Path, browser: bool, speech: Speech) -> int:
    """Open the forms of a client, and wait until JupyterLab is closed.

    The notebooks are copies in a folder of their own: in the client's folder only what the forms
    save is written.

    Args:
        client: the client's folder, or its id.
        browser: whether to open the browser.
        speech: the language and the streams.

    Returns:
        Exit code.

    Raises:
        UsageError: there is no such client, or JupyterLab is not installed.
    """
    from toolkit.diagnosis.diagnose import client_folder

    folder = client_folder(client).resolve()
    refuse_without_lab()
    with tempfile.TemporaryDirectory(prefix="toolkit-form-", ignore_cleanup_errors=True) as home:
        copy_notebooks(Path(home), folder, speech.lang)
        return open_lab(Path(home), NOTEBOOKS[0], browser=browser, lang=speech.lang)


def copy_notebooks(home: Path, client: Path, lang: str) -> None:
    """Put copies of the notebooks into a folder, a client and a language as their parameters."""
    for name in NOTEBOOKS:
        path = resources.folder("notebooks") / "diagnose" / name
        book: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for cell in book["cells"]:
            if PARAMETERS in cell["metadata"].get("tags", ()):
                cell["source"] = f"client = {str(client)!r}\nlang = {lang!r}"
        (home / name).write_text(json.dumps(book, ensure_ascii=False, indent=1), encoding="utf-8")
