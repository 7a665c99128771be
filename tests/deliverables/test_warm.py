"""What is prepared before the first client starts no thread and changes no page."""

import json
import os
import subprocess
import sys

import pytest

from toolkit.batch.crew import ONE_THREAD

PAGE = """
import json, os, sys
from toolkit.deliverables.warm import warm
from toolkit.deliverables.page import page
import nbformat

def made():
    cells = [nbformat.v4.new_markdown_cell("# 診断 *x*"), nbformat.v4.new_code_cell("1")]
    cells[1].outputs = [nbformat.v4.new_output("stream", name="stdout", text="売上 <1>")]
    book = nbformat.v4.new_notebook(cells=cells)
    chrome = dict.fromkeys(("contents", "appendix", "skip", "figure", "table", "top"), "目次")
    return page(book, lang="ja", title="診断書 | 客", chrome=chrome)

given = sys.argv[1:]
if "warm" in given:
    warm()
    threads = len(os.listdir("/proc/self/task")) if os.path.isdir("/proc/self/task") else 1
else:
    threads = 1
first = made()
print(json.dumps({"page": first, "again": made() == first, "threads": threads}))
"""


def told(*given):
    done = subprocess.run(
        [sys.executable, "-c", PAGE, *given],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **ONE_THREAD},
    )
    return json.loads(done.stdout)


def test_a_page_of_a_warm_process_is_that_of_a_cold_one():
    warm, cold = told("warm"), told()
    assert warm["page"] == cold["page"]
    assert "売上 &lt;1&gt;" in warm["page"]
    assert warm["again"]
    assert cold["again"]
    assert warm["threads"] == 1


OPEN = """
import json, os, stat
from toolkit.batch.warming import warm

warm(None)
files = []
for number in os.listdir("/proc/self/fd"):
    path = f"/proc/self/fd/{number}"
    if int(number) > 2 and os.path.exists(path) and stat.S_ISREG(os.stat(path).st_mode):
        files.append(os.readlink(path))
print(json.dumps(files))
"""


def test_no_file_is_open_whose_place_forks_would_share():
    if not os.path.isdir("/proc/self/fd"):
        pytest.skip("no /proc")
    done = subprocess.run(
        [sys.executable, "-c", OPEN],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **ONE_THREAD},
    )
    assert json.loads(done.stdout) == []
