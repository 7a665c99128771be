"""No sentence lies idle: each is named by the code, by a template, or by an entry of content."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

from toolkit import resources
from toolkit.method import load_method

METHOD = load_method()
CODE = Path(resources.content()).parent
HOLE = "\0"
# Sentences of entries: the part after the prefix must be an entry of the section.
OF_ENTRIES = {
    "adapters.know": "adapters",
    "benchmarks": "benchmarks",
    "charts": "charts",
    "legal": "legal",
    "marks": "measures",
    "sources": "sources",
}
# Made of two codes that stand in no one place: labels of items, rules by which persons match, and
# the words of the slides, which the deck hands over as a whole.
COMPOSED = (
    "cli.doctor.use.",  # by the names of extras, which pyproject.toml has
    "common.item.",
    "common.step.",
    "deck.",
    "errors.persons.rule.",
    "frameworks.codes.",
    "lessons.",
    "site.",  # of the documentation, held by tests/docs
)


def strings(tree):
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield key
            yield from strings(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from strings(value)


@cache
def literals():
    """Every string of the code and of content, and f-strings with holes."""
    plain, holed = set(), set()
    for path in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                plain.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [v.value if isinstance(v, ast.Constant) else HOLE for v in node.values]
                holed.add("".join(map(str, parts)))
    for path in resources.content().rglob("*.toml"):
        if "words" not in path.parts:
            plain.update(strings(tomllib.loads(path.read_text(encoding="utf-8"))))
    return plain, {one for one in holed if HOLE in one and re.search("[a-z]", one)}


@cache
def patterns():
    _, holed = literals()
    return [re.compile("(.+?)".join(map(re.escape, one.split(HOLE)))) for one in holed]


@cache
def tokens():
    plain, _ = literals()
    return {part for text in plain for part in (text, *text.split("."))}


def of_an_entry(key):
    for prefix, section in OF_ENTRIES.items():
        if key.startswith(f"{prefix}."):
            rest = key.removeprefix(f"{prefix}.")
            ends = (rest, rest.removeprefix("tob."))  # counters of a seller to firms
            found = (
                f"{end}.".startswith(f"{one}.") for end in ends for one in METHOD.section(section)
            )
            return any(found) or rest.startswith("article.")
    return False


def used(key):
    if key in literals()[0] or of_an_entry(key) or key.startswith(COMPOSED):
        return True
    for pattern in patterns():
        match = pattern.fullmatch(key)
        if match and all(_known(part) for part in match.groups()):
            return True
    return False


def _known(part):
    return part in tokens() or all(one in tokens() or one.isdigit() for one in part.split("."))


def test_every_sentence_is_named_somewhere():
    idle = [key for key in METHOD.words["ja"] if not used(key)]
    assert [key for key in idle if not key.startswith(TOLD_BY_OPTION)] == []


# Composed twice over: from option names, and from codes that the code puts together first.
TOLD_BY_OPTION = (
    "report.column.next_",
    "cli.option.",
    "cli.read.proposal.",
    "count.",
    "errors.order_",
    "adapters.status.",
)


def test_an_idle_sentence_would_be_found():
    assert not used("report.never_said_anywhere")
    assert not used("marks.customers.no_such_figure")
    assert used("report.verdict.chain")
