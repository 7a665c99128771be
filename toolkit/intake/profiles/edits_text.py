"""Edits as the lines of edits.yaml that say the same."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.intake.profiles.edit import EVERY, WORDS, Edit, Texts

TEXTS = (*WORDS, "comment")
PLAIN = ("due", "status", "on")
ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def edits_text(edits: Iterable[Edit]) -> str:
    """The lines of some edits, each text quoted so that it reads back as it was.

    >>> print(edits_text([Edit(id="AFT006", assignee="店長", due="2026-12-01", line=1)]))
    AFT006:
      assignee: "店長"
      due: 2026-12-01
    """
    return "\n".join(line for edit in edits for line in _lines(edit))


def _lines(edit: Edit) -> Iterable[str]:
    yield f"{edit.id}:"
    for name in ("assignee", "due", "status", "reason"):
        if value := getattr(edit, name):
            yield f"  {name}: {value if name in PLAIN else quoted(value)}"
    for name in TEXTS:
        yield from _texts(name, getattr(edit, name))
    for name in ("by", "on"):
        if value := getattr(edit, name):
            yield f"  {name}: {value if name in PLAIN else quoted(value)}"


def _texts(name: str, texts: Texts) -> Iterable[str]:
    """A text for every language as a scalar, else a map by language."""
    if EVERY in texts:
        yield f"  {name}: {quoted(texts[EVERY])}"
    elif texts:
        yield f"  {name}:"
        yield from (f"    {lang}: {quoted(text)}" for lang, text in texts.items())


def quoted(text: str) -> str:
    r"""A text as a double-quoted scalar of YAML; what cannot be seen is written out.

    >>> quoted('say "yes"\n\u2028')
    '"say \\"yes\\"\\n\\u2028"'
    """
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(mark: str) -> str:
    if mark in ESCAPED:
        return ESCAPED[mark]
    if mark.isprintable() or mark == "\u3000":
        return mark
    code = ord(mark)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
