"""Running the cells of a notebook in this process, with the outputs a kernel would give."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

if TYPE_CHECKING:
    from nbformat import NotebookNode

MOST_BYTES = 32 * 1024 * 1024
"""What one cell may show; a cell that shows more is ended."""
INLINE = "module://matplotlib_inline.backend_inline"


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
        made = _output(kind, data=_as_sent(data), metadata=metadata, **more)
        self.shown.append(made)
        if "display_id" in transient:
            self._by_id.setdefault(transient["display_id"], []).append(made)

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
        count = self.prompt_count
        self.outputs.rich("execute_result", format_dict, md_dict or {}, execution_count=count)

    def finish_displayhook(self) -> None:
        """Nothing is buffered here."""


class ZmqLikeShell(InteractiveShell):
    """A shell that shows as a kernel's does; pandas looks for ``zmq`` in the name of its class."""

    def init_virtualenv(self) -> None:
        """The environment is the one we run in."""

    def enable_gui(self, gui: Any = None) -> None:
        """There is no screen."""

    def showtraceback(self, *args: Any, **kwargs: Any) -> None:
        """A traceback is an output of the cell; ``run`` makes it from the result."""


class Cells:
    """Runs cells one after the other, in a namespace of its own."""

    def __init__(self) -> None:
        config = Config()
        config.HistoryManager.enabled = False  # its thread must not be there when we are forked
        config.InteractiveShell.colors = "NoColor"
        InteractiveShell.clear_instance()
        # The classes of IPython have no type hints.
        shell: Any = ZmqLikeShell.instance(
            config=config, display_pub_class=_Publisher, displayhook_class=_Hook
        )
        self.outputs = Outputs()
        shell.display_pub.outputs = shell.displayhook.outputs = self.outputs
        self.shell = shell

    def run(self, source: str) -> tuple[list[NotebookNode], int, BaseException | None]:
        """Run one cell.

        Returns:
            Its outputs (nbformat, an error the last of them), its number, what it raised.
        """
        self.outputs.begin()
        with _heard(self.outputs):
            result = self.shell.run_cell(source, store_history=True)
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            self.outputs.shown.append(_told(error))
        return self.outputs.shown, self.shell.execution_count - 1, error

    def close(self) -> None:
        """Forget the namespace and the shell."""
        self.shell.reset(new_session=False)
        ZmqLikeShell.clear_instance()


def _told(error: BaseException) -> NotebookNode:
    import traceback

    lines = [line.rstrip() for line in traceback.format_exception(error)]
    return _output("error", ename=type(error).__name__, evalue=str(error), traceback=lines)


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
