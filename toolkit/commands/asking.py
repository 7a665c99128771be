"""check --request: write the request for material of a client."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.commands.speech import Speech
from toolkit.diagnosis.request import RequestList, refused_list, request_list
from toolkit.errors import InputError, UsageError
from toolkit.method import Method, load_method
from toolkit.outline.request import RequestPage, request_page

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis


def writer_of(file: Path) -> Callable[[RequestPage], bytes]:
    """What makes the bytes of a request, by the suffix of the file.

    Raises:
        UsageError: it is neither .xlsx nor .md.
    """
    from toolkit.deliverables.request_markdown import request_markdown
    from toolkit.deliverables.request_workbook import request_workbook

    writers: dict[str, Callable[[RequestPage], bytes]] = {
        ".xlsx": request_workbook,
        ".md": lambda page: request_markdown(page).encode("utf-8"),
    }
    found = writers.get(file.suffix.casefold())
    if found is None:
        raise UsageError("request_suffix", params={"file": file.name})
    return found


def write_request(diagnosis: Diagnosis, file: Path, speech: Speech) -> None:
    """Write what to ask a diagnosed client for."""
    _write(request_list(diagnosis), diagnosis.content, file, speech)


def write_refused(
    error: InputError, client: Path, method: Path | None, file: Path, speech: Speech
) -> None:
    """Write which files to ask for again; nothing where the fault is not in a client's file."""
    from toolkit.diagnosis.diagnose import client_folder
    from toolkit.intake.profiles.profile import examine_profile
    from toolkit.intake.setting import today

    loaded = load_method(*((method,) if method else ()))
    profile = examine_profile(client_folder(client), loaded).profile
    if profile is None:
        return
    day = (profile.as_of or today(profile.timezone)).isoformat()
    request = refused_list(error.problems, profile.company_name, day, loaded)
    if request.items:
        _write(request, loaded, file, speech)


def _write(request: RequestList, method: Method, file: Path, speech: Speech) -> None:
    from toolkit.store import write_bytes

    write_bytes(file, writer_of(file)(request_page(request, method, speech.lang)))
    speech.say("cli.check.request_written", file=file)
