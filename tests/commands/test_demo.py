"""toolkit demo: a shipped client's report in one command."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from urllib.parse import unquote

import pytest

from toolkit.cli import toolkit
from toolkit.commands.demo import FIRST, demo, shipped
from toolkit.commands.speech import Speech
from toolkit.errors import UsageError


@pytest.mark.slow
def test_the_report_is_made_and_opened(tmp_path, monkeypatch, capsys):
    opened = []
    monkeypatch.setattr(webbrowser, "open", lambda url: opened.append(url) or True)
    out = tmp_path / "山田 太郎"
    demo(FIRST, out, True, Speech(lang="en"))
    page = out / FIRST / "report.html"
    assert capsys.readouterr().out.strip() == str(page)
    assert '<html lang="en"' in page.read_text(encoding="utf-8")
    (url,) = opened
    assert url.startswith("file:///")
    assert " " not in url
    assert Path(unquote(url.removeprefix("file://"))) == page.resolve()
    assert {"workbook.xlsx", "findings.csv"} <= {path.name for path in page.parent.iterdir()}


def test_what_is_not_shipped_is_told_with_what_is():
    assert FIRST in shipped()
    with pytest.raises(UsageError) as told:
        demo("nobody", Path("demo"), False, Speech(lang="ja"))
    assert told.value.params["known"] == ", ".join(shipped())


def test_the_client_by_default():
    assert toolkit.commands["demo"].params[0].default == FIRST
