"""Verify: recompute facts and yen, then hold every number of the deliverables against them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from toolkit.deliverables.difference import Difference, Verification
from toolkit.deliverables.faces import FACES, Material, face, file_name
from toolkit.deliverables.theme import standard
from toolkit.diagnosis.amounts import amounts
from toolkit.diagnosis.changes.figures import change_figures
from toolkit.diagnosis.diagnose import diagnose
from toolkit.diagnosis.document import Diagnosis
from toolkit.diagnosis.saving import from_document, load, to_document
from toolkit.errors import UsageError
from toolkit.facts import Value
from toolkit.outline.blocks import Outline, spans
from toolkit.outline.build import outline
from toolkit.store import MANIFEST, significant, to_json, whole_files


def verify(
    folder: str | Path, client: str | Path, method: str | Path | None = None
) -> Verification:
    """Recompute a client's facts and yen; compare diagnosis.json, every page, and the manifest.

    Args:
        folder: the client's output folder, or its parent.
        client: the client's folder.
        method: the firm's folder the report was judged by.

    Raises:
        UsageError: there is no diagnosis in the folder.
        InputError: the client's files can no longer be read.
    """
    place = _place(Path(folder), Path(client), method)
    saved = load(place, method)
    again = diagnose(client, as_of=saved.run_date, method=method)
    kept = as_saved(again)
    differences = [*_files(place), *_facts(saved, again), *_yen(saved, again)]
    checked = len(saved.facts) + len(_amounts(saved))
    for page in sorted(place.glob("report*.html")):
        printed = printed_numbers(page.read_text(encoding="utf-8"))
        lang = printed.lang or "ja"
        checked += len(printed.numbers)
        found = [list(_page(page.name, printed, outline(one, lang))) for one in (kept, again)]
        differences += found[0] if len(found[0]) < len(found[1]) else found[1]
    for one in _faces(place, kept):
        checked += one.checked
        differences += one.differing
    return Verification(checked=checked, differing=tuple(differences))


def as_saved(diagnosis: Diagnosis) -> Diagnosis:
    """The diagnosis as its document has it, to ten digits: what all but the first page is made of.

    The first page is made before the document is read back, so that a figure at the very edge
    may be rounded the other way; both are right.
    """
    document = json.loads(to_json(to_document(diagnosis)))
    made = from_document(document, diagnosis.evidence)
    return replace(made, method_folders=diagnosis.method_folders)


def _faces(place: Path, again: Diagnosis) -> Iterator[Verification]:
    """What the other formats print, in each language there is."""
    first = written_in(place)
    for lang in (first, *(one for one in again.content.words if one != first)):
        suffix = "" if lang == first else f".{lang}"
        for name in FACES:
            if list(place.glob(f"*{suffix}.{name}")) and _has(place, name, suffix):
                given = Material(document=outline(again, lang), diagnosis=again, theme=standard())
                yield face(name).check(given, place, suffix)


def _has(place: Path, name: str, suffix: str) -> bool:
    return (place / file_name(face(name).FILE, suffix)).is_file()


def written_in(folder: Path) -> str:
    """The language of a report's first page, as its manifest says."""
    path = folder / MANIFEST
    given = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return str(given.get("lang") or "ja")


def _place(folder: Path, client: Path, method: str | Path | None) -> Path:
    if (folder / "diagnosis.json").is_file():
        return folder
    found = [path.parent for path in sorted(folder.glob("*/diagnosis.json"))]
    for path in found:
        if path.name == client.resolve().name or len(found) == 1:
            return path
    raise UsageError("no_diagnosis", params={"file": str(folder), "detail": "diagnosis.json"})


def _files(place: Path) -> Iterator[Difference]:
    for name, whole in whole_files(place).items():
        if not whole:
            yield Difference(format="file", fact=name, printed="changed", recomputed=None)


def _facts(saved: Diagnosis, again: Diagnosis) -> Iterator[Difference]:
    for key in dict.fromkeys([*saved.facts, *again.facts]):
        old, new = saved.facts.get(key), again.facts.get(key)
        was = old.value if old is not None else None
        now = new.value if new is not None else None
        if _plain(was) != _plain(now):
            yield Difference(
                format="diagnosis", fact=key, printed=_shown(was), recomputed=_shown(now)
            )


def _yen(saved: Diagnosis, again: Diagnosis) -> Iterator[Difference]:
    """Amounts that do not come out again: of findings and plan, and of what changed since."""
    old, new = _amounts(saved), _amounts(again)
    for key in dict.fromkeys([*old, *new]):
        was, now = old.get(key), new.get(key)
        if _plain(was) != _plain(now):
            yield Difference(
                format="diagnosis", fact=key, printed=_shown(was), recomputed=_shown(now)
            )


def _amounts(diagnosis: Diagnosis) -> dict[str, Value]:
    return {**amounts(diagnosis), **change_figures(diagnosis)}


def _plain(value: Value) -> Any:
    if isinstance(value, float | int) and not isinstance(value, bool):
        return significant(float(value))
    return value


def _shown(value: Value) -> str | None:
    return None if value is None else str(_plain(value))


def _page(name: str, printed: Printed, document: Outline) -> Iterator[Difference]:
    expected: dict[str, set[str]] = {}
    for span in spans(document.sections):
        if span.fact is not None:
            expected.setdefault(span.fact, set()).add(_squeezed(span.text))
    seen: dict[str, set[str]] = {}
    for fact, text in printed.numbers:
        seen.setdefault(fact, set()).add(_squeezed(text))
        if _squeezed(text) not in expected.get(fact, set()):
            right = " / ".join(sorted(expected.get(fact, set()))) or None
            yield Difference(format=name, fact=fact, printed=text, recomputed=right)
    for fact in expected:
        if fact not in seen:
            right = " / ".join(sorted(expected[fact]))
            yield Difference(format=name, fact=fact, printed=None, recomputed=right)


def _squeezed(text: str) -> str:
    return "".join(text.split())


class Printed(HTMLParser):
    """The numbers of a page: ``numbers`` are pairs of fact key and text, ``lang`` the page's."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.numbers: list[tuple[str, str]] = []
        self.lang: str | None = None
        self._fact: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a number where ``<data data-fact=…>`` begins."""
        given = dict(attrs)
        if tag == "html":
            self.lang = given.get("lang")
        if tag == "data" and given.get("data-fact"):
            self._fact, self._text = given["data-fact"], ""

    def handle_data(self, data: str) -> None:
        """Collect the text of the open number."""
        if self._fact is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        """Close the open number."""
        if tag == "data" and self._fact is not None:
            self.numbers.append((self._fact, self._text))
            self._fact = None


def printed_numbers(page: str) -> Printed:
    """The numbers that a page prints.

    >>> printed_numbers('<html lang="ja"><data data-fact="customers.count">3人</data>').numbers
    [('customers.count', '3人')]
    """
    parser = Printed()
    parser.feed(page)
    return parser
