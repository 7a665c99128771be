"""Time zones by name."""

from __future__ import annotations

import zoneinfo
from functools import cache


@cache
def known_zones() -> frozenset[str]:
    """Every zone of this system; looked for once, as it goes through all files of the zones."""
    return frozenset(zoneinfo.available_timezones())
