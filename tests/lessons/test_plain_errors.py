"""An error of ours in a notebook: told in the reader's words, without a traceback."""

import sys
from types import SimpleNamespace

import pytest

from toolkit.errors import UsageError
from toolkit.lessons.plain_errors import tell_errors_plainly
from toolkit.words import screen_words


@pytest.fixture
def shell(monkeypatch):
    """A shell that notes who tells which errors, and what is displayed."""
    made = SimpleNamespace(told=[], shown=[])
    made.set_custom_exc = lambda kinds, tell: made.told.append((kinds, tell))
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: made))
    display = SimpleNamespace(display=lambda data, raw: made.shown.append(data))
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    return made


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_message_and_fix_are_shown_escaped_and_no_traceback(shell, lang):
    book = screen_words(lang)
    tell_errors_plainly(book)
    ((kinds, tell),) = shell.told
    error = UsageError("client_missing", params={"client": "<b>x</b>"})
    assert isinstance(error, kinds)
    tell(shell, UsageError, error, None)
    (shown,) = shell.shown
    assert "<b>x</b>" in shown["text/plain"]
    assert "<b>" not in shown["text/html"]
    assert f'lang="{lang}"' in shown["text/html"]
    fix = book.text("errors.client_missing.fix", client="")
    assert fix[:8] in shown["text/plain"]
    assert "Traceback" not in shown["text/plain"]


def test_outside_a_notebook_nothing_is_changed(monkeypatch):
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: None))
    tell_errors_plainly(screen_words("en"))
    monkeypatch.delitem(sys.modules, "IPython")
    tell_errors_plainly(screen_words("en"))
