import ast
import re
import tomllib
from collections.abc import Callable
from contextvars import copy_context
from pathlib import Path

import nbformat
import pytest
import yaml
from matplotlib.axes import Axes

from toolkit import resources
from toolkit.frameworks import FitCell, Need, Planning, Value
from toolkit.lessons import Lesson, Result, lesson
from toolkit.lessons.client_firm import ClientFirm, dataset


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


@pytest.fixture(scope="session")
def cases() -> Callable[[str], dict]:
    """The cases of a lesson: solutions, wrong answers with the mistake, further clients."""

    def read(name: str) -> dict:
        path = Path(__file__).parent / "cases" / f"{name}.yaml"
        return yaml.safe_load(path.read_text(encoding="utf-8"))

    return read


@pytest.fixture(scope="session")
def client() -> Callable[[str], ClientFirm]:
    """A shipped client by its name: the very one the lessons have opened."""
    return dataset


@pytest.fixture(scope="session")
def capstone_record() -> dict:
    """The record of the capstone, as its content has it."""
    return tomllib.loads(resources.content("lessons", "capstone.toml").read_text("utf-8"))


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, dict[str, str]], dict]:
    """Run a notebook's cells in this process with answers put in place of the blanks.

    Returns what each answer cell shows, by the name of its variable. Whatever a cell shows is
    shown, as JupyterLab would.
    """

    def run(path: Path, answers: dict[str, str]) -> dict:
        monkeypatch.chdir(path.parent)
        return copy_context().run(_run_cells, path, answers)

    return run


def _run_cells(path: Path, answers: dict[str, str]) -> dict:
    space: dict = {"__name__": "__main__"}
    shown = {}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        source, name = cell.source, None
        if found := re.match(r"(\w+) = ____\n", source):
            name = found[1]
            source = source.replace("____", f"({answers[name]})" if name in answers else "____", 1)
        value = _run_cell(source, space)
        _show(value)
        if name is not None and isinstance(value, Result):
            shown[name] = value
    return shown


def _run_cell(source: str, space: dict) -> object:
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), space)
    if last is None:
        return None
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), space)


def _show(value: object) -> None:
    text = repr(value)
    if hasattr(value, "_repr_html_"):
        text += value._repr_html_() or ""
    assert "lessons." not in text, text
    if isinstance(value, Axes):
        value.figure.canvas.draw()
