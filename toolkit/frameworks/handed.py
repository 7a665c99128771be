"""What a module hands on to the others: the feedback edges that leave it (S0-15, S0-23)."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.facts import Facts
from toolkit.frameworks.answers import said_by_item
from toolkit.frameworks.check import code, codes
from toolkit.frameworks.edge import outgoing
from toolkit.frameworks.framework import Row

RECORDS = ("yes", "no")


def handed_on(facts: Facts, module: str) -> Mapping[str, str] | None:
    """By receiving module, whether the module handed something on to it; None if not asked."""
    records = said_by_item(facts, "q.pla.feedback") or {}
    found = {edge.target: records[edge.code] for edge in outgoing(module) if edge.code in records}
    return found or None


def handed_rows(module: str, handed: Mapping[str, str] | None) -> tuple[Row, ...]:
    """A row a receiving module, with where the source stands on the edge."""
    return tuple(
        Row(
            part="handed",
            item=edge.target,
            value=(handed or {}).get(edge.target),
            items="module",
            codes="edge_record",
            note=edge.status,
            notes="edge_status",
        )
        for edge in outgoing(module)
    )


def refuse_strangers(module: str, handed: Mapping[str, str] | None) -> None:
    """Only modules to which the module hands something on, each with or without a record.

    Raises:
        ObjectError: it hands nothing on to one, or the record is no such code.
    """
    targets = tuple(edge.target for edge in outgoing(module))
    for target in handed or ():
        code("handed", target, targets)
    codes("handed", handed, RECORDS)
