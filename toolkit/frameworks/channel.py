"""A channel of gathering: two conditions, and the activity it asks for."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass

from toolkit.frameworks.framework import UNKNOWN

CHANNELS = ("web", "sns", "ads", "dm", "exhibition", "store", "direct", "email")
FITS = ("fits", "not_reached", "not_affordable", "not_used")


@dataclass(frozen=True, slots=True)
class Channel:
    """A means of gathering: does it reach the target, and is it affordable now (S1-19)?

    >>> Channel("sns", reach=True, affordable=False).fit
    'not_affordable'
    """

    code: str
    _: KW_ONLY
    reach: bool | None = None
    affordable: bool | None = None
    used: bool | None = None
    activity: str | None = None

    @property
    def fit(self) -> str:
        """Both conditions at once; a channel not in use has none to meet."""
        if self.used is False:
            return "not_used"
        if self.reach is False:
            return "not_reached"
        if self.affordable is False:
            return "not_affordable"
        return "fits" if self.reach and self.affordable else UNKNOWN


def channel(name: str, fit: str) -> Channel:
    """A channel as answered at hearing, by one of the codes of ``FITS`` or unknown."""
    known = fit in FITS
    return Channel(
        name,
        reach={"fits": True, "not_reached": False}.get(fit),
        affordable={"fits": True, "not_affordable": False}.get(fit),
        used=fit != "not_used" if known else None,
    )
