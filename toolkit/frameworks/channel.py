"""A channel of gathering: two conditions, and the activity it asks for in two parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING

from toolkit.frameworks.framework import UNKNOWN

if TYPE_CHECKING:
    import pandas as pd

CHANNELS = ("web", "sns", "ads", "dm", "exhibition", "store", "direct", "email")
NAMED = ("web", "sns", "ads", "dm", "exhibition")
"""Channels whose activity the source names (S1-21 to S1-24); that of the others is ours."""
PARTS = ("prepare", "gather")
"""Every activity has two: make ready what is needed, then gather (S1-25)."""
FITS = ("fits", "not_reached", "not_affordable", "not_used")


@dataclass(frozen=True, slots=True)
class Channel:
    """A means of gathering: does it reach the target, and is it affordable now (S1-19)?

    ``activity`` is the client's own wording of what is done; ``prepared`` and ``gathering`` tell
    how far it has come.

    >>> Channel("sns", reach=True, affordable=False).fit
    'not_affordable'
    >>> Channel("ads", prepared=True, gathering=False).stage
    'prepare'
    """

    code: str
    _: KW_ONLY
    reach: bool | None = None
    affordable: bool | None = None
    used: bool | None = None
    activity: str | None = None
    prepared: bool | None = None
    gathering: bool | None = None

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

    @property
    def stage(self) -> str | None:
        """The part the activity has reached: ``gather``, ``prepare``; None where nothing is told.

        Gathering without preparation told counts as gathering.
        """
        if self.gathering:
            return "gather"
        return "prepare" if self.prepared else None

    @property
    def status(self) -> str:
        """Whether the source names the activity of the channel, or it is ours."""
        return "explicit" if self.code in NAMED else "house"


def channel(name: str, fit: str) -> Channel:
    """A channel as answered at hearing, by one of the codes of ``FITS`` or unknown."""
    known = fit in FITS
    return Channel(
        name,
        reach={"fits": True, "not_reached": False}.get(fit),
        affordable={"fits": True, "not_affordable": False}.get(fit),
        used=fit != "not_used" if known else None,
    )


def channels_frame(channels: Sequence[Channel]) -> pd.DataFrame:
    """The eight channels, then the client's own, by both conditions and the activity.

    Returns:
        frame with channel, reach, affordable, used, fit, prepare, gather (what to do, in
        ``tk.language``), status, activity, stage.
    """
    import pandas as pd

    from toolkit.frameworks.display import labels_of

    given = {one.code: one for one in channels}
    names = [*CHANNELS, *(name for name in given if name not in CHANNELS)]
    work = {part: labels_of(f"channel_{part}", CHANNELS) for part in PARTS}
    rows = [
        (
            one.code,
            one.reach,
            one.affordable,
            one.used,
            one.fit,
            *(work[part].get(one.code) for part in PARTS),
            one.status,
            one.activity,
            one.stage,
        )
        for one in (given.get(name, Channel(name)) for name in names)
    ]
    columns = ["channel", "reach", "affordable", "used", "fit", *PARTS]
    return pd.DataFrame(rows, columns=[*columns, "status", "activity", "stage"], dtype=object)
