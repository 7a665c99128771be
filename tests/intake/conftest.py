"""Files written for one test, read as one table; the folder of shared data where it is there."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from toolkit.intake.read import read_file
from toolkit.intake.report import ReadReport
from toolkit.intake.setting import Setting, make_setting
from toolkit.method import Method, load_method

RUN_DATE = date(2026, 11, 22)
Read = Callable[..., ReadReport]
MakeClient = Callable[..., Path]


@pytest.fixture(scope="session")
def method() -> Method:
    return load_method()


@pytest.fixture
def setting(method: Method, tmp_path: Path) -> Setting:
    return make_setting(method, tmp_path, RUN_DATE)


@pytest.fixture(scope="session")
def shared() -> Path:
    given = os.environ.get("TOOLKIT_TEST_DATA")
    folder = Path(given) if given else Path(__file__).parents[2].parent / "shared"
    if not (folder / "corpus" / "MANIFEST.json").is_file():
        pytest.skip("no shared folder")
    return folder


@pytest.fixture
def read(method: Method, tmp_path: Path) -> Read:
    """Write a file, and a mapping if given, then read it."""

    def reading(
        text: str | bytes, kind: str = "orders", mapping: str | None = None, name: str = "file.csv"
    ) -> ReadReport:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        mapped = None
        if mapping is not None:
            mapped = tmp_path / "mapping.toml"
            mapped.write_text(f'table = "{kind}"\n{mapping}', encoding="utf-8")
        return read_file(path, kind, method=method, mapping=mapped, as_of=RUN_DATE)

    return reading


@pytest.fixture
def make_client(tmp_path: Path) -> MakeClient:
    """A client's folder with the given files; client.yaml has a name unless given."""

    def making(files: Mapping[str, str | bytes], profile: str = "") -> Path:
        folder = tmp_path / "client"
        head = "client_id: aoyama\ncompany_name: 青山商店\n"
        for name, content in {"client.yaml": head + profile, **files}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return making
