"""Layouts that no adapter knows: in any order of columns, in any dress of the headers."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable

import pytest
from proposed.answers import Look, headers
from proposed.layouts import EXPECTED


def shuffled(text: str, seed: int) -> str:
    """The same table with its columns in another order."""
    separator = ";" if text.count(";") > text.count(",") else ","
    rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    order = list(range(len(rows[0])))
    random.Random(seed).shuffle(order)
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(
        [row[at] for at in order] for row in rows
    )
    return out.getvalue()


@pytest.mark.parametrize("name", EXPECTED)
def test_layouts_that_no_adapter_knows(look: Look, name: str) -> None:
    kind, text, expected = EXPECTED[name]
    proposal = look(text, kind)
    assert headers(proposal) == expected
    assert proposal.ready
    assert not [one for one in proposal.unclear if one.required]
    assert all(0.5 <= one.confidence <= 1 for one in proposal.columns)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", EXPECTED)
def test_the_order_of_columns_does_not_matter(look: Look, name: str, seed: int) -> None:
    kind, text, expected = EXPECTED[name]
    assert headers(look(shuffled(text, seed), kind)) == expected


@pytest.mark.parametrize(
    "rename",
    [
        pytest.param(lambda text: f"【{text}】", id="brackets"),
        pytest.param(lambda text: f"　{text} ", id="spaces"),
        pytest.param(
            lambda text: text.translate({n: n + 0xFEE0 for n in range(33, 127)}), id="wide"
        ),
        pytest.param(
            lambda text: text if text.isascii() or "メール" in text else f"ご{text}", id="polite"
        ),
    ],
)
@pytest.mark.parametrize("name", ["stores", "salesforce", "kintone", "english"])
def test_headers_in_another_dress(look: Look, name: str, rename: Callable[[str], str]) -> None:
    kind, text, expected = EXPECTED[name]
    head, rest = text.split("\n", 1)
    new = ",".join(f'"{rename(header)}"' for header in head.split(","))
    found = headers(look(f"{new}\n{rest}", kind))
    assert found == {column: rename(header).strip() for column, header in expected.items()}
