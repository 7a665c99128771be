"""The notebooks beside the report and the lessons run from top to bottom as they are shipped."""

import nbformat
import papermill
import pytest

from toolkit import resources
from toolkit.diagnosis.saving import load

FOLDER = resources.folder("notebooks")
pytestmark = pytest.mark.slow


def _run(tmp_path, name, **parameters):
    done = tmp_path / "done.ipynb"
    papermill.execute_notebook(
        str(FOLDER / name), str(done), parameters, kernel_name="python3", progress_bar=False,
        cwd=str((FOLDER / name).parent),
    )  # fmt: skip
    return nbformat.read(done, as_version=4)


def _texts(book):
    shown = [out for cell in book.cells for out in cell.get("outputs", [])]
    assert not [one for one in shown if one.output_type == "stream" and one.name == "stderr"]
    return ["".join(one.get("data", {}).values()) for one in shown]


def test_a_diagnosis_is_explored_and_a_finding_added(tmp_path, root):
    book = _run(
        tmp_path,
        "diagnose/explore.ipynb",
        client=str(root / "datasets" / "minato_works"),
        out=str(tmp_path / "out"),
    )
    _texts(book)
    saved = load(tmp_path / "out" / "diagnosis")
    assert [one.edit.id for one in saved.edits if one.edit.own] == ["OWN1"]
    page = (tmp_path / "out" / "report" / "minato_works" / "report.html").read_text("utf-8")
    assert "担当コンサルタントの所見" in page


def test_a_batch_is_looked_over(tmp_path, client_of):
    from toolkit.batch.run import run_batch

    one = client_of("007")
    out = tmp_path / "reports"
    run_batch(one.parent, out)
    book = _run(tmp_path, "batch/outcomes.ipynb", out=str(out))
    shown = " ".join(_texts(book))
    assert "007" in shown
    assert "done" in shown
