"""Faults planted together: as many in one client as touch no parameter of each other."""

from __future__ import annotations

from toolkit.synth.fault import faults_of

MOST = 7


def bundles(model: str, codes: list[str]) -> list[tuple[str, ...]]:
    """Codes of a model's faults in groups, each fault in one group."""
    faults = faults_of(model)
    groups: list[tuple[list[str], set[str]]] = []
    for code in codes:
        touched = {change.parameter for change in faults[code].changes}
        for members, parameters in groups:
            if len(members) < MOST and not parameters & touched:
                members.append(code)
                parameters |= touched
                break
        else:
            groups.append(([code], set(touched)))
    return [tuple(members) for members, _ in groups]
