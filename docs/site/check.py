"""What a browser would stumble over in the finished site: links that lead nowhere, other hosts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOADED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src"}
# Links of the head that tell of another page and load nothing.
TOLD = {"next", "prev", "index", "search", "canonical", "author"}


class _Page(HTMLParser):
    """Ids, links and loaded addresses of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = {"", "top"}
        self.links: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.update(given[name] for name in ("id", "name") if name in given)
        address = given.get(LOADED.get(tag, "href"))
        if address is None:
            return
        self.links.append(address)
        if tag in LOADED and given.get("rel") not in TOLD:
            self.loads.append(address)


@cache
def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def broken_links(site: Path) -> Iterator[str]:
    """Each local address of a page whose file or whose place in the file is not there."""
    for path in sorted(site.rglob("*.html")):
        for address in dict.fromkeys(_read(path).links):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            anchored = parts.fragment and target.suffix == ".html" and target.is_file()
            if not target.is_file() or (
                anchored and unquote(parts.fragment) not in _read(target).ids
            ):
                yield f"{path.relative_to(site).as_posix()}: {address}"


def foreign_addresses(site: Path) -> Iterator[str]:
    """Each address of another host that a page would load by itself."""
    for path in sorted(site.rglob("*.html")):
        for address in dict.fromkeys(_read(path).loads):
            if urlsplit(address).netloc:
                yield f"{path.relative_to(site).as_posix()}: {address}"
    for path in sorted(site.rglob("*.css")):
        if "url(http" in path.read_text(encoding="utf-8").replace("'", "").replace('"', ""):
            yield path.relative_to(site).as_posix()
