"""form: JupyterLab on this computer alone, opened at the client's forms, ended in order."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from importlib import util
from pathlib import Path

import pytest

from toolkit.commands import jupyter
from toolkit.errors import UsageError

URL = re.compile(r"http://127\.0\.0\.1:\d+/lab/tree/\S+")


@pytest.fixture
def started(client_of, tmp_path):
    """The command at work for a client, and the address it told."""
    home = tmp_path / "home"
    home.mkdir()
    own = {name: str(home / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")}
    process = subprocess.Popen(
        [sys.executable, "-m", "toolkit", "form", str(client_of()), "--no-browser", "--lang", "en"],
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, **own, "TMPDIR": str(home)},
    )
    found = None
    for line in process.stderr:
        found = URL.search(line)
        if found:
            break
    yield process, found[0] if found else ""
    process.kill()
    process.wait()
    process.stderr.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to another process there")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_the_forms_are_served_with_a_token_until_it_is_ended(started, name, tmp_path):
    process, url = started
    address, _, token = url.partition("?token=")
    base = address.partition("lab/tree/")[0]
    assert address.endswith("form.ipynb")
    assert len(token) >= 24
    asked = urllib.request.Request(f"{base}api/contents/form.ipynb?token={token}")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(asked, timeout=30) as answer:
        book = json.loads(answer.read())["content"]
    sources = [cell["source"] for cell in book["cells"]]
    folder = tmp_path / "clients" / "aoyama"
    assert f"client = {str(folder)!r}\nlang = 'en'" in sources
    with pytest.raises(urllib.error.HTTPError):
        opener.open(f"{base}api/contents/form.ipynb", timeout=30)
    process.send_signal(getattr(signal, name))
    assert process.wait(60) == 0
    with pytest.raises(urllib.error.URLError):
        opener.open(f"{base}api/status?token={token}", timeout=5)
    assert sorted(one.name for one in folder.iterdir()) == ["client.yaml", "data"]
    assert list((tmp_path / "home").glob("toolkit-*")) == []


def test_a_missing_jupyterlab_is_told(monkeypatch):
    monkeypatch.setattr(util, "find_spec", lambda name: None)
    with pytest.raises(UsageError) as error:
        jupyter.refuse_without_lab()
    assert error.value.code == "lab_missing"


def test_the_token_is_not_among_the_arguments():
    server = jupyter.Server(folder=Path(), notebook="a b.ipynb", lang="ja", port=1, token="secret")
    arguments = server.arguments(Path(), browser=False)
    assert not any("secret" in one for one in arguments)
    assert server.environment()["JUPYTER_TOKEN"] == "secret"
    assert "--ServerApp.ip=127.0.0.1" in arguments
    assert server.url == "http://127.0.0.1:1/lab/tree/a%20b.ipynb?token=secret"


@pytest.mark.parametrize(("packs", "locale"), [({"ja_JP"}, "ja_JP"), (set(), None)])
def test_japanese_is_set_where_its_language_pack_is_there(packs, locale, monkeypatch, tmp_path):
    monkeypatch.setattr(jupyter, "language_packs", lambda: packs)
    jupyter.write_settings(tmp_path, "ja")
    said = json.loads((tmp_path / "overrides.json").read_text("utf-8"))
    assert said.get("@jupyterlab/translation-extension:plugin", {}).get("locale") == locale
    assert said["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
