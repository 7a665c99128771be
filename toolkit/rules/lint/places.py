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
    for layer in reversed(method.layers):
        for path in sorted((layer.folder / "words" / lang).glob("*.toml"), reverse=True):
            line = _line(path, key)
            if line is not None:
                name = f"words/{lang}/{path.name}"
                return Problem(code=code, file=name, line=line, key=key, value=text[:SHOWN])
    return Problem(code=code, file=f"words/{lang}", key=key, value=text[:SHOWN])


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
