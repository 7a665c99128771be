"""The one direction of data: each room imports only from rooms to its left."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import toolkit

PACKAGE = Path(toolkit.__file__).parent
ORDER = [
    "errors",
    "resources",
    "method",
    "words",
    "store",
    "lock",
    "facts",
    "models",
    "intake",
    "measures",
    "charts",
    "frameworks",
    "rules",
    "impact",
    "diagnosis",
    "outline",
    "deliverables",
    "synth",
    "lessons",
    "forms",
    "batch",
    "commands",
    "cli",
]
# Showing itself is the one place where a fact looks up its words.
ALLOWED = {("facts", "words"), ("words", "facts")}
MODULES = sorted(
    path for path in PACKAGE.rglob("*.py") if path.name not in ("__init__.py", "__main__.py")
)


def room(name):
    return name.split(".")[1] if name.count(".") else None


def imports(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
            if node.module == "toolkit":
                names = [f"toolkit.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        yield from (name for name in names if name.startswith("toolkit."))


def own_room(path):
    part = path.relative_to(PACKAGE).parts[0]
    return part.removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_point_left(path):
    here = own_room(path)
    assert here in ORDER, f"a room that has no place in the order: {here}"
    for name in imports(path):
        there = room(name)
        if there == "__version__" or (here, there) in ALLOWED:
            continue
        assert ORDER.index(there) <= ORDER.index(here), f"{path.name} imports {name}"


HEAVY = {"pandas", "numpy", "duckdb", "matplotlib", "scipy", "nbconvert", "papermill", "pyarrow"}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_heavy_libraries_are_imported_where_they_are_needed(path):
    """``toolkit --help`` must not pay for pandas."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            found = {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found = {(node.module or "").split(".")[0]}
        else:
            continue
        assert not found & HEAVY, f"{path.name} imports {found & HEAVY} at the top"


def test_public_names_are_sorted_and_resolve():
    assert toolkit.__all__ == sorted(toolkit.__all__)
    for name in toolkit.__all__:
        assert getattr(toolkit, name) is not None
    assert set(toolkit.__all__) <= set(dir(toolkit))


def test_unknown_public_name_is_an_attribute_error():
    with pytest.raises(AttributeError):
        _ = toolkit.nothing_of_the_kind


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_that_cannot_be_read_is_made_blank(path):
    """A value that pandas cannot read is told with its place, never turned into a blank."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.keyword)]
    assert not [
        one.value.lineno
        for one in calls
        if one.arg == "errors" and getattr(one.value, "value", None) in ("coerce", "ignore")
    ]
