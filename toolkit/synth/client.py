"""SynthClient: an invented client's tables and profile, written as a client's folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import OutputError
from toolkit.store import to_json, write_text
from toolkit.synth.texts import word

if TYPE_CHECKING:
    import pandas as pd

MAIL = word("customers", "columns", "mail")
MATCHING = """table = "customers"
file = "data/customers.csv"
[columns]
customer_id = "customer_id"
[rows]
persons = "match"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SynthClient:
    """An invented client: tables with canonical columns, client.yaml, and what is true of it.

    ``truth`` names model, seed, planted faults and the parameters they changed.
    """

    client_id: str
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    profile: Mapping[str, Any] = field(repr=False)
    truth: Mapping[str, Any]


def write_client(client: SynthClient, folder: Path) -> tuple[Path, ...]:
    """Write client.yaml, data/*.csv (UTF-8) and truth.json; the files in the order written.

    A list of customers with mail addresses also gets a mapping that looks for the same person
    twice, as a consultant would set it: without one nobody is matched.

    Raises:
        OutputError: the folder cannot be written.
    """
    files = {f"data/{name}.csv": _csv(frame) for name, frame in client.tables.items()}
    if MAIL in client.tables.get("customers", ()):
        files["mappings/customers.toml"] = MATCHING
    files["client.yaml"] = _yaml(client.profile)
    files["truth.json"] = to_json(client.truth)
    try:
        for name, text in files.items():
            write_text(folder / name, text)
    except OSError as error:
        raise OutputError("cannot_write", params={"folder": str(folder)}) from error
    return tuple(folder / name for name in files)


def _csv(frame: pd.DataFrame) -> str:
    return str(frame.to_csv(index=False, lineterminator="\n"))


def _yaml(profile: Mapping[str, Any]) -> str:
    import yaml

    return str(yaml.safe_dump(dict(profile), allow_unicode=True, sort_keys=False))
