"""The operator's pages: filled templates with one font, kept from night to night."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import html
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from toolkit.lock import LEDGER
from toolkit.resources import folder
from toolkit.store import sha256_bytes, write_text
from toolkit.words import printable

if TYPE_CHECKING:
    from jinja2 import Environment

FONT_PLACE = "/* fonts */"
FONT_FILE = "font.css"
FAILURES = "failure"
"""How the names of their pages begin; no id holds a dot, so none stands in a client's place."""
MOST_NAME = 120
"""Bytes of an id in a file's name; in place of a longer one stands its hash."""


def filled(template: str, values: Mapping[str, Any]) -> str:
    """A page without its font."""
    return _templates().get_template(template).render(**values)


@cache
def script(name: str) -> dict[str, str]:
    """A script of ours for a page and the hash its policy allows: no other one runs there."""
    text = (folder("templates") / "batch" / name).read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return {"script": text, "script_hash": f"sha256-{digest}"}


@cache
def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader

    made = Environment(
        loader=FileSystemLoader(folder("templates") / "batch"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["address"] = lambda path: quote(path, safe="/")
    return made


def get_fonts() -> None:
    """Read the fonts that pages are cut from, at a time of one's own choosing."""
    from toolkit.deliverables import fonts  # noqa: F401 — imported now, that it need not be later
    from toolkit.deliverables.font_file import source

    for bold in (False, True):
        source(bold)


def with_font(pages: Mapping[Path, str], out: Path, name: str) -> None:
    """Write pages that share one font, which holds the characters of all of them.

    Cutting a font takes longer than all the rest: it is kept beside the ledger, and a night that
    shows the same characters takes it from there.
    """
    marks = "".join(sorted(set().union(*pages.values()) if pages else ()))
    css = _kept(out / LEDGER / f"{name}.{FONT_FILE}", marks)
    for path, shown in pages.items():
        write_text(path, shown.replace(FONT_PLACE, css, 1))


def _kept(path: Path, marks: str) -> str:
    with contextlib.suppress(OSError, ValueError):
        stamp, _, css = path.read_text(encoding="utf-8").partition("\n")
        if stamp == _stamp(marks, css):
            return css
    from toolkit.deliverables.fonts import fonts

    shown = html.escape(marks)
    css = fonts(f"<p>{shown}</p><p><b>{shown}</b></p>").css
    write_text(path, f"{_stamp(marks, css)}\n{css}")
    return css


def _stamp(marks: str, css: str) -> str:
    """What a kept font is of: the characters it was cut to, and itself."""
    return f"/* {sha256_bytes((marks + css).encode())} */"


def failure_page(client_id: str) -> str:
    """Where the page of a client that failed stands, as seen from the index.

    >>> failure_page("aoyama")
    'failure.aoyama.html'
    """
    name = client_id
    said = client_id.encode("utf-8", "surrogateescape")
    if len(said) > MOST_NAME or printable(client_id) != client_id or set("/\\") & set(client_id):
        name = hashlib.sha256(said).hexdigest()[:32]
    return f"{FAILURES}.{name}.html"
