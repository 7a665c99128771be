"""All checks of a method in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from toolkit.errors import Problem
from toolkit.method import Method
from toolkit.rules.lint.cases import cases
from toolkit.rules.lint.circles import circles
from toolkit.rules.lint.conditions import conditions
from toolkit.rules.lint.entries import entries
from toolkit.rules.lint.numbers import numbers
from toolkit.rules.lint.sentences import sentences

CHECKS: tuple[Callable[[Method], Iterator[Problem]], ...] = (
    entries,
    conditions,
    numbers,
    circles,
    sentences,
)


def lint(method: Method) -> tuple[Problem, ...]:
    """Every mistake found in the content of a method; none where it can be used as it is.

    A firm's cases are run where all else is right. A file that is no TOML and an entry that
    nobody knows are refused earlier, when the method is loaded.
    """
    found = tuple(problem for check in CHECKS for problem in check(method))
    return found or tuple(cases(method))
