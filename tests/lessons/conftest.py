from collections.abc import Callable

import pytest

from toolkit.frameworks import FitCell, Need, Planning, Value
from toolkit.lessons import Lesson, lesson


@pytest.fixture(scope="module", params=["ja", "en"])
def shipped(request: pytest.FixtureRequest) -> Lesson:
    """The lesson on value and target with its own firm, in both languages."""
    return lesson("value_and_target", lang=request.param)


@pytest.fixture
def about() -> Callable[..., Lesson]:
    """The lesson about a firm given by its needs and pairs."""

    def made(needs: list[tuple[str, float, str]], pairs: list[tuple[float, ...]]) -> Lesson:
        canvas = [
            Need(f"need {n}", kind=kind, importance=weight, covered=covered)
            for n, (kind, weight, covered) in enumerate(needs)
        ]
        names = ("reach", "need", "pay", "ability")
        fit = [
            FitCell(value=f"value {n}", target="all", **dict(zip(names, scores, strict=True)))
            for n, scores in enumerate(pairs)
        ]
        objects = {"value": Value(canvas=canvas), "planning": Planning(fit=fit)}
        return lesson("value_and_target", lang="en").use(objects)

    return made
