"""The setting of a reading outside a diagnosis: the client's own currency, zone and date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from toolkit.intake.profiles.answer import CLIENT_FILE, HEARING_FILE
from toolkit.intake.profiles.profile import examine_profile
from toolkit.intake.setting import Setting, make_setting, today
from toolkit.method import Method


def folder_of(path: Path) -> Path | None:
    """The client's folder in which a file lies: the nearest above with a profile in it."""
    files = (CLIENT_FILE, HEARING_FILE)
    above = path.absolute().parents
    return next((up for up in above if any((up / name).is_file() for name in files)), None)


def client_setting(folder: Path | None, home: Path, method: Method, as_of: date | None) -> Setting:
    """The setting of a client, or the default one where there is none.

    Args:
        folder: the client's folder.
        home: where joined files are looked for without a client.
        method: its columns and words.
        as_of: the run date; by default that of client.yaml, else today.
    """
    profile = examine_profile(folder, method).profile if folder else None
    zone = profile.timezone if profile else "Asia/Tokyo"
    run_date = as_of or (profile.as_of if profile else None) or today(zone)
    currency = profile.currency if profile else "JPY"
    setting = make_setting(method, folder or home, run_date, currency=currency)
    return replace(setting, zone=zone, tax=profile.tax if profile else "unknown")
