"""Verify: recompute facts and yen, then hold every number of the deliverables against them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from toolkit.diagnosis.amounts import amounts
from toolkit.diagnosis.diagnose import diagnose
from toolkit.diagnosis.document import Diagnosis
from toolkit.diagnosis.saving import load
from toolkit.errors import UsageError
from toolkit.facts import Value
from toolkit.outline.blocks import Outline, Span
from toolkit.outline.build import outline
from toolkit.store import significant, whole_files


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One number that does not stand: where, which fact, what is printed, what it should be."""

    format: str
    fact: str
    printed: str | None
    recomputed: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """How many numbers were checked, and those that differ."""

    checked: int
    differing: tuple[Difference, ...]


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
    differences = [*_files(place), *_facts(saved, again), *_yen(saved, again)]
    checked = len(saved.facts) + len(amounts(saved))
    for page in sorted(place.glob("report*.html")):
        printed = printed_numbers(page.read_text(encoding="utf-8"))
        lang = printed.lang or "ja"
        checked += len(printed.numbers)
        differences += _page(page.name, printed, outline(again, lang))
    return Verification(checked=checked, differing=tuple(differences))


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
    """Amounts that do not come out again: gaps, ranges, shares, effects, nets, sums."""
    old, new = amounts(saved), amounts(again)
    for key in dict.fromkeys([*old, *new]):
        was, now = old.get(key), new.get(key)
        if _plain(was) != _plain(now):
            yield Difference(
                format="diagnosis", fact=key, printed=_shown(was), recomputed=_shown(now)
            )


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


def spans(parts: Iterable[object]) -> Iterator[Span]:
    """Every span of a document, in reading order."""
    for part in parts:
        if isinstance(part, Span):
            yield part
        elif isinstance(part, tuple):
            yield from spans(part)
        elif is_dataclass(part):
            yield from spans(getattr(part, one.name) for one in fields(part))


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
