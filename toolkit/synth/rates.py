"""Rates: the parameters of a world through time, with the planted faults in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.method import load_method
from toolkit.synth.calendar import days_of_months
from toolkit.synth.fault import Change, Fault

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Parameters of one world; healthy where there is no fault or the strength is 0.

    ``parameters`` are the healthy values by name (content/worlds, each with its unit);
    ``strength`` 0–1 lies between the healthy value and the full change.
    """

    model: str
    parameters: Mapping[str, float] = field(repr=False)
    faults: tuple[Fault, ...] = ()
    strength: float = 1.0

    def base(self, name: str) -> float:
        """The healthy value of a parameter."""
        return self.parameters[name]

    def of(self, name: str) -> float:
        """The value on the last day."""
        return float(self.at(name, [0.0])[0])

    def at(self, name: str, days: ArrayLike) -> NDArray[np.float64]:
        """Values on days counted back from the last day (0), in the shape of ``days``.

        A fault that began ``months`` ago holds since the first day of that month: of twelve
        months 365 days, the last day among them.
        """
        import numpy as np

        back = np.asarray(days, dtype=float)
        values = np.full(back.shape, self.base(name))
        for change in self.changes(name):
            # With strength 0 nothing is added at all, so that equal seeds give equal bytes.
            since = np.inf if change.months is None else days_of_months(change.months)
            full = np.array([change.full(float(value)) for value in np.unique(values)])
            moved = full[np.searchsorted(np.unique(values), values)] - values
            values = values + np.where(back < since, self.strength * moved, 0.0)
        return values

    def changes(self, name: str) -> Iterable[Change]:
        """Changes of one parameter, fault by fault."""
        return [one for fault in self.faults for one in fault.changes if one.parameter == name]

    def changed(self) -> Mapping[str, tuple[float, float]]:
        """Parameters touched by a fault: healthy value, and value on the last day."""
        names = dict.fromkeys(one.parameter for fault in self.faults for one in fault.changes)
        return {name: (self.base(name), self.of(name)) for name in names}


def rates(
    model: str, faults: Iterable[Fault] = (), strength: float = 1.0, size: float = 1.0
) -> Rates:
    """The parameters of a model's world with faults planted, its volumes times ``size``.

    Raises:
        KeyError: there is no world of this model, or a fault names a parameter it lacks.
    """
    world = load_method().section("worlds")[model]
    parameters = {
        name: float(entry["value"]) * (size if entry.get("volume") else 1.0)
        for name, entry in world.items()
    }
    planted = tuple(faults)
    for name in (change.parameter for fault in planted for change in fault.changes):
        if name not in parameters:  # a slip of the content must not pass as a healthy client
            raise KeyError(name)
    return Rates(model=model, parameters=parameters, faults=planted, strength=strength)
