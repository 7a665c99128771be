"""Speaking on the screen: words of the reader's language to stderr, results to stdout."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from toolkit.errors import Problem, ToolkitError
from toolkit.words import Words, error_text, problem_text, screen_words

LANGUAGES = ("ja", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """A language, its words for the screen, and the two streams."""

    lang: str

    @property
    def words(self) -> Words:
        """Words of the commands and of errors only: quick to load."""
        return screen_words(self.lang)

    def text(self, key: str, /, **params: Any) -> str:
        """A sentence."""
        return self.words.text(key, **params)

    def say(self, key: str, /, **params: Any) -> None:
        """A sentence to stderr."""
        click.echo(self.text(key, **params), err=True)

    def show(self, document: Any) -> None:
        """One JSON document to stdout: UTF-8, no NaN."""
        from toolkit.store import to_json

        sys.stdout.buffer.write(to_json(document).encode("utf-8"))
        sys.stdout.flush()

    def line(self, text: str) -> None:
        """A line of the result to stdout."""
        click.echo(text)

    def error(self, error: ToolkitError, as_json: bool) -> int:
        """Tell an error, with all its problems; the exit code is its own."""
        if as_json:
            self.show({"error": self.error_document(error)})
        else:
            click.echo(error_text(error, self.words), err=True)
        return error.exit_code

    def error_document(self, error: ToolkitError) -> dict[str, Any]:
        """An error as the JSON document of the contract."""
        book = self.words
        first = error.problems[0] if error.problems else None
        message, fix = problem_text(first, book) if first else ("", "")
        own = f"errors.{error.code}"
        return {
            "code": error.code,
            "message": book.text(f"{own}.message", **error.params)
            if book.has(f"{own}.message")
            else message,
            "fix": book.text(f"{own}.fix", **error.params) if book.has(f"{own}.fix") else fix,
            "problems": [self.problem(one) for one in error.problems],
        }

    def problem(self, problem: Problem) -> dict[str, Any]:
        """One problem as a document: its place, its value, what is wrong and what to do."""
        message, fix = problem_text(problem, self.words)
        names = ("code", "file", "sheet", "row", "line", "column", "key", "value")
        return {**{n: getattr(problem, n) for n in names}, "message": message, "fix": fix}

    def usage(self, error: click.ClickException, as_json: bool) -> int:
        """Tell a wrong use of the command line."""
        code = _USAGE.get(type(error).__name__, "wrong_usage")
        params = {"detail": error.format_message(), "name": _named(error)}
        message = self.text(f"cli.usage.{code}.message", **params)
        fix = self.text(f"cli.usage.{code}.fix", **params)
        if as_json:
            self.show({"error": {"code": code, "message": message, "fix": fix}})
        else:
            click.echo(f"{message}\n  → {fix}", err=True)
        return 2


_USAGE = {
    "NoSuchOption": "no_such_option",
    "NoSuchCommand": "no_such_command",
    "MissingParameter": "missing_parameter",
    "BadParameter": "bad_parameter",
}


def _named(error: click.ClickException) -> str:
    name = getattr(error, "option_name", None)
    parameter = getattr(error, "param", None)
    if name is None and parameter is not None:
        name = parameter.opts[0] if parameter.opts else parameter.name
        if isinstance(parameter, click.Argument):
            name = parameter.make_metavar(click.Context(click.Command("toolkit")))
    return str(name or "")


def speech(lang: tuple[str, ...] | None, client: Path | None = None) -> Speech:
    """The language to speak: --lang, else the client's, else TOOLKIT_LANG, else Japanese."""
    wanted = [*(lang or ())[:1], _client_lang(client), os.environ.get("TOOLKIT_LANG")]
    known = [one for one in wanted if one in LANGUAGES]
    return Speech(lang=known[0] if known else "ja")


def _client_lang(client: Path | None) -> str | None:
    """``lang`` of a client.yaml, read as text: the file may be wrong, and that is told later."""
    for folder in (client, Path("clients") / client) if client else ():
        path = folder / "client.yaml"
        if path.is_file():
            for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
                key, _, value = line.partition(":")
                if key == "lang":
                    return value.split("#")[0].strip().strip("\"'")
    return None
