"""learn, progress, guide: the course on one's own computer, and what a teacher needs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from toolkit.commands.speech import Speech
from toolkit.errors import OutputError, UsageError

PROGRESS, OVERVIEW, TABLE = "progress.html", "overview.html", "overview.csv"
GUIDE, GLOSSARY = "teaching", "glossary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The folder of the course, the learner's name, and what is to be done."""

    folder: Path
    learner: str
    reset: bool
    browser: bool


def learn(asked: Asked, speech: Speech) -> int:
    """Open JupyterLab at the next lesson; the exit code is the server's."""
    from toolkit.commands.jupyter import open_lab
    from toolkit.lessons.course import reset_course, start_course

    if asked.reset:
        aside = reset_course(asked.folder)
        if aside is not None:
            speech.say("cli.learn.aside", folder=aside)
    notebook = start_course(asked.folder, speech.lang, asked.learner)
    page = _progress_page(asked.folder, asked.folder, speech.lang)
    speech.say("cli.learn.ready", lesson=notebook.stem, folder=asked.folder, page=page)
    place = notebook.relative_to(asked.folder).as_posix()
    return open_lab(asked.folder, place, browser=asked.browser, lang=speech.lang)


def progress(folder: Path, out: Path | None, speech: Speech) -> None:
    """Write the page of one learner, or of a class where the folder holds several files."""
    if (folder / "progress.json").is_file():
        speech.line(str(_progress_page(folder, out or folder, speech.lang)))
        return
    from toolkit.deliverables.page import page_of
    from toolkit.lessons.class_overview import class_overview

    made = class_overview(folder, lang=speech.lang)
    place = out or folder
    _write(place / OVERVIEW, page_of(made.outline()))
    _write(place / TABLE, "\ufeff" + made.table_text())
    for name in (OVERVIEW, TABLE):
        speech.line(str(place / name))


def guides(out: Path, speech: Speech) -> None:
    """Write the teachers' guide and the glossary as Markdown in both languages."""
    from toolkit.lessons.guide import glossary, guide, guide_markdown
    from toolkit.method import LANGUAGES

    for lang in LANGUAGES:
        ending = ".md" if lang == "en" else f".{lang}.md"
        for name, made in ((GUIDE, guide(lang)), (GLOSSARY, glossary(lang))):
            _write(out / f"{name}{ending}", guide_markdown(made))
            speech.line(str(out / f"{name}{ending}"))


def _progress_page(folder: Path, out: Path, lang: str) -> Path:
    from toolkit.deliverables.page import page_of
    from toolkit.lessons.progress_page import my_progress

    path = out / PROGRESS
    _write(path, page_of(my_progress(folder, lang=lang).outline()))
    return path


def _write(path: Path, text: str) -> None:
    from toolkit.store import write_text

    if path.parent.exists() and not path.parent.is_dir():
        raise UsageError("not_a_folder", params={"folder": str(path.parent)})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, text)
    except OSError as error:
        raise OutputError("cannot_write", params={"folder": str(path.parent)}) from error
