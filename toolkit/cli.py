"""The command ``toolkit``: parse, one library call, print. Words are in content/words."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

import click

from toolkit.commands.screen import make_writable
from toolkit.commands.speech import Speech, speech
from toolkit.errors import ToolkitError

Command = TypeVar("Command", bound=Callable[..., Any] | click.Command)
CONTEXT = {"help_option_names": ["--help"], "max_content_width": 100}


def _told(name: str) -> str:
    """Help of a command, in the language of the environment."""
    return speech(None).text(f"cli.{name}.help")


class Decorator(Protocol):
    """What adds an option to a command and leaves its type as it is."""

    def __call__(self, command: Command, /) -> Command: ...


def _option(*names: str, **fields: Any) -> Decorator:
    key = names[0].lstrip("-").replace("-", "_")
    return click.option(*names, help=speech(None).text(f"cli.option.{key}"), **fields)


def _several(_: Any, __: Any, value: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if value else ()


def _day(_: Any, __: Any, value: str | None) -> str | None:
    from datetime import date

    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise click.BadParameter(value) from None


lang_option = _option("--lang", callback=_several, metavar="ja|en|ja,en")
json_option = _option("--json", "as_json", is_flag=True)
method_option = _option("--method", type=click.Path(path_type=Path), metavar="DIR")
out_option = _option("--out", type=click.Path(path_type=Path), required=True, metavar="DIR")
formats_option = _option(
    "--formats",
    callback=_several,
    default="html,ipynb",
    show_default=True,
    metavar="html,pdf,pptx,xlsx,csv,ipynb",
)
theme_option = _option("--theme", type=click.Path(path_type=Path), metavar="T.toml")
as_of_option = _option("--as-of", callback=_day, metavar="YYYY-MM-DD")


@click.group(context_settings=CONTEXT, help=_told("toolkit"))
@click.version_option(package_name="business-system-toolkit", prog_name="toolkit")
@_option("--debug", is_flag=True)
@click.pass_context
def toolkit(context: click.Context, debug: bool) -> None:
    """The group of all commands."""
    context.obj = {"debug": debug}


def _command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """Make a function a command of the group, with its help from the words."""
    text = _told(name.replace("-", "_"))
    return toolkit.command(name, help=text, short_help=text)


@_command("new-client")
@click.argument("client_id", metavar="ID")
@_option("--dir", "folder", type=click.Path(path_type=Path), default="clients", show_default=True)
@method_option
@lang_option
def new_client(client_id: str, folder: Path, method: Path | None, lang: tuple[str, ...]) -> None:
    """Make a client's folder."""
    from toolkit.commands import clients

    clients.new(client_id, folder, method, speech(lang))


@_command("read")
@click.argument("file", type=click.Path(path_type=Path))
@_option("--kind", required=True)
@_option("--mapping", type=click.Path(path_type=Path), metavar="M.toml")
@_option("--confirm", type=click.Path(path_type=Path), metavar="CLIENT")
@lang_option
@json_option
def read(
    file: Path,
    kind: str,
    mapping: Path | None,
    confirm: Path | None,
    lang: tuple[str, ...],
    as_json: bool,
) -> None:
    """Read one file and tell what became of each row."""
    from toolkit.commands import reading

    asked = reading.Asked(file=file, kind=kind, mapping=mapping, confirm=confirm, as_json=as_json)
    sys.exit(reading.read(asked, speech(lang, confirm)))


@_command("check")
@click.argument("client", type=click.Path(path_type=Path))
@_option("--request", type=click.Path(path_type=Path), metavar="FILE.xlsx")
@method_option
@lang_option
@json_option
def check(
    client: Path,
    request: Path | None,
    method: Path | None,
    lang: tuple[str, ...],
    as_json: bool,
) -> None:
    """Tell what was read and what is still to be asked."""
    from toolkit.commands import clients

    clients.check(client, method, speech(lang, client), as_json, request)


@_command("form")
@click.argument("client", type=click.Path(path_type=Path))
@_option("--no-browser", is_flag=True)
@lang_option
def form(client: Path, no_browser: bool, lang: tuple[str, ...]) -> None:
    """Open the forms of a client in JupyterLab."""
    from toolkit.commands.form import form as open_form

    sys.exit(open_form(client, not no_browser, speech(lang, client)))


@_command("count")
@click.argument("client", type=click.Path(path_type=Path))
@out_option
@lang_option
@as_of_option
@json_option
def count(client: Path, out: Path, lang: tuple[str, ...], as_of: str | None, as_json: bool) -> None:
    """Count a client's orders per customer."""
    from toolkit.commands.count import count as count_orders

    count_orders(client, out, as_of, speech(lang, client), as_json)


@_command("summarise")
@click.argument("client", type=click.Path(path_type=Path))
@out_option
@_option("--summaries", callback=_several, metavar="NAME,NAME")
@lang_option
@as_of_option
@json_option
def summarise(
    client: Path,
    out: Path,
    summaries: tuple[str, ...],
    lang: tuple[str, ...],
    as_of: str | None,
    as_json: bool,
) -> None:
    """Make a client's summaries in its database."""
    from toolkit.commands import summarise as command

    speaking = speech(lang, client)
    made = command.summarise(client, out, summaries, as_of, speaking)
    if as_json:
        speaking.show(command.document(made, out))
    else:
        command.tell(made, out, speaking)


@_command("whatif")
@click.argument("client", type=click.Path(path_type=Path))
@_option("--set", "settings", multiple=True, required=True, metavar="FACT=VALUE")
@method_option
@as_of_option
@lang_option
@json_option
def whatif(
    client: Path,
    settings: tuple[str, ...],
    method: Path | None,
    as_of: str | None,
    lang: tuple[str, ...],
    as_json: bool,
) -> None:
    """Set facts to other values and tell what changes."""
    from toolkit.commands.whatif import Tried
    from toolkit.commands.whatif import whatif as try_out

    try_out(
        Tried(client=client, settings=settings, method=method, as_of=as_of),
        speech(lang, client),
        as_json,
    )


@_command("diagnose")
@click.argument("client", type=click.Path(path_type=Path))
@out_option
@lang_option
@formats_option
@as_of_option
@method_option
@theme_option
def diagnose(
    client: Path,
    out: Path,
    lang: tuple[str, ...],
    formats: tuple[str, ...],
    as_of: str | None,
    method: Path | None,
    theme: Path | None,
) -> None:
    """Write a client's report."""
    from toolkit.commands import reports
    from toolkit.deliverables.options import Options

    options = Options(langs=lang, formats=formats, as_of=as_of, method=method, theme=theme)
    reports.diagnose(client, out, options, speech(lang, client))


@_command("render")
@click.argument("diagnosis", type=click.Path(path_type=Path), metavar="DIAGNOSIS.json")
@out_option
@lang_option
@formats_option
@method_option
@theme_option
def render(
    diagnosis: Path,
    out: Path,
    lang: tuple[str, ...],
    formats: tuple[str, ...],
    method: Path | None,
    theme: Path | None,
) -> None:
    """Write a saved diagnosis in another language."""
    from toolkit.commands import reports
    from toolkit.deliverables.options import Options

    options = Options(langs=lang, formats=formats, method=method, theme=theme)
    reports.render(diagnosis, out, options, speech(lang))


@_command("verify")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@_option("--client", type=click.Path(path_type=Path), required=True)
@method_option
@lang_option
@json_option
def verify(
    folder: Path, client: Path, method: Path | None, lang: tuple[str, ...], as_json: bool
) -> None:
    """Recompute every printed number."""
    from toolkit.commands import reports

    sys.exit(reports.verify(folder, client, method, speech(lang, client), as_json))


@_command("batch")
@click.argument("clients", type=click.Path(path_type=Path))
@click.option(
    "--out",
    required=True,
    metavar="DIR|s3://…",
    help=speech(None).text("cli.option.out_or_bucket"),
)
@_option("--jobs", type=click.IntRange(min=1), metavar="N")
@_option("--timeout", type=click.IntRange(min=1), default=600, show_default=True)
@_option("--memory", type=click.IntRange(min=0), default=4096, show_default=True, metavar="MB")
@_option("--engine", type=click.Choice(["warm", "spawn", "nbclient"]))
@_option("--force", is_flag=True)
@_option("--scheduler", metavar="tcp://HOST:PORT")
@_option("--ledger", metavar="postgresql://…", envvar="TOOLKIT_LEDGER")
@lang_option
@formats_option
@as_of_option
@method_option
@theme_option
def batch(
    clients: Path,
    out: str,
    jobs: int | None,
    timeout: int,
    memory: int,
    engine: str | None,
    force: bool,
    scheduler: str | None,
    ledger: str | None,
    lang: tuple[str, ...],
    formats: tuple[str, ...],
    as_of: str | None,
    method: Path | None,
    theme: Path | None,
) -> None:
    """Write the reports of many clients."""
    from toolkit.batch.run import BatchOptions
    from toolkit.commands import reports
    from toolkit.deliverables.options import Options

    options = Options(
        langs=lang, formats=formats, as_of=as_of, method=method, theme=theme, timeout=timeout
    )
    how = BatchOptions(
        jobs=jobs,
        engine=engine,
        force=force,
        memory=memory,
        scheduler=scheduler,
        ledger=ledger,
    )
    sys.exit(reports.batch(clients, out, how, options, speech(lang)))


@_command("keep")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.argument("client", type=click.Path(path_type=Path))
@method_option
@lang_option
def keep(folder: Path, client: Path, method: Path | None, lang: tuple[str, ...]) -> None:
    """File this month's diagnosis."""
    from toolkit.commands import changes

    changes.keep(folder, client, method, speech(lang, client))


@_command("compare")
@click.argument("old", type=click.Path(path_type=Path), metavar="OLD.json")
@click.argument("new", type=click.Path(path_type=Path), metavar="NEW.json")
@method_option
@lang_option
@json_option
def compare(
    old: Path, new: Path, method: Path | None, lang: tuple[str, ...], as_json: bool
) -> None:
    """Set two months side by side."""
    from toolkit.commands import changes

    changes.compare(old, new, method, speech(lang), as_json)


@toolkit.group("meeting", help=_told("meeting"), short_help=_told("meeting"))
def meeting() -> None:
    """The group of commands for meetings."""


def _meeting(name: str, words: str) -> Callable[[Callable[..., None]], click.Command]:
    """Make a function a command of the group for meetings."""
    text = _told(words)
    return meeting.command(name, help=text, short_help=text)


meeting_out_option: Decorator = click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help=speech(None).text("cli.option.meeting_out"),
)


@_meeting("first", "meeting_first")
@click.argument("client", type=click.Path(path_type=Path))
@meeting_out_option
@as_of_option
@method_option
@theme_option
@lang_option
def meeting_first(
    client: Path,
    out: Path,
    as_of: str | None,
    method: Path | None,
    theme: Path | None,
    lang: tuple[str, ...],
) -> None:
    """Make the papers of a first meeting."""
    from toolkit.commands import meeting as papers
    from toolkit.deliverables.meeting.pack import PackOptions

    words = speech(lang, client)
    options = PackOptions(
        langs=lang, fallback_lang=words.lang, as_of=as_of, method=method, theme=theme
    )
    papers.make("first", client, out, options, words)


@_meeting("follow-up", "meeting_follow_up")
@click.argument("client", type=click.Path(path_type=Path))
@meeting_out_option
@as_of_option
@method_option
@theme_option
@lang_option
def meeting_follow_up(
    client: Path,
    out: Path,
    as_of: str | None,
    method: Path | None,
    theme: Path | None,
    lang: tuple[str, ...],
) -> None:
    """Make the papers of a follow-up meeting."""
    from toolkit.commands import meeting as papers
    from toolkit.deliverables.meeting.pack import PackOptions

    words = speech(lang, client)
    options = PackOptions(
        langs=lang, fallback_lang=words.lang, as_of=as_of, method=method, theme=theme
    )
    papers.make("follow_up", client, out, options, words)


@_meeting("read", "meeting_read")
@click.argument("file", type=click.Path(path_type=Path), metavar="TRACKER.xlsx")
@click.option(
    "--client",
    type=click.Path(path_type=Path),
    metavar="CLIENT",
    help=speech(None).text("cli.option.meeting_client"),
)
@method_option
@lang_option
def meeting_read(
    file: Path, client: Path | None, method: Path | None, lang: tuple[str, ...]
) -> None:
    """Read a filled-in tracker back."""
    from toolkit.commands import meeting as papers

    papers.read(file, client, method, speech(lang, client))


@_command("rules")
@_option("--check", is_flag=True)
@method_option
@lang_option
@json_option
def rules(check: bool, method: Path | None, lang: tuple[str, ...], as_json: bool) -> None:
    """List the rules, or tell the mistakes of the content."""
    from toolkit.commands import method as listing

    if check:
        sys.exit(listing.check_rules(method, speech(lang), as_json))
    listing.rules(method, speech(lang), as_json)


@_command("facts")
@method_option
@lang_option
@json_option
def facts(method: Path | None, lang: tuple[str, ...], as_json: bool) -> None:
    """List the facts."""
    from toolkit.commands import method as listing

    listing.facts(method, speech(lang), as_json)


@_command("sources")
@_option("--page", type=click.Path(path_type=Path), metavar="FILE.md")
@method_option
@lang_option
@json_option
def sources(page: Path | None, method: Path | None, lang: tuple[str, ...], as_json: bool) -> None:
    """List what the sources say and where it is in the product."""
    from toolkit.commands import method as listing

    listing.sources(method, page, speech(lang), as_json)


@_command("questions")
@click.argument("client", type=click.Path(path_type=Path), required=False)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE.xlsx",
    help=speech(None).text("cli.option.hearing_out"),
)
@method_option
@lang_option
@json_option
def questions(
    client: Path | None,
    out: Path | None,
    method: Path | None,
    lang: tuple[str, ...],
    as_json: bool,
) -> None:
    """List the questions of the hearing or those to ask a client next, or write the sheet."""
    from toolkit.commands import method as listing

    listing.questions(method, out, speech(lang, client), as_json, client)


@_command("synth")
@_option("--fault", "faults", multiple=True, metavar="CODE")
@_option("--model", metavar="MODEL")
@_option("--seed", type=click.IntRange(min=0), required=True, metavar="N")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help=speech(None).text("cli.option.synth_out"),
)
@_option("--strength", type=float, default=1.0, show_default=True, metavar="0-1")
@lang_option
@json_option
def synth(
    faults: tuple[str, ...],
    model: str | None,
    seed: int,
    out: Path,
    strength: float,
    lang: tuple[str, ...],
    as_json: bool,
) -> None:
    """Make an invented client."""
    from toolkit.commands.synth import Invented
    from toolkit.commands.synth import synth as invent

    asked = Invented(faults=faults, model=model, seed=seed, strength=strength)
    invent(asked, out, speech(lang), as_json)


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


__all__ = ["Speech", "main", "toolkit"]


def _worded(words: str, *names: str, **fields: Any) -> Decorator:
    """An option whose help stands under a name of its own."""
    return click.option(*names, help=speech(None).text(f"cli.option.{words}"), **fields)


@_command("learn")
@_worded(
    "learn_dir",
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    default="lessons",
    show_default=True,
)
@_worded("learn_name", "--name", metavar="NAME", default="")
@_worded("learn_reset", "--reset", is_flag=True)
@_worded("learn_no_browser", "--no-browser", is_flag=True)
@lang_option
def learn(folder: Path, name: str, reset: bool, no_browser: bool, lang: tuple[str, ...]) -> None:
    """Open the next lesson."""
    from toolkit.commands import learning

    asked = learning.Asked(folder=folder, learner=name, reset=reset, browser=not no_browser)
    sys.exit(learning.learn(asked, speech(lang)))


@_command("progress")
@click.argument("folder", type=click.Path(path_type=Path), default="lessons")
@_worded("progress_out", "--out", type=click.Path(path_type=Path), metavar="DIR")
@lang_option
def progress(folder: Path, out: Path | None, lang: tuple[str, ...]) -> None:
    """Make the page of a learner's progress, or of a class."""
    from toolkit.commands import learning

    learning.progress(folder, out, speech(lang))


@_command("guide")
@_worded("guide_out", "--out", type=click.Path(path_type=Path), required=True, metavar="DIR")
@lang_option
def guide(out: Path, lang: tuple[str, ...]) -> None:
    """Write the teachers' guide and the glossary."""
    from toolkit.commands import learning

    learning.guides(out, speech(lang))


@_command("doctor")
@_worded("doctor_out", "--out", type=click.Path(path_type=Path), default=".", metavar="DIR")
@lang_option
@json_option
def doctor(out: Path, lang: tuple[str, ...], as_json: bool) -> None:
    """Check what is needed to run."""
    from toolkit.commands.doctor import run

    sys.exit(run(speech(lang), as_json, out))


@_command("demo")
@click.argument("client", default="aoba_shop")
@_worded("demo_out", "--out", type=click.Path(path_type=Path), default="demo", metavar="DIR")
@_worded("demo_no_browser", "--no-browser", is_flag=True)
@lang_option
def demo(client: str, out: Path, no_browser: bool, lang: tuple[str, ...]) -> None:
    """Make the report of a client that comes with the package."""
    from toolkit.commands.demo import demo as make_demo

    make_demo(client, out, not no_browser, speech(lang))
