"""synth: an invented client's folder, healthy or with known faults, to test the diagnosis."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from toolkit.commands.speech import Speech


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """What was asked for: model (None: the first that shows the faults), faults, seed, strength."""

    faults: tuple[str, ...]
    model: str | None
    seed: int
    strength: float


def synth(asked: Invented, out: Path, speech: Speech, as_json: bool) -> None:
    """Make the client in a folder named after it, and tell where and what is planted in it."""
    from toolkit.synth.client import write_client
    from toolkit.synth.synth import default_model
    from toolkit.synth.synth import synth as invent

    codes = tuple(code.strip().upper() for code in asked.faults)
    model = asked.model or default_model(codes)
    made = invent(model, asked.seed, codes, asked.strength)
    folder = out / made.client_id
    files = write_client(made, folder)
    if as_json:
        speech.show(
            {
                "client_id": made.client_id,
                "model": made.truth["model"],
                "faults": made.truth["faults"],
                "files": [file.as_posix() for file in files],
            }
        )
        return
    for fault in made.truth["faults"]:
        speech.line(speech.text("cli.synth.planted", rule=fault["rule"]))
    for one in made.truth["parameters"]:
        speech.line(speech.text("cli.synth.changed", **_shown(one)))
    speech.say("cli.synth.done", folder=folder)


def _shown(one: dict[str, object]) -> dict[str, str]:
    return {
        "name": str(one["parameter"]),
        "healthy": f"{one['healthy']:g}",
        "today": f"{one['today']:g}",
    }
