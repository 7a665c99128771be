"""doctor: what is needed to run, and the fix for what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from toolkit.commands.condition.examined import Examined
from toolkit.commands.speech import Speech


def run(speech: Speech, as_json: bool, out: Path) -> int:
    """Print each check; exit code 1 if one fails that reports cannot be made without.

    Args:
        speech: the language and the streams.
        as_json: one document ``[{check, ok, needed, found, fix}]``, ``fix`` null where all is well.
        out: where reports are to go; nothing is left behind there.
    """
    results = list(examine(out))
    if as_json:
        speech.show([_record(one, speech) for one in results])
    else:
        for one in results:
            speech.line(_line(one, speech))
        bad = sum(one.needed and not one.ok for one in results)
        speech.say(f"cli.doctor.{'ill' if bad else 'well'}", count=bad)
    return 0 if all(one.ok for one in results if one.needed) else 1


def examine(out: Path) -> Iterator[Examined]:
    """Every check, one after the other."""
    from toolkit.commands.condition.installation import installation
    from toolkit.commands.condition.machine import machine
    from toolkit.commands.condition.surroundings import surroundings

    yield from installation()
    yield from machine(out)
    yield from surroundings()


def _record(one: Examined, speech: Speech) -> dict[str, object]:
    return {
        "check": one.name,
        "ok": one.ok,
        "needed": one.needed,
        "found": one.found,
        "fix": None if one.ok else _fix(one, speech),
    }


def _line(one: Examined, speech: Speech) -> str:
    name = speech.text(f"cli.doctor.name.{one.check}", about=one.about)
    use = f"cli.doctor.use.{one.about}"
    if speech.words.has(use):
        name = speech.text("cli.doctor.for", name=name, use=speech.text(use))
    if one.ok:
        return speech.text(
            f"cli.doctor.{'ok' if one.found else 'there'}", name=name, found=one.found
        )
    key = "bad" if one.needed else "note"
    return speech.text(f"cli.doctor.{key}", name=name, found=one.found, fix=_fix(one, speech))


def _fix(one: Examined, speech: Speech) -> str:
    return speech.text(f"cli.doctor.fix.{one.fix or one.check}", **one.params)
