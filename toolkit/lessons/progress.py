"""A learner's progress: every checked answer, kept in a file beside the notebooks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import UsageError
from toolkit.store import write_json

if TYPE_CHECKING:
    from toolkit.lessons.question import Question
    from toolkit.lessons.result import Result

FILE = "progress.json"
UPWARD = 3
"""How many folders above a notebook its progress file may lie."""


def progress_file(folder: Path | None = None) -> Path | None:
    """The learner's file above a folder, by default the one a notebook runs in; else None.

    ``toolkit learn`` makes it; notebooks opened without it keep nothing.
    """
    start = (folder or Path.cwd()).resolve()
    for place in (start, *start.parents)[: UPWARD + 1]:
        if (place / FILE).is_file():
            return place / FILE
    return None


def start_progress(path: Path, learner: str = "") -> None:
    """Begin a progress file; one that is there is kept, with the learner's name if given.

    Raises:
        UsageError: the file that is there is no progress file.
    """
    tree = read_progress(path) if path.exists() else {"learner": "", "lessons": {}}
    if learner or not path.exists():
        write_json(path, {**tree, "learner": learner or tree.get("learner", "")})


def note(question: Question, result: Result) -> None:
    """Keep the verdict on an answer: the best credit so far, attempts, and mistakes made."""
    path = progress_file()
    if path is None:
        return
    tree = read_progress(path)
    firm = "own" if question.own else "shipped"
    lesson = tree["lessons"].setdefault(question.lesson, {})
    kept = lesson.setdefault(firm, {}).setdefault(
        question.id, {"credit": 0.0, "attempts": 0, "mistakes": {}}
    )
    kept["attempts"] += 1
    kept["credit"] = max(kept["credit"], result.credit)
    if result.mistake is not None and result.status != "correct":
        kept["mistakes"][result.mistake] = kept["mistakes"].get(result.mistake, 0) + 1
    write_json(path, tree)


def read_progress(path: Path) -> dict[str, Any]:
    """What a learner's file holds: lessons → shipped or own → questions.

    Raises:
        UsageError: it is no progress file.
    """
    try:
        tree = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError("progress_unreadable", params={"file": path.name}) from error
    if not isinstance(tree, dict) or not isinstance(tree.get("lessons"), dict):
        raise UsageError("progress_unreadable", params={"file": path.name})
    return tree
