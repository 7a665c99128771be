"""What stands in the rows of invented clients is content, named by ids, and all of it is read."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from toolkit import resources
from toolkit.synth import texts
from toolkit.synth.flow import part

CODE = resources.PACKAGE / "synth"
FILES = sorted(resources.content("invented").glob("*.toml"))
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠、。]")
SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def literals(path: Path) -> set[str]:
    """Strings of a module without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone
    }


LITERALS = {path.name: literals(path) for path in sorted(CODE.glob("*.py"))}
ENTRIES = [
    (path.stem, entry, held)
    for path in FILES
    for entry, held in tomllib.loads(path.read_text("utf-8")).items()
]


def test_no_word_of_a_row_is_a_literal():
    found = {name: {one for one in own if JAPANESE.search(one)} for name, own in LITERALS.items()}
    assert {name: own for name, own in found.items() if own} == {}


def test_every_entry_and_word_is_named_by_an_id():
    names = {name for _, entry, held in ENTRIES for name in (entry, *held)}
    assert [name for name in sorted(names) if not SNAKE.fullmatch(name)] == []


def test_every_entry_is_read():
    read = set().union(*LITERALS.values())
    assert [(file, entry) for file, entry, _ in ENTRIES if not {file, entry} <= read] == []


def test_no_id_holds_an_empty_word():
    assert [(file, entry) for file, entry, held in ENTRIES if not all(held.values())] == []


@pytest.mark.parametrize("name", ["before", "daily", "visit", "after", "again"])
def test_every_step_of_the_shop_is_done_by_someone(name):
    for step in part(name):
        assert bool(step.actor) == (step.side == "company")


def test_a_word_that_is_not_there_is_not_made_up():
    with pytest.raises(KeyError):
        texts.word("orders", "payment", "barter")
