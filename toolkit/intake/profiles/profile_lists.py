"""The lists of client.yaml besides the answers: compliance, own thresholds, suppressed rules."""

from __future__ import annotations

from toolkit.intake.profiles.answer import Answer
from toolkit.intake.profiles.answer_values import coded, read_number
from toolkit.intake.profiles.answers import Giving, Reading, unwrapped
from toolkit.intake.profiles.checking import Faults
from toolkit.intake.profiles.yaml_text import Node
from toolkit.method import Method

STATES = ("yes", "no", "unknown", "not_applicable")


def read_compliance(node: Node | None, method: Method, faults: Faults) -> tuple[Giving, ...]:
    """The state of each item of law, with who said so and when where that is given."""
    known = method.section("legal")
    reading = Reading(method=method, faults=faults)
    found: list[Giving] = []
    for key, entry in ((node.entries or {}) if node else {}).items():
        name = f"compliance.{key}"
        value, details = unwrapped(entry.node, name, reading)
        if value is not None and value.blank:
            continue
        text = value.text or "" if value else ""
        state = coded(text, STATES, "hearing.states", method)
        if known and key not in known:
            faults.unknown(name, entry.node.cell or entry.line, known)
        elif state is None:
            faults.add(
                "field_choice", name, value or entry.node, {"choices": _states(value, method)}
            )
        else:
            found.append((Answer(question=key, value=state, source=faults.file, **details),))
    return tuple(found)


def _states(node: Node | None, method: Method) -> str:
    """What a check may be answered with: codes for a file of text, labels for a sheet."""
    if node is None or node.cell is None:
        return ", ".join(STATES)
    words = method.words[node.cell.lang]
    return words["report.list_separator"].join(words[f"hearing.states.{one}"] for one in STATES)


def read_thresholds(node: Node, method: Method, faults: Faults) -> dict[str, float]:
    """The client's own targets by the name of the threshold."""
    known = method.section("thresholds")
    found = {}
    for key, entry in (node.entries or {}).items():
        value = read_number(entry.node)
        name = f"thresholds.{key}"
        if key not in known:
            faults.unknown(name, entry.line, known)
        elif value is None:
            faults.add("field_number", name, entry.node)
        else:
            found[key] = value
    return found


def read_suppress(node: Node, method: Method, faults: Faults) -> dict[str, str]:
    """Why a rule is left out, by its code."""
    known = method.section("rules")
    found = {}
    for key, entry in (node.entries or {}).items():
        name = f"suppress.{key}"
        if known and key not in known:
            faults.unknown(name, entry.line, known)
        elif not entry.node.text or entry.node.blank:
            faults.add("suppress_reason", name, entry.node)
        else:
            found[key] = entry.node.text
    return found
