"""meeting: the papers of a first and of a follow-up meeting, and the tracker read back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.commands.reports import working
from toolkit.commands.speech import Speech

if TYPE_CHECKING:
    from toolkit.deliverables.meeting.pack import PackOptions
    from toolkit.outline.meeting import Kind


def make(kind: Kind, client: Path, out: Path, options: PackOptions, speech: Speech) -> None:
    """Write the papers of a meeting and tell where they are."""
    from toolkit.deliverables.meeting.pack import meeting
    from toolkit.store import MANIFEST

    with working(speech, "cli.meeting.working", client.name):
        made = meeting(kind, client, out, options)
    for path in sorted(made.iterdir()):
        if path.name != MANIFEST and not path.name.startswith("."):
            speech.line(str(path))
    speech.say("cli.meeting.done", folder=made)


def read(file: Path, client: Path | None, method: Path | None, speech: Speech) -> None:
    """Print what a filled-in tracker says as lines of edits.yaml; write nothing.

    Args:
        file: the tracker.
        client: a client's folder, to tell which codes its edits.yaml has already.
        method: a firm's folder, for its rules.
        speech: the language and the streams.

    Raises:
        InputError: with every fault of the tracker.
    """
    from toolkit.diagnosis.diagnose import client_folder
    from toolkit.intake.profiles.edits import read_edits
    from toolkit.intake.profiles.edits_text import edits_text
    from toolkit.intake.profiles.tracker import read_tracker
    from toolkit.method import load_method

    loaded = load_method(*((method,) if method else ()))
    edits = read_tracker(file, loaded)
    if not edits:
        speech.say("cli.meeting.nothing")
        return
    speech.line(edits_text(edits))
    speech.say("cli.meeting.paste", count=len(edits))
    kept = read_edits(client_folder(client), loaded) if client is not None else ()
    already = {one.id for one in kept} & {one.id for one in edits}
    if already:
        speech.say("cli.meeting.already", codes=", ".join(sorted(already)))
