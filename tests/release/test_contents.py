"""The check of what is shipped finds what is missing and what is too much."""

from __future__ import annotations

import runpy
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("contents.py")
CHECK = runpy.run_path(str(SCRIPT))
INFO = [f"business_system_toolkit-1.0.0.dist-info/{one}" for one in CHECK["INFO_FILES"]]


def wheel(path, names):
    with zipfile.ZipFile(path / "business_system_toolkit-1.0.0-py3-none-any.whl", "w") as archive:
        for name in names:
            archive.writestr(name, b"")
    return archive.filename


def check(*paths):
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, paths)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


def test_a_whole_wheel(tmp_path):
    wanted = CHECK["wanted"]()
    for name in (
        *("toolkit/py.typed", "toolkit/templates/report/index.html.j2"),
        *("toolkit/notebooks/diagnose/report.ipynb", "toolkit/datasets/aoba_shop/client.yaml"),
        *("toolkit/content/words/ja/cli.toml", "toolkit/content/fonts/OFL.txt"),
    ):
        assert name in wanted
    assert not [name for name in wanted if name.startswith("toolkit/datasets/make/")]
    assert check(wheel(tmp_path, [*wanted, *INFO])) == (0, "")


@pytest.mark.parametrize(
    "name",
    [
        *("toolkit/__pycache__/cli.cpython-311.pyc", "toolkit/datasets/aoba_shop/.salt"),
        *("tests/test_cli.py", "toolkit/datasets/make/minato_month.py", "build/lib/toolkit/a.py"),
        *("toolkit/notebooks/learn/.ipynb_checkpoints/a.ipynb", "toolkit/notes.txt"),
    ],
)
def test_what_is_too_much(tmp_path, name):
    code, told = check(wheel(tmp_path, [*CHECK["wanted"](), *INFO, name]))
    assert code == 1
    assert f"too much: {name}" in told


@pytest.mark.parametrize(
    "name", ["toolkit/content/words/en/cli.toml", "toolkit/templates/report/index.html.j2"]
)
def test_what_is_missing(tmp_path, name):
    code, told = check(wheel(tmp_path, [*(CHECK["wanted"]() - {name}), *INFO]))
    assert code == 1
    assert f"missing: {name}" in told


def test_a_wheel_without_its_licence(tmp_path):
    info = [one for one in INFO if not one.endswith("licenses")]
    code, told = check(wheel(tmp_path, [*CHECK["wanted"](), *info]))
    assert (code, "licenses" in told) == (1, True)


def test_sdists(tmp_path):
    kept = [*CHECK["SDIST"], *(f"{one}/a.py" for one in CHECK["SDIST_FOLDERS"])]
    for name, more in (("good", []), ("bad", ["build/lib/a.py", "tests/__pycache__/a.pyc"])):
        with tarfile.open(tmp_path / f"{name}.tar.gz", "w:gz") as archive:
            for one in (*kept, *more):
                archive.addfile(tarfile.TarInfo(f"business_system_toolkit-1.0.0/{one}"))
    assert check(tmp_path / "good.tar.gz") == (0, "")
    code, told = check(tmp_path / "bad.tar.gz")
    assert code == 1
    assert {"bad.tar.gz: too much: build", "bad.tar.gz: too much: tests/__pycache__/a.pyc"} <= set(
        told.splitlines()
    )


def test_nothing_built_is_no_success():
    assert check()[0] == 1
