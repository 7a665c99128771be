"""toolkit doctor: each fault planted, found and told with its fix in both languages."""

from __future__ import annotations

import io
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import webbrowser
from collections import namedtuple
from importlib import metadata
from pathlib import Path

import pytest

from toolkit import resources
from toolkit.commands import doctor
from toolkit.commands.condition import installation, machine, memory, surroundings
from toolkit.commands.condition.examined import Examined
from toolkit.commands.speech import Speech
from toolkit.errors import MethodError

VERSION = namedtuple("VERSION", "major minor micro")
ROOT = Path(__file__).parents[2]


def told(one, lang="en"):
    return doctor._line(one, Speech(lang=lang))


def test_all_is_well_here(tmp_path):
    results = {one.name: one for one in doctor.examine(tmp_path / "reports" / "deep")}
    bad = [told(one) for one in results.values() if one.needed and not one.ok]
    assert not bad
    assert {
        *("python", "packages", "content", "font", "kernel", "folder", "temporary", "disk"),
        *("memory", "browser", "port", "zone", "encoding"),
    } <= set(results)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("version", "size", "ok"),
    [
        ("3.11.0", 2**63 - 1, True),
        ("3.10.9", 2**63 - 1, False),
        ("3.12.1", 2**31 - 1, False),
    ],
)
def test_python(monkeypatch, version, size, ok):
    monkeypatch.setattr(sys, "version", f"{version} (main)")
    monkeypatch.setattr(sys, "maxsize", size)
    found = installation.python()
    assert found.ok == ok
    assert ">=3.11" in doctor._fix(found, Speech(lang="ja"))


@pytest.fixture
def requires(monkeypatch):
    """Our metadata as if they asked for this, with these extras."""

    def ask(*lines, extras=()):
        monkeypatch.setattr(metadata, "requires", lambda _: list(lines))
        real = installation._metadata_all
        monkeypatch.setattr(
            installation,
            "_metadata_all",
            lambda field: list(extras) if field == "Provides-Extra" else real(field),
        )

    return ask


@pytest.mark.parametrize(
    ("line", "lacking"),
    [
        ("click>=8", None),
        ("click>=999", "click>=999"),
        ("no-such-thing>=1", "no-such-thing>=1"),
        ("no-such-thing>=1; sys_platform == 'nowhere'", None),
        ("no-such-thing>=1; extra == 'office'", None),
    ],
)
def test_packages_by_their_lower_bounds(requires, line, lacking):
    requires(line)
    found = installation.packages()
    assert found.ok == (lacking is None)
    if lacking:
        assert found.found.startswith(lacking)
        command = f'"{sys.executable}" -m pip install --upgrade "{lacking}"'
        assert command in told(found)
        assert command in told(found, "ja")


def test_bounds_that_security_asks_for_stand_in_the_package():
    """They are read from there, so that nothing is written twice."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"nbconvert>=7.17.2", "jupyter-server>=2.21.1"} <= set(project["dependencies"])


def test_a_package_that_is_not_installed(monkeypatch):
    def missing(_):
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(metadata, "metadata", missing)
    assert not installation.packages().ok
    assert "pip install" in told(installation.packages())


def test_extras_are_told_one_by_one_and_never_needed(requires):
    requires(
        *("click>=8", "pypdf>=1; extra == 'office'", "no-such[x]>=2; extra == 's3'"),
        *("business-system-toolkit[s3]; extra == 'test'", "no-such>=3; extra == 'test'"),
        extras=("office", "s3", "test"),
    )
    found = {one.about: one for one in installation.extras()}
    assert {name: one.ok for name, one in found.items()} == {"office": True, "s3": False}
    assert not any(one.needed for one in found.values())
    assert found["s3"].found == "no-such[x]>=2"
    for lang in ("ja", "en"):
        assert '-m pip install --upgrade "no-such[x]>=2"' in told(found["s3"], lang)
    assert told(found["office"]) == "ok extra office (PDF and slides)"


def test_content_that_is_broken(monkeypatch):
    def broken():
        raise MethodError("method_broken")

    monkeypatch.setattr("toolkit.method.load_method", broken)
    found = installation.content()
    assert (found.ok, found.found) == (False, "method_broken")


@pytest.mark.parametrize("fault", ["missing", "broken", "latin"])
def test_fonts(monkeypatch, tmp_path, fault):
    fonts = sorted(resources.content("fonts").glob("*.ttf"))
    for path in fonts:
        shutil.copy(path, tmp_path)
    assert len(fonts) == 2
    if fault == "missing":
        (tmp_path / fonts[0].name).unlink()
    elif fault == "broken":
        (tmp_path / fonts[0].name).write_bytes(b"not a font")
    else:
        monkeypatch.setattr(installation, "LETTERS", "診\U0001f600")
    monkeypatch.setattr(resources, "content", lambda _: tmp_path)
    assert not installation.font().ok


@pytest.mark.parametrize("kernel", ["no-such-kernel", None])
def test_a_kernel_that_is_missing_or_does_not_start(monkeypatch, tmp_path, kernel):
    if kernel:
        monkeypatch.setattr(installation, "KERNEL", kernel)
    else:
        place = tmp_path / "kernels" / "dies"
        place.mkdir(parents=True)
        spec = {"argv": [sys.executable, "-c", "raise SystemExit(3)"], "display_name": "dies"}
        (place / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
        monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
        monkeypatch.setattr(installation, "KERNEL", "dies")
    found = installation.kernel()
    assert not found.ok
    assert '"ipykernel"' in told(found)


def test_a_folder_that_cannot_be_written_and_one_that_can(tmp_path):
    (tmp_path / "taken").write_text("", encoding="utf-8")
    (tmp_path / "mine").mkdir()
    assert not machine.folder(tmp_path / "taken").ok
    assert not machine.folder(tmp_path / "taken" / "below").ok
    assert machine.folder(tmp_path / "mine").ok
    assert machine.folder(tmp_path / "new" / "below").ok
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["mine", "taken"]


def test_a_ledger_that_is_there_stays(tmp_path):
    (tmp_path / ".ledger").mkdir()
    (tmp_path / ".ledger" / "ledger.sqlite").touch()
    assert machine.folder(tmp_path).ok
    assert [path.name for path in (tmp_path / ".ledger").iterdir()] == ["ledger.sqlite"]


def test_no_temporary_folder(monkeypatch):
    def none(*_, **__):
        raise FileNotFoundError

    monkeypatch.setattr(tempfile, "TemporaryFile", none)
    assert not machine.temporary().ok


@pytest.mark.parametrize(("free", "ok"), [(machine.FREE_BYTES, True), (10_000_000, False)])
def test_disk(monkeypatch, tmp_path, free, ok):
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(free))
    found = machine.disk(tmp_path / "not" / "yet")
    assert found.ok == ok
    assert "0.5 GB" in doctor._fix(found, Speech(lang="en"))


@pytest.mark.parametrize(
    ("free", "ok"), [(machine.MEMORY_BYTES, True), (1_000_000_000, False), (None, True)]
)
def test_memory(monkeypatch, free, ok):
    monkeypatch.setattr(machine, "available_bytes", lambda: free)
    found = machine.memory()
    assert (found.ok, found.needed) == (ok, False)


def test_memory_as_systems_tell_it(monkeypatch):
    real = memory.available_bytes()
    assert real is None or real > 10_000_000

    class Kernel32:
        @staticmethod
        def GlobalMemoryStatusEx(status):
            import struct

            length = struct.unpack_from("I", status.raw)[0]
            assert length == len(status) == 64
            struct.pack_into("II7Q", status, 0, length, 50, 8 * 10**9, 3 * 10**9, *[1] * 5)
            return 1

    import ctypes

    library = namedtuple("library", "kernel32")(Kernel32)
    monkeypatch.setattr(ctypes, "windll", library, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert memory.available_bytes() == 3 * 10**9


def test_no_browser(monkeypatch):
    def none():
        raise webbrowser.Error

    monkeypatch.setattr(webbrowser, "get", none)
    found = machine.browser()
    assert (found.ok, found.needed) == (False, False)
    assert "--no-browser" in told(found)


def test_a_port_that_is_taken(monkeypatch):
    with socket.socket() as taken:
        taken.bind((machine.ADDRESS, 0))
        taken.listen()
        monkeypatch.setattr(machine, "PORT", taken.getsockname()[1])
        found = machine.port()
        assert (found.ok, found.needed) == (False, False)
    assert machine.port().ok


def test_a_place_in_onedrive(monkeypatch, tmp_path):
    for name in machine.SYNCED:
        monkeypatch.delenv(name, raising=False)
    assert list(machine.synced(tmp_path)) == []
    cloud = tmp_path / "OneDrive - 青山商店"
    monkeypatch.setenv("OneDriveCommercial", str(cloud))
    (found,) = machine.synced(cloud / "ドキュメント" / "reports")
    assert (found.ok, found.needed) == (False, False)
    assert next(machine.synced(tmp_path / "reports")).ok


@pytest.mark.parametrize(
    ("length", "allowed", "ok"), [(20, 0, True), (150, 0, False), (150, 1, True)]
)
def test_length_of_paths_on_windows(monkeypatch, length, allowed, ok):
    assert list(machine.path_length(Path("/" + "r" * length))) == []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(
        "toolkit.deliverables.path_length.long_paths_allowed", lambda: bool(allowed)
    )
    (found,) = machine.path_length(Path("/" + "r" * length))
    assert (found.ok, found.needed) == (ok, False)


def test_no_time_zones(monkeypatch):
    assert surroundings.zone().ok
    monkeypatch.setattr(surroundings, "ZONE", "Asia/Nowhere")
    assert not surroundings.zone().ok
    monkeypatch.setattr(surroundings, "ZONE", "Europe/London")
    assert not surroundings.zone().ok


@pytest.mark.parametrize(("encoding", "ok"), [("utf-8", True), ("cp932", False), ("ascii", False)])
def test_the_screen(monkeypatch, encoding, ok):
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    found = surroundings.encoding()
    assert (found.ok, found.needed) == (ok, False)
    assert found.found.startswith(encoding)


@pytest.mark.parametrize("needed", [True, False])
@pytest.mark.parametrize("as_json", [True, False])
def test_exit_codes(monkeypatch, capfdbinary, tmp_path, needed, as_json):
    one = Examined(check="disk", ok=False, needed=needed, found="0 GB", params={"wanted": "1 GB"})
    monkeypatch.setattr(doctor, "examine", lambda _: iter([one]))
    raw = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", raw)
    assert doctor.run(Speech(lang="en"), as_json, tmp_path) == int(needed)
    shown = raw.buffer.getvalue().decode()
    if as_json:
        assert json.loads(shown) == [
            {
                "check": "disk",
                "ok": False,
                "needed": needed,
                "found": "0 GB",
                "fix": "Free at least 1 GB.",
            }
        ]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_check_has_its_words(lang, monkeypatch, tmp_path):
    monkeypatch.setenv("OneDrive", str(tmp_path))
    speech = Speech(lang=lang)
    names = [
        *("python", "packages", "content", "font", "kernel", "extra", "folder", "temporary"),
        *("disk", "memory", "browser", "port", "synced", "path_length", "zone", "encoding"),
    ]
    fixes = {"content": "reinstall", "font": "reinstall", "zone": "reinstall"}
    for name in names:
        params = {"command": "pip", "wanted": "1"}
        one = Examined(check=name, ok=False, found="x", fix=fixes.get(name, ""), params=params)
        assert "cli.doctor" not in doctor._line(one, speech)


def test_without_git_or_a_home(tmp_path):
    """As the command is met on a bare machine: a bare path, no home, an ASCII screen."""
    env = {
        "PATH": str(tmp_path),
        "PYTHONIOENCODING": "ascii",
        "SYSTEMROOT": os.environ.get("SYSTEMROOT", ""),
    }
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", "doctor", "--lang", "en"],
        capture_output=True,
        text=True,
        env=env,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert "PYTHONUTF8=1" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_every_extra_says_what_it_is_for():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = set(project["optional-dependencies"]) - installation.DEVELOPERS
    assert {"office", "postgresql"} <= names
    for lang in ("ja", "en"):
        words = Speech(lang=lang).words
        assert [name for name in names if not words.has(f"cli.doctor.use.{name}")] == []
