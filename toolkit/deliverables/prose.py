"""Markdown cells as HTML: no raw HTML, no picture, no address but those within the page."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


def prose_html(source: str) -> str:
    """Markdown as HTML, everything in it escaped.

    >>> prose_html("a **b** <script>")
    '<p>a <strong>b</strong> &lt;script&gt;</p>'
    """
    return str(_markdown()(source)).strip()


@lru_cache(maxsize=1)
def _markdown() -> Any:
    import mistune

    class Safe(mistune.HTMLRenderer):
        """HTML that asks for nothing: a picture is its words, a far link its text and address."""

        def image(self, text: str, url: str, title: str | None = None) -> str:
            """The words of a picture."""
            return str(mistune.escape(text))

        def link(self, text: str, url: str, title: str | None = None) -> str:
            """A link within the page; any other as text with its address."""
            if url.startswith("#"):
                return f'<a href="{mistune.escape(url)}">{text}</a>'
            return f"{text} ({mistune.escape(url)})"

    return mistune.create_markdown(renderer=Safe(escape=True), plugins=["table"])
