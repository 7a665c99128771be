"""Exports of an invented world of people, and their rows as normal forms."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.intake.persons.normal_forms import load_forms
from toolkit.intake.persons.personal_roles import personal_roles
from toolkit.intake.persons.rows import person_rows
from toolkit.method import Method, load_method

sys.path.insert(0, str(Path(__file__).parent))

from invented.people import Person
from invented.shops import Export, desk, mall, members, orders
from invented.world import World


@pytest.fixture(scope="session")
def method() -> Method:
    return load_method()


@pytest.fixture(scope="session")
def exports() -> Callable[[int, int], tuple[list[Person], list[Export]]]:
    """The people of a seeded world of a size, and the four files that hold them."""

    def make(seed: int, size: int) -> tuple[list[Person], list[Export]]:
        world = World(seed, size)
        now: dict[int, Person] = {}
        first = members(world, now)
        return world.people, [first, orders(world, now), mall(world), desk(world)]

    return make


@pytest.fixture(scope="session")
def rows_of(method: Method):
    """The rows of exports as normal forms, with key, file, row and member."""
    import pandas as pd

    def make(made: list[Export]) -> pd.DataFrame:
        forms = load_forms(method)
        frames = []
        for export in made:
            roles = personal_roles(export.header, method)
            columns = [list(column) for column in zip(*export.rows, strict=True)]
            frame = person_rows(roles, columns.__getitem__, forms)
            frame.insert(0, "key", export.keys)
            frame.insert(1, "file", export.name)
            frame.insert(2, "row", range(2, len(frame) + 2))
            frame.insert(3, "member", export.members)
            frames.append(frame)
        return pd.concat(frames, ignore_index=True)

    return make
