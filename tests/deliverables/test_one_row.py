"""One changed row of the input names exactly the figures it moves, in every format."""

from __future__ import annotations

import pytest

import toolkit as tk
from toolkit.deliverables.faces import FACES, Material, face
from toolkit.deliverables.page import page_of
from toolkit.deliverables.theme import standard
from toolkit.deliverables.verify import verify
from toolkit.outline.build import outline
from toolkit.store import significant

pytestmark = pytest.mark.slow
ROW, CHANGED = '"33,400,000"', '"33,500,000"'  # the opening balance of the cash plan

LOWEST = "cash.week13_min_yen"


def moved(old, new):
    """Keys of the facts that two diagnoses do not agree on."""

    def value(diagnosis, key):
        found = diagnosis.facts[key].value if key in diagnosis.facts else None
        return significant(found) if isinstance(found, float) else found

    return {key for key in {*old.facts, *new.facts} if value(old, key) != value(new, key)}


@pytest.fixture(scope="module")
def found(root, tmp_path_factory):
    """What verify says before and after the row was changed, and what did move."""
    import shutil

    work = tmp_path_factory.mktemp("row")
    client, out = work / "minato_works", work / "out"
    shutil.copytree(root / "datasets" / "minato_works", client)
    tk.diagnose(client).save(out)
    saved = tk.load(out)
    given = Material(document=outline(saved, "ja"), diagnosis=saved, theme=standard())
    (out / "report.html").write_text(page_of(given.document), encoding="utf-8")
    for name in FACES:
        face(name).write(given, out, "")
    before = verify(out, client)
    path = client / "data" / "資金繰り表.csv"
    text = path.read_bytes().decode("cp932")
    assert text.count(ROW) == 1
    path.write_bytes(text.replace(ROW, CHANGED).encode("cp932"))
    return before, verify(out, client), moved(saved, tk.diagnose(client)), set(saved.facts)


def test_nothing_differs_before(found):
    before, *_ = found
    assert before.differing == ()
    assert before.checked > 5000


def test_the_document_names_exactly_what_moved(found):
    _, after, facts, _ = found
    named = {one.fact for one in after.differing if one.format == "diagnosis"}
    assert {key for key in named if not key.startswith(("yen.", "changes."))} == facts
    assert LOWEST in facts
    assert {key.split(".")[0] for key in facts} == {"cash"}


@pytest.mark.parametrize("ending", ["html", "pdf", "pptx", "xlsx", "csv"])
def test_each_format_names_figures_that_moved_and_no_other(found, ending):
    _, after, facts, known = found
    named = {one.fact for one in after.differing if one.format.endswith(f".{ending}")}
    assert LOWEST in named
    assert (named & known) - facts == set()  # other names are places: a cell, a slide's notes
