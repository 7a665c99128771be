"""What one check has found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NOTHING = "—"
"""Where nothing was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A check by its name, whether all is well, and what was found.

    ``needed`` tells whether reports can be made without it. ``fix`` names the sentence of what to
    do (by default the check's), ``params`` fill it; ``about`` is what a check done several times
    was of, such as an extra.
    """

    check: str
    ok: bool
    found: str
    needed: bool = True
    about: str = ""
    fix: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The check with what it was of.

        >>> Examined(check="extra", about="office", ok=True, found="").name
        'extra.office'
        """
        return f"{self.check}.{self.about}" if self.about else self.check
