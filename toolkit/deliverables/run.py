"""A client's report: the notebook run by papermill into a staging folder, then published whole."""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toolkit.deliverables.faces import FACES, Material, face
from toolkit.deliverables.notebook import cleaned, execute
from toolkit.deliverables.options import IN_PROCESS, KERNEL, Options
from toolkit.deliverables.staging import staging
from toolkit.deliverables.summary_of import leading_figures, summary_of
from toolkit.deliverables.theme import load_theme
from toolkit.diagnosis.diagnose import client_folder
from toolkit.diagnosis.saving import load
from toolkit.errors import ToolkitError, UsageError
from toolkit.method import LANGUAGES, load_method
from toolkit.outline.build import frame
from toolkit.resources import folder
from toolkit.store import (
    MANIFEST,
    publish,
    sha256_file,
    whole_files,
    write_json,
    write_text,
)
from toolkit.words import words

FORMATS = ("html", *FACES, "ipynb")
DIAGNOSIS = "diagnosis.json"
TABLES = ("findings.", "actions.", "figures.", "evidence_")
"""How the names of the CSV files begin that are made from a diagnosis; others came with it."""


def report(
    client: str | Path,
    out: str | Path,
    *,
    lang: str | None = None,
    options: Options | None = None,
) -> Path:
    """Diagnose a client and write page, notebook and diagnosis.json.

    Args:
        client: a client's folder, or its id under ``./clients``.
        out: the folder of reports; the client's own folder is made in it.
        lang: language of the page where ``options`` names none, in place of the client's own.
        options: formats, date, method, notebook.

    Returns:
        The client's output folder.

    Raises:
        InputError: the client's files cannot be used; nothing at the final place has changed.
        OutputError: the notebook did not run to its end.
    """
    from toolkit.intake.profiles.profile import read_profile

    options = _checked(options or Options())
    source = client_folder(client)
    try:
        profile = read_profile(source, load_method(*_folders(options)))
    except ToolkitError as error:
        _note_failure(Path(out) / source.resolve().name, error)
        raise
    langs = options.langs or (lang or profile.lang or options.fallback_lang,)
    final = Path(out) / profile.client_id
    parameters = {"client": str(source.resolve()), "as_of": options.as_of or ""}
    with staging(Path(out), profile.client_id) as staged:
        try:
            _write(staged, parameters, (langs[0], *langs), options)
        except ToolkitError as error:
            _note_failure(final, error)
            raise
        publish(staged, final, {**_about(staged, langs[0], options), **options.about})
    return final


def render(
    diagnosis: str | Path,
    out: str | Path,
    options: Options | None = None,
    *,
    lang: str | None = None,
) -> Path:
    """Write the page of a saved diagnosis in other languages; nothing is recomputed.

    ``lang`` is the language where ``options`` names none, in place of the client's own. Where
    ``out`` already holds this very diagnosis its other pages are kept, and a further
    language becomes ``report.<lang>.html``.

    Returns:
        The client's output folder.

    Raises:
        UsageError: there is no such diagnosis.
    """
    options = _checked(options or Options())
    path = Path(diagnosis) / DIAGNOSIS if Path(diagnosis).is_dir() else Path(diagnosis)
    loaded = load(path)
    langs = options.langs or (lang or str(loaded.client.get("lang") or "ja"),)
    final = Path(out) / str(loaded.client["client_id"])
    again = _same(final / DIAGNOSIS, path)
    first = (_first_language(final) if again else None) or langs[0]
    with staging(Path(out), final.name) as staged:
        _write(staged, {"diagnosis": str(path.resolve())}, (first, *langs), options)
        _carry(final if again else path.parent, staged, pages=again)
        publish(staged, final, _about(staged, first, options))
    return final


def page_name(lang: str, first: str) -> str:
    """File name of a page: the first language's has none in it.

    >>> page_name("ja", "ja"), page_name("en", "ja")
    ('report.html', 'report.en.html')
    """
    return "report.html" if lang == first else f"report.{lang}.html"


def _checked(options: Options) -> Options:
    unknown = [name for name in options.formats if name not in FORMATS]
    if unknown:
        raise UsageError(
            "format_missing", params={"format": unknown[0], "known": ", ".join(FORMATS)}
        )
    for name in set(options.formats) & set(FACES):
        face(name)
    load_theme(options.theme)
    known = load_method(*_folders(options)).words
    for lang in options.langs:
        if lang not in known:
            raise UsageError(
                "language_missing", params={"lang": lang, "known": ", ".join(known or LANGUAGES)}
            )
    return options


def _folders(options: Options) -> tuple[Path, ...]:
    return (options.method,) if options.method else ()


def _write(
    staged: Path, parameters: Mapping[str, str], langs: tuple[str, ...], options: Options
) -> None:
    """Run the notebook once a language; the further ones render what the first has saved.

    The first of ``langs`` only says whose page is report.html; the others are written.
    """
    from toolkit.deliverables.page import page

    template = options.notebook or folder("notebooks") / "diagnose" / "report.ipynb"
    method, look = (str(one.resolve()) if one else "" for one in (options.method, options.theme))
    theme = load_theme(options.theme)
    for index, lang in enumerate(langs[1:]):
        given = parameters if index == 0 else {"diagnosis": str(staged / DIAGNOSIS)}
        filled = {**given, "out": str(staged), "lang": lang, "method": method, "theme": look}
        notebook = execute(template, filled, options.timeout, engine=_engine(options))
        if "html" in options.formats:
            book = words(load_method(*_folders(options)), lang)
            around = frame(book, str(_client(staged)["company_name"]))
            shown = page(
                notebook, lang=lang, title=around.heading, chrome=around.chrome, theme=theme
            )
            write_text(staged / page_name(lang, langs[0]), shown)
        if "ipynb" in options.formats and index == 0:
            write_text(staged / "report.ipynb", cleaned(notebook))
        _write_faces(staged, lang, "" if lang == langs[0] else f".{lang}", options)


def _engine(options: Options) -> str:
    """Who runs the cells: ours can run here, where nobody else's shell is at work."""
    if options.engine:
        return options.engine
    ipython = sys.modules.get("IPython")
    within = ipython is not None and ipython.get_ipython() is not None
    return KERNEL if within or options.notebook else IN_PROCESS


def _write_faces(staged: Path, lang: str, suffix: str, options: Options) -> None:
    """The formats made from the saved document."""
    from toolkit.outline.build import outline

    wanted = [name for name in FACES if name in options.formats]
    if not wanted:
        return
    diagnosis = load(staged / DIAGNOSIS, options.method)
    given = Material(
        document=outline(diagnosis, lang), diagnosis=diagnosis, theme=load_theme(options.theme)
    )
    for name in wanted:
        face(name).write(given, staged, suffix)


def _carry(source: Path, staged: Path, *, pages: bool) -> None:
    """Keep what an earlier run of the same diagnosis wrote and this one did not."""
    for name, whole in whole_files(source).items():
        if not whole or (staged / name).exists():
            continue
        if pages or not written(name):
            (staged / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / name, staged / name)


def written(name: str) -> bool:
    """Whether a file is a page, a notebook or of a face: made anew from the saved diagnosis.

    >>> written("report.en.pdf"), written("findings.csv"), written("quarantine.csv")
    (True, True, False)
    """
    if name.endswith(".csv"):
        return name.startswith(TABLES)
    return name.endswith(tuple(f".{one}" for one in FORMATS))


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and sha256_file(one) == sha256_file(other)


def _first_language(final: Path) -> str | None:
    path = final / MANIFEST
    if not path.is_file():
        return None
    lang = json.loads(path.read_text(encoding="utf-8")).get("lang")
    return str(lang) if lang else None


def _client(staged: Path) -> Mapping[str, Any]:
    document = json.loads((staged / DIAGNOSIS).read_text(encoding="utf-8"))
    client: Mapping[str, Any] = document["client"]
    return client


def _about(staged: Path, first: str, options: Options) -> dict[str, Any]:
    """What the manifest says of a report beside its files."""
    document = json.loads((staged / DIAGNOSIS).read_text(encoding="utf-8"))
    return {
        "client_id": document["client"]["client_id"],
        "run_date": document["run_date"],
        "lang": first,
        "toolkit_version": document["toolkit_version"],
        "summary": summary_of(document, leading_figures(load_method(*_folders(options)))),
    }


def _note_failure(final: Path, error: ToolkitError) -> None:
    problems = [
        {"code": one.code, "file": one.file, "row": one.row, "line": one.line, "key": one.key}
        for one in error.problems
    ]
    with contextlib.suppress(OSError):
        final.mkdir(parents=True, exist_ok=True)
        write_json(final / "failure.json", {"code": error.code, "problems": problems})
