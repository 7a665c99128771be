"""The course in a learner's own folder: copies of the notebooks, and which comes next."""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path

from toolkit import resources
from toolkit.errors import OutputError
from toolkit.lessons.lesson import lesson_names
from toolkit.lessons.progress import FILE, read_progress, start_progress
from toolkit.lessons.standing import standings

NOTEBOOKS = "learn"
EARLIER = "earlier"


def lesson_notebooks(folder: Path) -> dict[str, Path]:
    """Notebooks of a language's folder by the name of their lesson, in order."""
    found = {path.stem.partition("_")[2]: path for path in sorted(folder.glob("[0-9]*_*.ipynb"))}
    return {name: found[name] for name in lesson_names() if name in found}


def start_course(folder: Path, lang: str, learner: str = "") -> Path:
    """Copy the notebooks of a language that are not there yet, and begin a progress file.

    What a learner has written stays; notebooks that came with a later version are added.

    Returns:
        The notebook of the next lesson: the first that is not finished, else the last.

    Raises:
        OutputError: the folder cannot be written.
        UsageError: the progress file cannot be read.
    """
    place = folder / NOTEBOOKS / lang
    try:
        place.mkdir(parents=True, exist_ok=True)
        for path in lesson_notebooks(resources.folder("notebooks") / NOTEBOOKS / lang).values():
            if not (place / path.name).exists():
                shutil.copyfile(path, place / path.name)
        start_progress(folder / FILE, learner)
    except OSError as error:
        raise OutputError("cannot_write", params={"folder": str(folder)}) from error
    return next_notebook(folder, lang)


def next_notebook(folder: Path, lang: str) -> Path:
    """The first lesson of a course that is not finished; the last one once all are."""
    notebooks = lesson_notebooks(folder / NOTEBOOKS / lang)
    done = {one.lesson for one in standings(read_progress(folder / FILE), lang) if one.finished}
    open_ones = [name for name in notebooks if name not in done]
    return notebooks[(open_ones or list(notebooks))[0 if open_ones else -1]]


def reset_course(folder: Path) -> Path | None:
    """Put notebooks and progress aside, so that the course begins anew; nothing is deleted.

    Returns:
        Where they are now; None if there was nothing to put aside.

    Raises:
        OutputError: the folder cannot be written.
    """
    old = [path for path in (folder / NOTEBOOKS, folder / FILE) if path.exists()]
    if not old:
        return None
    aside = next(
        place for place in (folder / EARLIER / f"{n}" for n in count(1)) if not place.exists()
    )
    try:
        aside.mkdir(parents=True)
        for path in old:
            path.replace(aside / path.name)
    except OSError as error:
        raise OutputError("cannot_write", params={"folder": str(folder)}) from error
    return aside
