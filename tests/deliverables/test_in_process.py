"""The engine that runs cells in the calling process shows what a kernel shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import nbformat
import pytest

from toolkit.batch.crew import ONE_THREAD

pytestmark = pytest.mark.slow

# Notebooks run one after the other by one engine in one process; a report by both.
RUN = """
import json, sys
from pathlib import Path
import papermill
from toolkit.deliverables.notebook import _registered

engine, out = sys.argv[1], Path(sys.argv[2])
for path in map(Path, sys.argv[3:]):
    try:
        papermill.execute_notebook(
            str(path), str(out / path.name), {"given": "x"}, kernel_name="python3",
            progress_bar=False, engine_name=_registered(engine), cwd=str(out),
        )
    except papermill.PapermillExecutionError as error:
        told = {"ename": error.ename, "evalue": error.evalue, "exec_count": error.exec_count}
        (out / path.with_suffix(".error.json").name).write_text(json.dumps(told))
"""
REPORT = """
import sys
from toolkit.deliverables.options import Options
from toolkit.deliverables.run import report

options = Options(engine=sys.argv[1], formats=("html", "ipynb", "csv"), as_of="2026-11-15")
report(sys.argv[3], sys.argv[2], options=options)
"""

SHOWN = {
    "streams_are_one": 'print("a"); print("b", end=""); print("c")',
    "error_stream": 'import sys; print("out"); print("err", file=sys.stderr)',
    "result": "1 + 1",
    "last_result": "_ + 1",
    "results_by_number": "sorted(Out), Out[max(Out)]",
    "semicolon": '"unseen";',
    "none": "None",
    "all_but_last": "1\n2",
    "displayed": 'from IPython.display import display\ndisplay("x", {"k": 1})\n"result"',
    "html": 'from IPython.display import HTML, Markdown, Latex, JSON, SVG\nHTML("<b>青山</b>")',
    "several": 'display(Markdown("*m*"), Latex("$x$"), JSON({"a": [1, None, 1.5]}))',
    "svg": 'SVG(\'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\')',
    "raw": 'display({"text/plain": "p", "application/y+json": {"z": 1}}, raw=True)',
    "metadata": 'display({"text/plain": "p"}, raw=True, metadata={"text/plain": {"m": 1}})',
    "by_id": 'shown = display("first", display_id="one"); print("between")',
    "updated": 'shown.update("second")',
    "same_id": 'display("third", display_id="one")',
    "clear": "from IPython.display import clear_output\n"
    'print("gone"); clear_output(); print("left")',
    "clear_wait": 'print("gone"); clear_output(wait=True); print("left"); print("left too")',
    "clear_wait_nothing": 'print("stays"); clear_output(wait=True)',
    "clear_then_id": 'd = display(1, display_id="two"); clear_output(); d.update(2); display(3)',
    "awaited": "import asyncio\nawait asyncio.sleep(0, 'waited')",
    "coroutine": "async def f():\n    await asyncio.sleep(0)\n    return 5\nawait f()",
    "frame": 'import pandas as pd\nframe = pd.DataFrame({"日本語": ["あ", "い" * 90], '
    '"n": [1.5, None], "day": pd.to_datetime(["2026-01-01", None])})\nframe.head()',
    "wide_frame": "pd.DataFrame([range(60)] * 99)",
    "printed_frame": "print(pd.DataFrame([range(60)] * 9).to_string()[:80]); print(frame)",
    "series": 'frame["n"]',
    "warning": 'import warnings\nwarnings.warn("mind you")',
    "pretty": '{"k" * n: list(range(n)) for n in range(30)}',
    "figure": "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2]); plt.title('t')",
    "figures": "for n in range(2):\n    plt.figure(figsize=(2, 1)); plt.plot([n, 1])\n"
    "    plt.show()\n5",
    "figure_object": "figure, axes = plt.subplots(figsize=(2, 1)); plt.close(figure)\nfigure",
    "figure_svg": "import matplotlib_inline\nplt.rcParams['svg.hashsalt'] = 'x'\n"
    "matplotlib_inline.backend_inline.set_matplotlib_formats('svg', metadata={'Date': None})\n"
    "plt.plot([1, 2]);",
    "inline_again": "%matplotlib inline\nplt.plot([2, 1]);",
    "captured": "%%capture kept\nprint('in'); display(1); 2",
    "captured_shown": "kept.stdout, len(kept.outputs)",
    "magic": "%who_ls str",
    "shell_lines": "lines = !echo one && echo two\nlines",
    "system": "!echo shown",
    "magic_cell": "%%python\nprint(6 * 7)",
    "in_and_name": "In[-1], __name__, given",
    "main": "import __main__\n__main__.given, 'toolkit' in dir(__main__)",
    "streams": "sys.stdout.isatty(), sys.stdout.encoding, sys.stdout.writable()",
    "logged": 'import logging\nlogging.getLogger("a").warning("minded")',
    "bytes_picture": "import io, base64\nfrom IPython.display import Image\n"
    "held = io.BytesIO(); figure.savefig(held)\nImage(held.getvalue())",
    "empty_bundle": "class Quiet:\n    def _ipython_display_(self): pass\nQuiet()",
    "own_display": "class Loud:\n    def _ipython_display_(self): print('loud')\nLoud()",
    "bad_repr": "class Bad:\n    def _repr_html_(self): return None\n"
    "    def __repr__(self): return 'bad'\nBad()",
    "pickled": "import pickle\nclass Kept: pass\ntype(pickle.loads(pickle.dumps(Kept()))).__name__",
    "written_parts": "sys.stdout.writelines(['a', 'b']); sys.stdout.write('c')",
    "many_writes": "for n in range(300):\n    print(n, end=' ')",
    "threads": "import threading\nt = threading.Thread(target=print, args=('there',))\n"
    "t.start(); t.join()",
    "doctest": "import doctest\n'>>> 1 + 1'",
    "assigned": "x = 5\nx",
    "deleted": "del x\n'x' in globals()",
    "helped": "import inspect\ndef g(): return 3\ninspect.getsource(g)",
}
RAISED = {
    "division": "print('before'); 1 / 0",
    "syntax": "x = (",
    "indent": "def f():\nreturn 1",
    "name": "unknown_name",
    "import": "import no_such_module_at_all",
    "own": "class Mine(ValueError):\n    def __str__(self): return '数が合いません'\nraise Mine()",
    "key": "{}['鍵']",
    "chained": "try:\n    1 / 0\nexcept ValueError:\n    pass\nfinally:\n    raise OSError('x')",
    "group": "raise ExceptionGroup('many', [ValueError(1)])",
    "exit": "import sys\nsys.exit()",
    "exit_code": "sys.exit(3)",
    "interrupt": "raise KeyboardInterrupt",
    "asked": "input('?')",
    "asked_secret": "import getpass\ngetpass.getpass()",
    "awaited": "async def f():\n    raise LookupError('y')\nawait f()",
    "cleared": "from IPython.display import clear_output\n"
    "print('gone'); clear_output(wait=True); 1 / 0",
    "magic": "%no_such_magic",
    "cell_magic": "%%no_such_magic\nx",
    "repr_fails": "class B:\n    def __repr__(self): raise OSError('z')\nB()",
    "str_fails": "class C(Exception):\n    def __str__(self): raise OSError('z')\nraise C()",
    "asserted": "assert 1 == 2, 'not so'",
    "after_it_all": "'still here'",
}


def notebook(folder, name, cells, tags=()):
    made = nbformat.v4.new_notebook()
    made.metadata.kernelspec = {"name": "python3", "language": "python", "display_name": "P"}
    made.cells.append(nbformat.v4.new_markdown_cell("# 見出し\n\n`{x}`", id="about"))
    made.cells.append(
        nbformat.v4.new_code_cell("given = ''", id="given", metadata={"tags": ["parameters"]})
    )
    for key, source in cells.items():
        cell = nbformat.v4.new_code_cell(source, id=key, metadata={"tags": list(tags)})
        made.cells.append(cell)
    path = folder / f"{name}.ipynb"
    nbformat.write(made, path)
    return path


def run(code, *arguments):
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, **ONE_THREAD, "PYTHONWARNINGS": ""},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The same notebooks run by each engine, all in one process."""
    base = tmp_path_factory.mktemp("engines")
    given = base / "given"
    given.mkdir()
    books = [
        notebook(given, "shown", SHOWN),
        notebook(given, "raised", RAISED, ["raises-exception"]),
        notebook(given, "stops", {"one": "'first'", "two": "raise OSError(5, 'x')", "three": "3"}),
        notebook(given, "leaves", {"one": "import sys; sys.exit(0)", "two": "2"}),
    ]
    for engine in ("nbclient", "toolkit"):
        (base / engine).mkdir()
        run(RUN, engine, base / engine, *books)
    return base


def cells(both, engine, book):
    made = nbformat.read(both / engine / f"{book}.ipynb", as_version=4)
    return {cell.id: cell for cell in made.cells if cell.id in {*SHOWN, *RAISED, "three"}}


def comparable(outputs):
    """Outputs with what cannot be equal set aside: traces, where code was compiled to, and how
    two streams that were written to by turns lie in one another."""
    streams, rest = {}, []
    for one in map(dict, outputs):
        if one["output_type"] == "stream":
            streams[one["name"]] = streams.get(one["name"], "") + one["text"]
        else:
            one.pop("traceback", None)
            rest.append({key: _placeless(v) if key == "evalue" else v for key, v in one.items()})
    return {name: _placeless(text) for name, text in streams.items()}, rest


def _placeless(text):
    return re.sub(
        r"/\S*/ipykernel_\d+/\d+\.py|<ipython-input-\S+>|\b\d+\.py(?=, line)", "CELL", text
    )


@pytest.mark.parametrize("key", SHOWN)
def test_a_cell_shows_what_it_shows_in_a_kernel(both, key):
    kernel, ours = (cells(both, engine, "shown")[key] for engine in ("nbclient", "toolkit"))
    assert comparable(ours.outputs) == comparable(kernel.outputs)
    assert ours.execution_count == kernel.execution_count
    assert ours.source == kernel.source


@pytest.mark.parametrize("key", RAISED)
def test_a_cell_fails_as_it_fails_in_a_kernel(both, key):
    kernel, ours = (cells(both, engine, "raised")[key] for engine in ("nbclient", "toolkit"))
    assert comparable(ours.outputs) == comparable(kernel.outputs)
    assert ours.execution_count == kernel.execution_count
    if key != "after_it_all":
        told = {one.get("name", one.output_type): one for one in ours.outputs}
        assert told.get("stderr") or told["error"].traceback


@pytest.mark.parametrize("book", ["stops", "leaves"])
def test_a_notebook_that_fails_stops_where_it_stops_by_a_kernel(both, book):
    kernel, ours = (
        nbformat.read(both / engine / f"{book}.ipynb", as_version=4)
        for engine in ("nbclient", "toolkit")
    )
    assert [cell.get("execution_count") for cell in ours.cells] == [
        cell.get("execution_count") for cell in kernel.cells
    ]
    assert [cell.source for cell in ours.cells] == [cell.source for cell in kernel.cells]
    told = [both / engine / f"{book}.error.json" for engine in ("nbclient", "toolkit")]
    assert [path.exists() for path in told] == [book == "stops"] * 2
    if book == "stops":
        assert len({path.read_text() for path in told}) == 1


def test_markdown_and_parameters_are_as_by_a_kernel(both):
    kernel, ours = (
        nbformat.read(both / engine / "shown.ipynb", as_version=4)
        for engine in ("nbclient", "toolkit")
    )
    assert ours.cells[0].source == kernel.cells[0].source
    assert [cell.id for cell in ours.cells if "injected" not in str(cell.metadata)] == [
        cell.id for cell in kernel.cells if "injected" not in str(cell.metadata)
    ]
    injected = [cell.source for cell in ours.cells if "injected" in str(cell.metadata)]
    assert injected == [cell.source for cell in kernel.cells if "injected" in str(cell.metadata)]
    assert len(injected) == 1


SETS = {
    "names": "secret = 'canary'; import __main__; __main__.seen = 1; other = [secret]",
    "options": "import pandas as pd\npd.set_option('display.max_rows', 2)",
    "figures": "import matplotlib.pyplot as plt\nplt.figure(figsize=(2, 1)); plt.plot([1]);",
    "left_open": "import matplotlib_inline.backend_inline as inline\n"
    "inline.set_matplotlib_formats('svg'); inline.set_matplotlib_close(False)\nplt.plot([2]);",
    "warns": "import warnings, sys\ncode = compile('warnings.warn(\"told\")', 'lib.py', 'exec')\n"
    "sys.lib = getattr(sys, 'lib', {'__name__': 'lib', 'warnings': warnings})\nexec(code, sys.lib)",
    "filters": "warnings.simplefilter('error')",
    "path": "sys.path.insert(0, '/canary')",
    "output": "Out[1] if 1 in Out else 'nothing'",
}
SEES = {
    "names": "[n for n in ('secret', 'other', 'seen', '_oh2') if n in globals()]",
    "modules": "import __main__, sys\n[n for n in ('secret', 'seen') if hasattr(__main__, n)]",
    "out": "sorted(Out), len(In)",
    "options": "import pandas as pd\npd.DataFrame({'n': range(5)})",
    "numbers": "import matplotlib.pyplot as plt\nplt.get_fignums()",
    "figures": SETS["figures"],
    "warns": SETS["warns"],
    "path": "'/canary' in sys.path",
}


def test_one_run_sees_nothing_of_the_one_before(tmp_path):
    given, alone, after = (tmp_path / name for name in ("given", "alone", "after"))
    for folder in (given, alone, after):
        folder.mkdir()
    sets, sees = notebook(given, "sets", SETS), notebook(given, "sees", SEES)
    run(RUN, "toolkit", alone, sees)
    run(RUN, "toolkit", after, sets, sees, sets)
    shown = [
        {
            cell.id: cell.outputs
            for cell in nbformat.read(folder / "sees.ipynb", as_version=4).cells
            if cell.id in SEES
        }
        for folder in (alone, after)
    ]
    assert shown[0] == shown[1]
    assert any("told" in one.get("text", "") for one in shown[1]["warns"])
    assert any("image/png" in one.get("data", {}) for one in shown[1]["figures"])


def test_the_report_of_a_client_is_equal_by_both_engines(root, tmp_path):
    for engine in ("nbclient", "toolkit"):
        run(REPORT, engine, tmp_path / engine, root / "datasets" / "completejourney_store")
    kernel, ours = (
        {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        for folder in (tmp_path / "nbclient", tmp_path / "toolkit")
    )
    name = "completejourney_store"
    assert {f"{name}/report.html", f"{name}/report.ipynb"} <= set(ours)
    assert sorted(ours) == sorted(kernel)
    assert [name for name in ours if ours[name] != kernel[name]] == []
