"""What was agreed of an action in client.yaml: cost, closure, who does it and by when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from toolkit.intake.profiles.answer_values import read_number
from toolkit.intake.profiles.checking import Faults
from toolkit.intake.profiles.yaml_text import Node
from toolkit.method import Method

MOST_TEXT = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What was agreed of the action of one rule; None is not agreed yet.

    ``initial_yen`` is paid once, ``monthly_yen`` every month; ``closure`` (0–1) is the part of
    the gap the action is expected to close, in place of the method's own. ``status`` is how far
    the action is, which edits.yaml alone can say.
    """

    initial_yen: float | None = None
    monthly_yen: float | None = None
    closure: float | None = None
    assignee: str | None = None
    due: date | None = None
    status: str | None = None

    def stated(self) -> dict[str, Any]:
        """What was agreed, as JSON has it."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        day = self.due.isoformat() if self.due else None
        return {name: value for name, value in {**values, "due": day}.items() if value is not None}


def read_actions(node: Node, method: Method, faults: Faults) -> dict[str, Agreed]:
    """Agreed costs, assignees and dates by rule code."""
    rules = method.section("rules")
    found: dict[str, Agreed] = {}
    for code, entry in (node.entries or {}).items():
        name = f"actions.{code}"
        if rules and code not in rules:
            faults.unknown(name, entry.line, rules)
        elif entry.node.entries is None:
            if not entry.node.blank:
                faults.add("yaml_no_map_under", name, entry.node)
        else:
            found[code] = Agreed(**_fields(entry.node, name, faults))
    return found


def _fields(node: Node, name: str, faults: Faults) -> Mapping[str, Any]:
    values: dict[str, Any] = {}
    for key, entry in (node.entries or {}).items():
        reader = READERS.get(key)
        if reader is None:
            faults.unknown(f"{name}.{key}", entry.line, READERS)
        elif not entry.node.blank:
            code, value = reader(entry.node)
            if value is None:
                faults.add(code, f"{name}.{key}", entry.node)
            else:
                values[key] = value
    return values


def _amount(node: Node) -> tuple[str, float | None]:
    value = read_number(node)
    return "action_amount", value if value is not None and value >= 0 else None


def _closure(node: Node) -> tuple[str, float | None]:
    value = read_number(node)
    return "action_closure", value if value is not None and 0 <= value <= 1 else None


def _text(node: Node) -> tuple[str, str | None]:
    text = (node.text or "").strip()
    return "action_assignee", text if 0 < len(text) <= MOST_TEXT else None


def _day(node: Node) -> tuple[str, date | None]:
    try:
        return "field_date", date.fromisoformat((node.text or "").strip())
    except ValueError:
        return "field_date", None


READERS: Mapping[str, Callable[[Node], tuple[str, Any]]] = {
    "initial_yen": _amount,
    "monthly_yen": _amount,
    "closure": _closure,
    "assignee": _text,
    "due": _day,
}
