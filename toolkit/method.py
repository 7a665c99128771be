"""The method as data: content files of ours, overlaid entry by entry, key by key, by a firm's.

A layer is a folder. Each section is one file (``thresholds.toml``) or a folder of files
(``rules/*.toml``); both may stand together. Each top-level table of such a file is an entry.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from toolkit import resources
from toolkit.errors import MethodError, Problem

SECTIONS = (
    "adapters",
    "applies",
    "benchmarks",
    "chains",
    "charts",
    "columns",
    "deck",
    "faults",
    "glossary",
    "hypotheses",
    "legal",
    "levers",
    "marketplaces",
    "measures",
    "meetings",
    "objects",
    "personal",
    "questions",
    "report",
    "requests",
    "rules",
    "shapes",
    "sources",
    "thresholds",
    "tree",
    "worlds",
)
LANGUAGES = ("ja", "en")
SAID = ("words", "lessons", "invented")
"""Folders that say, teach and invent: a month is not judged by another method for their sake."""
OWN = "toolkit"
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Mapping[str, Any]):
    """One entry of content: its keys, and for each key the layer it came from."""

    id: str
    values_: Mapping[str, Any]
    layers: Mapping[str, str]
    file: str
    line: int

    def __getitem__(self, key: str) -> Any:
        """The value under a key of the entry."""
        return self.values_[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_)

    def __len__(self) -> int:
        return len(self.values_)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A folder of content and its name; the hash stands for all that judges, not for its words."""

    name: str
    folder: Path
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """All content after overlay: a mapping of entries per section, and words per language.

    ``removed`` names, per section, the entries that a firm has turned off; ``kept`` holds what
    was made of the content alone (``once_a_method``).
    """

    layers: tuple[Layer, ...]
    sections: Mapping[str, Mapping[str, Entry]]
    words: Mapping[str, Mapping[str, str]] = field(repr=False)
    removed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    kept: dict[Any, Any] = field(init=False, default_factory=dict, repr=False, compare=False)

    def section(self, name: str) -> Mapping[str, Entry]:
        """Entries of one section by id, in the order in which they were first declared."""
        return self.sections.get(name, {})


def once_a_method(
    make: Callable[Concatenate[Method, P], T],
) -> Callable[Concatenate[Method, P], T]:
    """Make a thing that follows from the content alone once, however many clients are judged by it.

    Arguments beside the method are hashable; what is made must be left as it is.
    """

    @wraps(make)
    def again(method: Method, /, *args: P.args, **named: P.kwargs) -> T:
        key = (make.__module__, make.__qualname__, args, *named.items())
        if key not in method.kept:
            method.kept[key] = make(method, *args, **named)
        found: T = method.kept[key]
        return found

    return again


@lru_cache(maxsize=8)
def load_method(*folders: Path) -> Method:
    """Our content with each folder overlaid in turn.

    Raises:
        MethodError: with file and line of every fault of a firm's folder.
    """
    layers = [_layer(OWN, resources.content())]
    layers += [_layer(_layer_name(folder), folder) for folder in folders]
    problems: list[Problem] = []
    sections = {name: _overlay(name, layers, problems) for name in SECTIONS}
    words = {lang: _words(lang, layers, problems) for lang in _languages(layers)}
    if problems:
        raise MethodError("method_wrong", problems)
    removed = {name: _removed(name, layers, entries) for name, entries in sections.items()}
    return Method(layers=tuple(layers), sections=sections, words=words, removed=removed)


def _removed(section: str, layers: list[Layer], entries: Mapping[str, Entry]) -> frozenset[str]:
    if len(layers) == 1:
        return frozenset()
    folder = layers[0].folder
    own = (_parse(path, folder, []) for path in _files(folder, section))
    return frozenset(name for tree in own for name in tree) - set(entries)


def _layer_name(folder: Path) -> str:
    if not folder.is_dir():
        raise MethodError("method_missing", params={"folder": str(folder)})
    return f"method:{folder.resolve().name}"


def _layer(name: str, folder: Path) -> Layer:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.toml")):
        if path.relative_to(folder).parts[0] in SAID:
            continue
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return Layer(name=name, folder=folder, sha256=digest.hexdigest())


def _languages(layers: list[Layer]) -> list[str]:
    found = {p.name for layer in layers for p in (layer.folder / "words").glob("*") if p.is_dir()}
    return [*LANGUAGES, *sorted(found - set(LANGUAGES))]


def _files(folder: Path, section: str) -> list[Path]:
    own = folder / f"{section}.toml"
    return ([own] if own.is_file() else []) + sorted((folder / section).glob("*.toml"))


def _overlay(section: str, layers: list[Layer], problems: list[Problem]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for layer in layers:
        for path in _files(layer.folder, section):
            lines = _lines_of(path)
            for entry_id, values in _parse(path, layer.folder, problems).items():
                place = (path.relative_to(layer.folder).as_posix(), lines.get(entry_id, 1))
                _lay(entries, entry_id, values, layer, place, problems)
    return entries


def _lay(  # noqa: PLR0913 — one entry, where it goes, and where faults go
    entries: dict[str, Entry],
    entry_id: str,
    values: Any,
    layer: Layer,
    place: tuple[str, int],
    problems: list[Problem],
) -> None:
    old = entries.get(entry_id)
    fault = _fault(entry_id, values, old, layer, entries)
    if fault is not None:
        code, params = fault
        problems.append(
            Problem(code=code, file=place[0], line=place[1], key=entry_id, params=params)
        )
        return
    kept = {key: value for key, value in values.items() if key not in ("new", "off")}
    if values.get("off"):
        entries.pop(entry_id, None)
        return
    entries[entry_id] = Entry(
        id=entry_id,
        values_={**(old.values_ if old else {}), **kept},
        layers={**(old.layers if old else {}), **dict.fromkeys(kept, layer.name)},
        file=place[0],
        line=place[1],
    )


def _fault(
    entry_id: str, values: Any, old: Entry | None, layer: Layer, known: Mapping[str, Entry]
) -> tuple[str, dict[str, str]] | None:
    if not isinstance(values, dict):
        return "method_not_an_entry", {}
    if layer.name == OWN:
        return ("method_entry_twice", {}) if old is not None else None
    if old is None and not values.get("new"):
        near = difflib.get_close_matches(entry_id, known, n=1)
        return "method_unknown_entry", {"near": near[0] if near else ""}
    return None


def _words(lang: str, layers: list[Layer], problems: list[Problem]) -> dict[str, str]:
    words: dict[str, str] = {}
    for layer in layers:
        for path in sorted((layer.folder / "words" / lang).glob("*.toml")):
            words |= dict(
                flat_words(path.stem.split("__")[0], _parse(path, layer.folder, problems))
            )
    return words


def flat_words(prefix: str, tree: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Sentences of a words file by dotted key; ``errors__core.toml`` adds to ``errors``."""
    for key, value in tree.items():
        name = f"{prefix}.{key}"
        if isinstance(value, dict):
            yield from flat_words(name, value)
        else:
            yield name, str(value)


def _parse(path: Path, folder: Path, problems: list[Problem]) -> dict[str, Any]:
    try:
        return _tree(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        problems.append(
            Problem(
                code="method_not_toml",
                file=path.relative_to(folder).as_posix(),
                line=int(line[1]) if line else None,
                params={"detail": str(error)},
            )
        )
        return {}


@lru_cache(maxsize=1024)
def _tree(text: str) -> dict[str, Any]:
    """A file of content by its text: what we ship is equal under the folder of every firm."""
    return tomllib.loads(text)


def _lines_of(path: Path) -> dict[str, int]:
    """Line of each entry's heading in a file."""
    heading = re.compile(r'\["?([^"\]]+)"?\]\s*(#.*)?')
    found: dict[str, int] = {}
    for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1):
        match = heading.fullmatch(line.strip())
        if match:
            found.setdefault(match[1], number)
    return found
