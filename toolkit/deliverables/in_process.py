"""Running the cells of a notebook in this process, with the outputs a kernel would give."""

from __future__ import annotations

import atexit
import builtins
import contextlib
import getpass
import io
import sys
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

if TYPE_CHECKING:
    from nbformat import NotebookNode

MOST_BYTES = 32 * 1024 * 1024
"""What one cell may show; a cell that shows more is ended."""
COLUMNS = 20
"""How many columns of a table pandas shows where it is imported in a kernel."""
NOBODY = " was called, but this frontend does not support input requests."


class OutputTooLarge(Exception):
    """A cell showed more than ``MOST_BYTES``."""


class Outputs:
    """The outputs of the cell that is running, as nbformat has them."""

    def __init__(self) -> None:
        self.shown: list[NotebookNode] = []
        self.size = 0
        self._clear_next = False
        self._by_id: dict[str, list[NotebookNode]] = {}

    def begin(self) -> None:
        """A new cell begins with nothing shown."""
        self.shown, self.size, self._clear_next = [], 0, False

    def text(self, name: str, text: str) -> None:
        """Something was written to a stream; parts that follow one another are one output."""
        self._grow(len(text))
        self._clear_if_due()
        last = self.shown[-1] if self.shown else None
        if last is not None and last.output_type == "stream" and last.name == name:
            last["text"] += text
        else:
            self.shown.append(_output("stream", name=name, text=text))

    def rich(self, kind: str, data: dict[str, Any], metadata: dict[str, Any], **more: Any) -> None:
        """Something was displayed, or is the result of the cell."""
        self._grow(sum(len(part) for part in data.values() if isinstance(part, str | bytes)))
        self._clear_if_due()
        transient = more.pop("transient", None) or {}
        name = transient.get("display_id")
        if name:
            self.update(data, metadata, name)
        made = _output(kind, data=_as_sent(data), metadata=metadata, **more)
        self.shown.append(made)
        if name:
            self._by_id.setdefault(name, []).append(made)

    def failed(self, name: str, value: str, lines: list[str]) -> None:
        """An exception ended the cell, or one of its displays."""
        self._clear_if_due()
        self.shown.append(_output("error", ename=name, evalue=value, traceback=lines))

    def update(self, data: dict[str, Any], metadata: dict[str, Any], display_id: str) -> None:
        """What was displayed under an id is replaced, in earlier cells as well."""
        for one in self._by_id.get(display_id, ()):
            one["data"], one["metadata"] = _as_sent(data), metadata

    def clear(self, wait: bool) -> None:
        """Take back what is shown: now, or when something new comes."""
        if wait:
            self._clear_next = True
        else:
            self.shown.clear()

    def _clear_if_due(self) -> None:
        if self._clear_next:
            self.shown.clear()
            self._clear_next = False

    def _grow(self, size: int) -> None:
        self.size += size
        if self.size > MOST_BYTES:
            raise OutputTooLarge


class _Stream(io.TextIOBase):
    def __init__(self, name: str, outputs: Outputs) -> None:
        self._name, self._outputs = name, outputs

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return "UTF-8"

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        if text:
            self._outputs.text(self._name, text)
        return len(text)


class _Publisher(DisplayPublisher):
    outputs: Outputs

    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        source: Any = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        shown = metadata or {}
        if update and transient:
            self.outputs.update(data, shown, str(transient.get("display_id")))
        else:
            self.outputs.rich("display_data", data, shown, transient=transient)

    def clear_output(self, wait: bool = False) -> None:
        self.outputs.clear(wait)


class _Hook(DisplayHook):
    outputs: Outputs

    def write_output_prompt(self) -> None:
        """The prompt is the notebook's."""

    def write_format_data(
        self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None
    ) -> None:
        if format_dict:
            count = self.prompt_count
            self.outputs.rich("execute_result", format_dict, md_dict or {}, execution_count=count)

    def finish_displayhook(self) -> None:
        """Nothing is buffered here."""


class ZmqLikeShell(InteractiveShell):
    """A shell that shows as a kernel's does; pandas looks for ``zmq`` in the name of its class."""

    outputs: Outputs
    exit_now = False

    def init_virtualenv(self) -> None:
        """The environment is the one we run in."""

    def enable_gui(self, gui: Any = None) -> None:
        """There is no screen."""

    def ask_exit(self) -> None:
        """``exit`` and ``quit`` end a kernel once the cell is over."""
        self.exit_now = True

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        self.outputs.failed(str(etype.__name__), str(evalue), stb)


class Cells:
    """Runs cells one after the other, in a namespace of its own; ``close`` puts all back."""

    def __init__(self) -> None:
        config = Config()
        config.HistoryManager.enabled = False  # its thread must not be there when we are forked
        config.InteractiveShell.colors = "nocolor"
        self._around = contextlib.ExitStack()
        self._around.enter_context(_process_as_it_was())
        # The classes of IPython have no type hints.
        shell: Any = ZmqLikeShell.instance(
            config=config, display_pub_class=_Publisher, displayhook_class=_Hook
        )
        self.outputs = Outputs()
        shell.outputs = shell.display_pub.outputs = shell.displayhook.outputs = self.outputs
        self.shell = shell
        _show_figures(shell)
        _usual_tables()

    def run(self, source: str) -> tuple[list[NotebookNode], int, BaseException | None]:
        """Run one cell.

        Returns:
            Its outputs (nbformat, an error among them), its number, what ended it.
        """
        self.outputs.begin()
        with _heard(self.outputs), _nobody_to_ask():
            result = self.shell.run_cell(source, store_history=True)
        error = result.error_before_exec or result.error_in_exec
        if error is None and any(one.output_type == "error" for one in self.outputs.shown):
            error = RuntimeError()  # what it displayed could not be shown
        return self.outputs.shown, self.shell.execution_count - 1, error

    def close(self) -> None:
        """Forget the namespace and the shell."""
        atexit.unregister(self.shell.atexit_operations)
        self.shell.atexit_operations()
        ZmqLikeShell.clear_instance()
        self._around.close()


@contextlib.contextmanager
def _process_as_it_was() -> Iterator[None]:
    """A shell takes the place of ``__main__`` and of another shell, and warnings are told once."""
    held = [(one, one.__dict__.get("_instance")) for one in InteractiveShell._walk_mro()]
    main, path = sys.modules.get("__main__"), list(sys.path)
    InteractiveShell.clear_instance()
    with warnings.catch_warnings():
        try:
            yield
        finally:
            for one, instance in held:
                one._instance = instance
            sys.path[:] = path
            if main is not None:
                sys.modules["__main__"] = main


def _show_figures(shell: Any) -> None:
    """Figures of pyplot show in this shell, also where another one has shown some before."""
    inline = sys.modules.get("matplotlib_inline.backend_inline")
    pyplot = sys.modules.get("matplotlib.pyplot")
    if inline is not None and pyplot is not None:
        pyplot.close("all")
        inline.InlineBackend.clear_instance()
        inline.configure_inline_support.current_backend = "unset"
        inline._enable_matplotlib_integration()


def _usual_tables() -> None:
    """Tables as wide as a kernel shows them, whatever was set before."""
    import pandas

    pandas.reset_option("display")
    pandas.set_option("display.max_columns", COLUMNS)


@contextlib.contextmanager
def _nobody_to_ask() -> Iterator[None]:
    """Questions to a user fail, as in a kernel that nobody watches."""

    def refusing(name: str) -> Any:
        def refused(*_: Any, **__: Any) -> str:
            raise StdinNotImplementedError(name + NOBODY)

        return refused

    held = builtins.input, getpass.getpass
    builtins.input, getpass.getpass = refusing("raw_input"), refusing("getpass")
    try:
        yield
    finally:
        builtins.input, getpass.getpass = held


def _output(kind: str, **fields: Any) -> NotebookNode:
    from nbformat.v4 import new_output

    made: NotebookNode = new_output(kind, **fields)  # type: ignore[no-untyped-call]
    return made


@contextlib.contextmanager
def _heard(outputs: Outputs) -> Iterator[None]:
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Stream("stdout", outputs), _Stream("stderr", outputs)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _as_sent(data: dict[str, Any]) -> dict[str, Any]:
    """Data as they arrive from a kernel: bytes as base64, everything plain JSON."""
    import base64

    return {
        kind: base64.b64encode(part).decode("ascii") if isinstance(part, bytes) else part
        for kind, part in data.items()
    }
