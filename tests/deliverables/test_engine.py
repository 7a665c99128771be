"""How the engine that runs cells in the calling process is found, and what it leaves behind."""

from __future__ import annotations

import importlib
import subprocess
import sys
import tomllib

import pytest

from toolkit.deliverables import in_process
from toolkit.deliverables.in_process import Cells
from toolkit.deliverables.notebook import _registered


@pytest.mark.parametrize(
    "source", ["print('x' * {n})", "for _ in range(9):\n    print('x' * ({n} // 8))", "'x' * {n}"]
)
def test_a_cell_that_shows_too_much_is_ended(source, monkeypatch):
    most = 100_000
    assert 10**6 < in_process.MOST_BYTES < 10**8
    monkeypatch.setattr(in_process, "MOST_BYTES", most)
    cells = Cells()
    try:
        outputs, _, error = cells.run(source.format(n=most + 1))
        assert error is not None
        assert outputs[-1].ename == "OutputTooLarge"
        assert sum(len(str(one)) for one in outputs) < most * 1.2
        assert cells.run("1 + 1")[0][0]["data"]["text/plain"] == "2"
    finally:
        cells.close()


def test_the_shell_of_a_caller_stays_as_it_was():
    from IPython.core.interactiveshell import InteractiveShell

    before = InteractiveShell._instance, sys.modules["__main__"], list(sys.path), input
    cells = Cells()
    cells.run("import sys; sys.path.append('/x')")
    cells.close()
    assert (InteractiveShell._instance, sys.modules["__main__"], list(sys.path), input) == before


def test_papermill_finds_the_engine_by_its_name(root):
    from papermill.engines import papermill_engines

    from toolkit.deliverables.engine import NAME, InProcessEngine

    declared = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    points = declared["project"]["entry-points"]["papermill.engine"]
    module, _, name = points[NAME].partition(":")
    assert getattr(importlib.import_module(module), name) is InProcessEngine
    _registered(NAME)
    assert papermill_engines.get_engine(NAME) is InProcessEngine


def test_the_engine_imports_nothing_until_it_runs():
    """papermill imports every engine at each start."""
    code = (
        "import sys, toolkit.deliverables.engine\n"
        "print(sorted({'IPython', 'pandas', 'papermill', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"
