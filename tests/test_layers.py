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


def _wrong_imports(path):
    here = own_room(path)
    assert here in ORDER, f"a room that has no place in the order: {here}"
    for name in imports(path):
        there = room(name)
        if there == "__version__" or (here, there) in ALLOWED:
            continue
        if ORDER.index(there) > ORDER.index(here):
            yield f"{path.relative_to(PACKAGE).as_posix()} imports {name}"


def test_imports_point_left():
    assert len(MODULES) > 500
    assert [wrong for path in MODULES for wrong in _wrong_imports(path)] == []


HEAVY = {"pandas", "numpy", "duckdb", "matplotlib", "scipy", "nbconvert", "papermill", "pyarrow"}
HEAVY |= {"psycopg", "pyspark", "sqlglot"}


def _imported_at_the_top(path):
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


def test_heavy_libraries_are_imported_where_they_are_needed():
    """``toolkit --help`` must not pay for pandas."""
    found = {path.relative_to(PACKAGE): HEAVY & set(_imported_at_the_top(path)) for path in MODULES}
    assert {path: names for path, names in found.items() if names} == {}


def test_public_names_are_sorted_and_resolve():
    assert toolkit.__all__ == sorted(toolkit.__all__)
    for name in toolkit.__all__:
        assert getattr(toolkit, name) is not None
    assert set(toolkit.__all__) <= set(dir(toolkit))


def test_unknown_public_name_is_an_attribute_error():
    with pytest.raises(AttributeError):
        _ = toolkit.nothing_of_the_kind


def _blanking(path):
    """Lines in which a value that cannot be read would be made blank."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.keyword) or node.arg != "errors":
            continue
        if getattr(node.value, "value", None) in ("coerce", "ignore"):
            yield f"{path.relative_to(PACKAGE).as_posix()}:{node.value.lineno}"


def test_nothing_that_cannot_be_read_is_made_blank():
    """A value that pandas cannot read is told with its place, never turned into a blank."""
    assert [line for path in MODULES for line in _blanking(path)] == []
