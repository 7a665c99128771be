"""Faults planted together: as many in one client as touch no parameter of each other."""

from __future__ import annotations

from toolkit.synth.fault import faults_of

MOST = 7
APART = ("JRN006", "PRO004", "TOB016")
"""Hidden by what others do to their tables: more steps, fewer orders of one item or account."""


def bundles(model: str, codes: list[str]) -> list[tuple[str, ...]]:
    """Codes of a model's faults in groups, each fault in one group."""
    faults = faults_of(model)
    groups: list[tuple[list[str], set[str]]] = []
    for code in (code for code in codes if code not in APART):
        touched = {change.parameter for change in faults[code].changes}
        for members, parameters in groups:
            if len(members) < MOST and not parameters & touched:
                members.append(code)
                parameters |= touched
                break
        else:
            groups.append(([code], set(touched)))
    apart = [(code,) for code in codes if code in APART]
    return [*(tuple(members) for members, _ in groups), *apart]
