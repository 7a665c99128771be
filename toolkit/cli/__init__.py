"""The command ``toolkit``: parse, one library call, print. Words are in content/words."""

from __future__ import annotations

import os
import sys

import click

from toolkit.cli import clients, learning, machine, method, months, night, reports
from toolkit.cli.options import toolkit
from toolkit.commands.screen import make_writable
from toolkit.commands.speech import speech
from toolkit.errors import ToolkitError

ROOMS = (clients, reports, night, months, method, learning, machine)
"""Where the commands are; loading one adds its own to the group."""

__all__ = ["main", "toolkit"]


def main() -> None:
    """Entry point: every error becomes a sentence and an exit code, never a traceback."""
    make_writable()
    arguments = sys.argv[1:]
    debug = "--debug" in arguments or bool(os.environ.get("TOOLKIT_DEBUG"))
    words = speech(_asked_language(arguments))
    try:
        code = toolkit.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        sys.exit(words.usage(error, "--json" in arguments))
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:  # the last door before the screen: a sentence, never a traceback
        if debug:
            raise
        sys.exit(words.error(_told_as(error), "--json" in arguments))


def _told_as(error: Exception) -> ToolkitError:
    """Our own error as it is; another as one that names what happened and asks for a report."""
    if isinstance(error, ToolkitError):
        return error
    code = "system_error" if isinstance(error, OSError) else "unexpected"
    return ToolkitError(code, params={"detail": f"{type(error).__name__}: {error}"[:200]})


def _asked_language(arguments: list[str]) -> tuple[str, ...] | None:
    for place, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return tuple(argument.removeprefix("--lang=").split(","))
        if argument == "--lang" and place + 1 < len(arguments):
            return tuple(arguments[place + 1].split(","))
    return None
