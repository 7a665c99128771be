"""In a notebook an error of ours is told in the reader's words, without a traceback."""

from __future__ import annotations

import html
import sys
from typing import Any

from toolkit.errors import ToolkitError
from toolkit.lessons.result import card
from toolkit.words import Words, error_text

_EDGE = "#c0392b"


def tell_errors_plainly(book: Words) -> None:
    """From now on this notebook's errors of ours are told by ``book``; elsewhere nothing."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None:
        return

    def tell(shell: Any, kind: type[BaseException], error: ToolkitError, *trace: Any) -> None:
        from IPython.display import display

        text = error_text(error, book)
        head, _, rest = text.partition("\n")
        page = f'<div lang="{html.escape(book.lang)}">{card(head, rest, _EDGE)}</div>'
        display({"text/plain": text, "text/html": page}, raw=True)  # type: ignore[no-untyped-call]

    shell.set_custom_exc((ToolkitError,), tell)
