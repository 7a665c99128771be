"""Sentences: none missing in a language, equal placeholders, none without its entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

from toolkit.errors import Problem
from toolkit.method import LANGUAGES, OWN, Entry, Method
from toolkit.rules.lint.entries import at
from toolkit.rules.lint.places import layer_of, sentence_place

SECTIONS_OF_ENTRIES = ("rules", "benchmarks", "legal", "chains")


def sentences(method: Method) -> Iterator[Problem]:
    """Problems of the words of a method in every language it has."""
    for shape in method.section("shapes").values():
        for entry in method.section(shape.id).values():
            yield from _missing(method, entry, shape.id, [*shape.get("words", ()), *_own(entry)])
    yield from _placeholders(method)
    yield from _without_entry(method)


def _own(entry: Entry) -> Iterator[str]:
    """Sentences one entry needs beyond its section's: a strength, labels of choices and items."""
    if entry.get("strength"):
        yield "strength"
    for key, part in (("choices", "choices"), ("codes", "choices"), ("items", "items")):
        for code in entry.get(key, ()):
            yield f"{part}.{code}"


def _missing(method: Method, entry: Entry, section: str, wanted: list[str]) -> Iterator[Problem]:
    for lang in _languages(method, entry):
        book = method.words[lang]
        for name in wanted:
            if not book.get(f"{section}.{entry.id}.{name}", "").strip():
                yield at(entry, "lint_sentence_missing", lang=lang, name=name)


def _languages(method: Method, entry: Entry) -> list[str]:
    """Languages an entry must speak: both of ours; of a firm's own, those the firm writes."""
    named = set(entry.layers.values())
    if OWN in named:
        return list(LANGUAGES)
    folders = [layer.folder / "words" for layer in method.layers if layer.name in named]
    spoken = [lang for lang in LANGUAGES if any((one / lang).is_dir() for one in folders)]
    return spoken or [LANGUAGES[0]]


def _placeholders(method: Method) -> Iterator[Problem]:
    base = method.words[LANGUAGES[0]]
    for lang, book in method.words.items():
        for key, text in book.items():
            marks = placeholders(text)
            if marks is None:
                yield sentence_place(method, lang, key, "lint_braces", text)
            elif key in base and marks != placeholders(base[key]):
                changed = max((lang, LANGUAGES[0]), key=lambda one: layer_of(method, one, key))
                text = method.words[changed][key]
                yield sentence_place(method, changed, key, "lint_placeholders", text)


def placeholders(text: str) -> frozenset[str] | None:
    """Names in braces of a sentence, with what follows a colon; None where braces do not pair.

    >>> sorted(placeholders("{value}、{n:orders.count}"))
    ['n:orders.count', 'value:']
    """
    try:
        found = [(name, spec) for _, name, spec, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        return None
    return frozenset(f"{name}:{spec}" for name, spec in found)


def _without_entry(method: Method) -> Iterator[Problem]:
    for section in SECTIONS_OF_ENTRIES:
        known = {*method.section(section), *method.removed.get(section, ())}
        for lang, book in method.words.items():
            for key, text in book.items():
                match = re.match(rf"{section}\.(.+)\.[a-z_]+$", key)
                if match and match[1] not in known:
                    yield sentence_place(method, lang, key, "lint_sentence_unused", text)
