"""The wheel carries all it needs: templates, notebooks, datasets, content, fonts."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory, root):
    """The wheel, built and installed apart from the checkout."""
    base = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "-w", base, root], check=True)
    wheel = next(base.glob("business_system_toolkit-*.whl"))
    target = base / "site"
    subprocess.run([*pip, "install", "--no-deps", "--target", target, wheel], check=True)
    return target


def run(installed, cwd, *arguments):
    env = {**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_report_by_the_wheel_alone(installed, tmp_path):
    where = run(installed, tmp_path, "-c", "import toolkit; print(toolkit.__file__)")
    assert where.stdout.startswith(str(installed))
    client = installed / "toolkit" / "datasets" / "completejourney_store"
    done = run(
        installed, tmp_path, "-m", "toolkit", "diagnose", client, "--out", "out", "--lang", "ja,en"
    )
    assert done.returncode == 0, done.stderr
    made = tmp_path / "out" / "completejourney_store"
    assert {"report.html", "report.en.html", "report.ipynb", "diagnosis.json"} <= {
        path.name for path in made.iterdir()
    }
    document = json.loads((made / "diagnosis.json").read_text(encoding="utf-8"))
    assert document["client"]["client_id"] == "completejourney_store"


def test_the_lesson_is_there(installed, tmp_path):
    code = "import toolkit as tk; print(len(tk.lesson('value_and_target').questions))"
    done = run(installed, tmp_path, "-c", code)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 3
    assert (installed / "toolkit" / "notebooks" / "learn" / "ja").is_dir()
    assert (installed / "toolkit" / "templates" / "report" / "index.html.j2").is_file()
