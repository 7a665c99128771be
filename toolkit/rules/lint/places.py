"""Where a sentence stands: its file and line in the last layer that has it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from toolkit.errors import Problem
from toolkit.method import Method, flat_words

SHOWN = 60


def sentence_place(method: Method, lang: str, key: str, code: str, text: str) -> Problem:
    """A problem of one sentence."""
    _, path, line = _last(method, lang, key)
    name = f"words/{lang}/{path.name}" if path else f"words/{lang}"
    return Problem(code=code, file=name, line=line, key=key, value=text[:SHOWN])


def layer_of(method: Method, lang: str, key: str) -> int:
    """Number of the last layer that has a sentence: 0 is ours, −1 tells that none has it."""
    return _last(method, lang, key)[0]


def _last(method: Method, lang: str, key: str) -> tuple[int, Path | None, int | None]:
    for number, layer in reversed(list(enumerate(method.layers))):
        for path in sorted((layer.folder / "words" / lang).glob("*.toml"), reverse=True):
            line = _line(path, key)
            if line is not None:
                return number, path, line
    return -1, None, None


def _line(path: Path, key: str) -> int | None:
    text = path.read_text(encoding="utf-8")
    prefix = path.stem.split("__")[0]
    if key not in dict(flat_words(prefix, tomllib.loads(text))):
        return None
    last, heading = key.rsplit(".", 1)[1], ""
    for number, line in enumerate(text.splitlines(), start=1):
        table = re.fullmatch(r"\[([^\]]+)\]\s*(#.*)?", line.strip())
        if table:
            heading = table[1].replace('"', "")
        name = line.split("=")[0].strip().strip('"')
        here = ".".join(part for part in (prefix, heading, name) if part)
        if here == key and name.endswith(last):
            return number
    return 1
