"""What the method says and where the product holds it, as a reader sees it, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.method import Method
from toolkit.words import Words, words

KINDS = ("object", "rule", "fact", "question", "content", "lesson")
MUST, OPEN = "must", "open slot"
UNSIGNED = "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTable:
    """The statements of one article: a title that cites it, and rows of ``head``'s columns."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage:
    """The page: opening sentences, and a table for each article."""

    title: str
    opening: tuple[str, ...]
    head: tuple[str, ...]
    tables: tuple[SourceTable, ...]


def sources_page(listed: Iterable[Mapping[str, Any]], method: Method, lang: str) -> SourcesPage:
    """Every statement with its places, grouped by article.

    Args:
        listed: rows of ``rules.listing.list_sources``.
        method: holds the words and the titles of rules, questions and figures.
        lang: language of the page.
    """
    book, rows = words(method, lang), list(listed)
    must = [row for row in rows if row["need"] == MUST]
    covered = sum(bool(row["where"]) for row in must)
    articles = dict.fromkeys(str(row["id"]).split("-")[0] for row in rows)
    return SourcesPage(
        title=book.text("sources.page.title"),
        opening=(
            book.text("sources.page.opening"),
            book.text("sources.page.covered", covered=covered, total=len(must)),
            book.text("sources.page.open"),
        ),
        head=tuple(book.text(f"sources.page.column.{n}") for n in ("id", "statement", "where")),
        tables=tuple(_table(article, rows, book) for article in articles),
    )


def _table(article: str, rows: list[Mapping[str, Any]], book: Words) -> SourceTable:
    about = {n: book.text(f"sources.article.{article}.{n}") for n in ("title", "author", "site")}
    cited = [about[name] for name in ("author", "site") if about[name] != UNSIGNED]
    by = book.text("sources.page.separator").join(cited)
    return SourceTable(
        title=book.text("sources.page.article", id=article, title=about["title"], by=by),
        rows=tuple(
            (str(row["id"]), _statement(row, book), _where(row, book))
            for row in rows
            if str(row["id"]).startswith(f"{article}-")
        ),
    )


def _statement(row: Mapping[str, Any], book: Words) -> str:
    term = book.text(f"sources.{row['id']}.term")
    meaning = book.text(f"sources.{row['id']}.meaning")
    return book.text("sources.page.statement", term=term, meaning=meaning)


def _where(row: Mapping[str, Any], book: Words) -> str:
    """Places by kind, each with its title; an open slot says that it is open."""
    lines = [book.text("sources.page.slot")] if row["need"] == OPEN else []
    for kind in KINDS:
        names = [place["name"] for place in row["where"] if place["kind"] == kind]
        if names:
            titles = book.text("sources.page.separator").join(
                _named(kind, name, book) for name in dict.fromkeys(names)
            )
            lines.append(book.text(f"sources.page.kind.{kind}", names=titles))
    return "\n".join(lines) or book.text("sources.page.context")


def _named(kind: str, name: str, book: Words) -> str:
    keys = {
        "object": (f"frameworks.objects.{name}.title", f"frameworks.objects.{name}.name"),
        "rule": (f"rules.{name}.title",),
        "fact": (f"definitions.{name}.name",),
        "question": (f"questions.{name}.text",),
        "lesson": (f"lessons.{name}.title",),
        "content": (),
    }
    found = next((book.text(key) for key in keys[kind] if book.has(key)), "")
    return book.text("sources.page.named", name=name, title=found) if found else name
