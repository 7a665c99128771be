"""The lists of client.yaml besides the answers: compliance, own thresholds, suppressed rules."""

from __future__ import annotations

from toolkit.intake.mappings.columns import word_form
from toolkit.intake.profiles.checking import Faults
from toolkit.intake.profiles.yaml_text import Node
from toolkit.intake.values.cells import Unreadable
from toolkit.intake.values.money import Money, parse_money
from toolkit.method import Method

STATES = ("yes", "no", "unknown", "not_applicable")
NO_MARKS = Money(own=("円",), others={}, scales={"万": 10000, "億": 100000000})


def read_number(node: Node) -> float | None:
    """A number from a scalar: 0.3, 30%, 1,200 or 3万円; None where it is none."""
    text = word_form(node.text or "")
    share = text.endswith("%")
    try:
        value = float(parse_money(text.removesuffix("%").strip(), NO_MARKS)[0])
    except Unreadable:
        return None
    return value / 100 if share else value


def read_compliance(node: Node, method: Method, faults: Faults) -> dict[str, str]:
    """State by item of law."""
    known = method.section("legal")
    found = {}
    for key, entry in (node.entries or {}).items():
        state = word_form(entry.node.text or "")
        name = f"compliance.{key}"
        if known and key not in known:
            faults.unknown(name, entry.line, known)
        elif state not in STATES:
            faults.add("field_choice", name, entry.node, {"choices": ", ".join(STATES)})
        else:
            found[key] = state
    return found


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
