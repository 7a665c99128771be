"""The page before the site: which language?"""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from staging import LANGUAGES

from toolkit.method import Method
from toolkit.words import words


def start_page(method: Method) -> str:
    """HTML of the page that leads to either language."""
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "pages"),
        undefined=StrictUndefined,
        autoescape=select_autoescape(),
    )
    books = [words(method, lang) for lang in LANGUAGES]
    return templates.get_template("start.html").render(books=books)
