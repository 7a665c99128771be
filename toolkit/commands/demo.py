"""demo: the report of a client that comes with the package, made and opened."""

from __future__ import annotations

import webbrowser
from pathlib import Path

from toolkit import resources
from toolkit.commands.reports import working
from toolkit.commands.speech import Speech
from toolkit.deliverables.options import Options
from toolkit.errors import UsageError

FIRST = "aoba_shop"
FORMATS = ("html", "xlsx", "csv", "ipynb")
"""All that can be made without an extra."""


def demo(client: str, out: Path, browser: bool, speech: Speech) -> None:
    """Make the report of a shipped client in the reader's language, and open it.

    Args:
        client: the name of a folder of ``datasets``.
        out: the folder of reports.
        browser: whether to open the page; its place is told either way.
        speech: the language and the streams.

    Raises:
        UsageError: no such client comes with the package.
    """
    from toolkit.deliverables.run import report

    if client not in shipped():
        known = ", ".join(shipped())
        raise UsageError("demo_missing", params={"client": client, "known": known})
    folder = resources.folder("datasets") / client
    options = Options(langs=(speech.lang,), formats=FORMATS)
    with working(speech, "cli.diagnose.working", client):
        made = report(folder, out, options=options)
    page = made / "report.html"
    speech.line(str(page))
    if not (browser and webbrowser.open(page.resolve().as_uri())):
        speech.say("cli.demo.open", page=page)
    speech.say("cli.demo.next", client=folder)


def shipped() -> list[str]:
    """The names of the clients that come with the package."""
    return sorted(path.parent.name for path in resources.folder("datasets").glob("*/client.yaml"))
