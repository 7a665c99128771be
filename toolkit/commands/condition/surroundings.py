"""What is set around the program: the encoding of the screen, the language, time zones."""

from __future__ import annotations

import locale
import sys
from collections.abc import Iterator
from datetime import datetime

from toolkit.commands.condition.examined import Examined

LETTERS = "診断髙①—"
ZONE = "Asia/Tokyo"
NOON = datetime(2026, 7, 1, 12)
EAST_OF_GREENWICH = 9 * 3600


def surroundings() -> Iterator[Examined]:
    """Every check of what is set."""
    yield zone()
    yield encoding()


def zone() -> Examined:
    """Whether the time zones of the world are known; Windows has them from the package tzdata."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        offset = NOON.replace(tzinfo=ZoneInfo(ZONE)).utcoffset()
    except (ZoneInfoNotFoundError, OSError):
        return Examined(check="zone", ok=False, found=ZONE, fix="reinstall")
    seconds = offset.total_seconds() if offset is not None else 0
    here = datetime.now().astimezone().strftime("UTC%z")
    ok = seconds == EAST_OF_GREENWICH
    return Examined(check="zone", ok=ok, found=f"{ZONE} (UTC+0900), {here}", fix="reinstall")


def encoding() -> Examined:
    """Whether the screen takes every letter; where not, the next of kin is shown."""
    name = sys.stdout.encoding or ""
    found = f"{name or '?'}, {locale.getlocale()[0] or 'C'}"
    try:
        LETTERS.encode(name or "ascii")
    except (LookupError, UnicodeEncodeError):
        return Examined(check="encoding", ok=False, found=found, needed=False)
    return Examined(check="encoding", ok=True, found=found, needed=False)
