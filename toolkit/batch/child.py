"""One client of a batch, in a process of its own: the outcome is a line of JSON on stdout."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from toolkit.errors import InputError, ToolkitError


def main() -> None:
    """Read the task from stdin, make the report, print the outcome."""
    task = json.loads(sys.stdin.read())
    print(json.dumps(run(task), ensure_ascii=True))  # noqa: T201 — the parent reads this line


def run(task: dict[str, Any]) -> dict[str, Any]:
    """Make one report; a fault of the client becomes an outcome with all its problems."""
    from toolkit.deliverables.run import Options, report
    from toolkit.method import load_method
    from toolkit.words import error_text, words

    method = Path(task["method"]) if task["method"] else None
    options = Options(
        langs=tuple(task["langs"]),
        formats=tuple(task["formats"]),
        as_of=task["as_of"],
        method=method,
        timeout=task["timeout"],
        fallback_lang=task["lang"],
    )
    try:
        made = report(task["client"], task["out"], options=options)
    except Exception as error:  # once a client: whatever it is, the others go on
        if not isinstance(error, ToolkitError):
            error = ToolkitError("unexpected", params={"detail": type(error).__name__})
        book = words(load_method(*((method,) if method else ())), task["lang"])
        status = "refused" if isinstance(error, InputError) else "failed"
        return {"status": status, "reason": error_text(error, book)}
    return {"status": "done", "reason": None, **_about(made)}


def _about(folder: Path) -> dict[str, Any]:
    from toolkit.diagnosis.display import counts
    from toolkit.diagnosis.saving import load

    made = load(folder)
    pages = sorted(path.name for path in folder.glob("report*.html"))
    return {
        "client_id": made.client["client_id"],
        "company_name": made.client["company_name"],
        "coverage": made.coverage,
        "counts": counts(made),
        "page": f"{folder.name}/{pages[0]}" if pages else None,
    }


if __name__ == "__main__":
    main()
