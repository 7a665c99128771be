"""The client's own order of the four sales functions: apart, together, one after another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.frameworks.check import code, unique
from toolkit.frameworks.framework import Row
from toolkit.method import load_method

FUNCTIONS = ("gathering", "promotion", "closing", "collection")
Process = Sequence[Sequence[str]]


def read_process(text: str | None) -> tuple[tuple[str, ...], ...] | None:
    """The order in a text such as 「集客＋販促→成約→回収」; None where it is not understood.

    Labels of both languages are read, arrows part the stages, plus signs what is done at once.

    >>> read_process("集客+販促 → 成約 → 回収")
    (('gathering', 'promotion'), ('closing',), ('collection',))
    """
    names = {
        label.strip().casefold(): function
        for table in load_method().words.values()
        for function in FUNCTIONS
        for label in table.get(f"frameworks.read.function.{function}", "").split("|")
    }
    stages = [
        tuple(names.get(word.strip().casefold(), "") for word in re.split(r"[+＋&＆]", stage))
        for stage in re.split(r"→|⇒|->|>|＞", text or "")
    ]
    flat = [name for stage in stages for name in stage]
    return tuple(stages) if all(flat) and len(set(flat)) == len(flat) else None


def settle_process(process: Process) -> tuple[tuple[str, ...], ...]:
    """Stages as tuples of functions; a stage may be given as one function.

    Raises:
        ObjectError: a function is none of the four, or stands twice.
    """
    stages = tuple((stage,) if isinstance(stage, str) else tuple(stage) for stage in process)
    names = [name for stage in stages for name in stage]
    for name in names:
        code("process", name, FUNCTIONS)
    unique("process", names)
    return stages


def timing(process: Process | None, name: str, reference: str) -> str | None:
    """Whether a function runs ``together`` with another, ``later`` or ``before``.

    >>> timing([["gathering", "promotion"], ["closing"]], "promotion", "gathering")
    'together'

    Returns:
        None where the order is not known or lacks one of the two.
    """
    places = {one: place for place, stage in enumerate(process or ()) for one in stage}
    if name not in places or reference not in places:
        return None
    gap = places[name] - places[reference]
    return "together" if gap == 0 else ("later" if gap > 0 else "before")


def process_rows(process: Process | None, text: str | None) -> tuple[Row, ...]:
    """A row a function with its place in the order, and how promotion and closing stand in it."""
    if not process:
        return (Row(part="process", value=text),)
    places = tuple(
        Row(part="process", item=str(place), value=name, codes="function")
        for place, stage in enumerate(process, start=1)
        for name in stage
    )
    pairs = (("promotion", "gathering"), ("closing", "promotion"))
    return places + tuple(
        Row(
            part="timing",
            item=name,
            value=timing(process, name, reference),
            items="function_timing",
            codes="timing",
        )
        for name, reference in pairs
    )
