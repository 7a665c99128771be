"""One client of a batch: the report made, the outcome left as a file, whatever happens."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError, OutputError, Problem, ToolkitError
from toolkit.store import MANIFEST, replace

if TYPE_CHECKING:
    from toolkit.words import Words


NO_ROOM = 74
"""Exit code of a process that could not even write down how it ended: no fault of the client."""

DEAD_KERNEL, KERNEL_DIED = "DeadKernelError", 70
"""What nbclient calls it, and the exit code of a runner whose kernel was killed."""


def main() -> None:
    """Make the report of the task that stands on stdin; for an engine with a process a client."""
    import sys

    from toolkit.batch.confine import die_with_parent, limit_memory

    die_with_parent(os.getppid())
    task = json.loads(sys.stdin.read())
    limit_memory(int(task["memory"]))  # handed down to the kernel
    carry_out(task)


def carry_out(task: Mapping[str, Any]) -> None:
    """Make one report and leave the outcome at ``task["result"]``, whole or not at all."""
    path = Path(task["result"])
    tempfile.tempdir = str(path.parent)  # what is left of us when we are killed goes with the batch
    made = run(task)
    if made.get("detail") == DEAD_KERNEL:
        os._exit(KERNEL_DIED)  # with it: tried again, and given up, as any process that is killed
    temporary = path.with_suffix(".part")
    try:
        temporary.write_text(json.dumps(made, ensure_ascii=True), encoding="ascii")
        replace(temporary, path)
    except (OSError, OutputError):
        os._exit(NO_ROOM)


def run(task: Mapping[str, Any]) -> dict[str, Any]:
    """Make one report; a fault of the client becomes an outcome with all its problems."""
    from toolkit.batch.open_files import check_closed
    from toolkit.deliverables.run import report
    from toolkit.method import load_method
    from toolkit.words import error_text, words

    options = options_of(task)
    try:
        check_closed(Path(task["client"]), Path(task["out"]) / str(task["client_id"]))
        made = report(task["client"], task["out"], options=options)
        summary = _delivered(made, task)
    except Exception as error:  # once a client: whatever it is, the others go on
        told = error if isinstance(error, ToolkitError) else _unexpected(error, task)
        folders = (options.method,) if options.method else ()
        book = words(load_method(*folders), task["lang"])
        status = "refused" if isinstance(told, InputError) else "failed"
        reason, troubles = error_text(told, book), _troubles(told, book)
        _told_of(told, task)
        return {
            "status": status,
            "reason": reason,
            "code": told.code,
            "troubles": troubles,
            "detail": told.params.get("detail"),
        }
    return {"status": "done", "reason": None, "folder": made.name, "summary": summary}


def _delivered(made: Path, task: Mapping[str, Any]) -> Mapping[str, Any]:
    """Bring a report that was made here to the store it is for; what its manifest says of it."""
    from toolkit.batch.plan import summary_in

    if task.get("store"):
        from toolkit.batch.bucket import deliver, parse_bucket

        manifest = deliver(made, parse_bucket(task["store"]), made.name)
        shutil.rmtree(made, ignore_errors=True)
        return summary_in(manifest)
    return summary_in(json.loads((made / MANIFEST).read_text(encoding="utf-8")))


def _told_of(error: ToolkitError, task: Mapping[str, Any]) -> None:
    """Leave the note of a failure in the store too, where the earlier report stands."""
    if task.get("store") and not error.code.startswith("bucket_"):
        from toolkit.batch.bucket import fail, parse_bucket

        client_id = str(task["client_id"])
        fail(Path(task["out"]) / client_id, parse_bucket(task["store"]), client_id)


def _troubles(error: ToolkitError, book: Words) -> list[dict[str, str]]:
    """Each fault apart, with its place and what to do."""
    from toolkit.words import place_text, problem_text

    listed = error.problems or (Problem(code=error.code, params=error.params),)
    told = []
    for one in listed:
        message, fix = problem_text(one, book)
        fix = "" if fix.startswith("errors.") else fix
        told.append({"message": message, "fix": fix, "place": place_text(one, book)})
    return told


def options_of(task: Mapping[str, Any]) -> Any:
    """How the reports of a task are to be made."""
    from toolkit.deliverables.options import Options

    return Options(
        langs=tuple(task["langs"]),
        formats=tuple(task["formats"]),
        as_of=task["as_of"],
        method=_path(task["method"]),
        theme=_path(task["theme"]),
        notebook=_path(task["notebook"]),
        timeout=task["timeout"],
        fallback_lang=task["lang"],
        engine=task["engine"],
        about={"key": task["key"]},
    )


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


def _unexpected(error: Exception, task: Mapping[str, Any]) -> ToolkitError:
    if isinstance(error, MemoryError):
        return ToolkitError("out_of_memory")
    if isinstance(error, OSError):
        place = Path(os.fsdecode(error.filename)) if _named(error) else None
        if place and place.is_relative_to(task["client"]):
            return InputError("file_refused", [Problem(code="file_unreadable", file=place.name)])
        return OutputError("cannot_write", params={"folder": task["out"]})
    return ToolkitError("unexpected", params={"detail": type(error).__name__})


def _named(error: OSError) -> bool:
    return isinstance(error.filename, str | bytes)


if __name__ == "__main__":
    main()
