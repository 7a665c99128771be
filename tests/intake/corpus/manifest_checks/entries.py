"""The entries of the shared corpus, as its manifest lists them."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("TOOLKIT_TEST_DATA") or Path(__file__).parents[4].parent / "shared")
CORPUS = SHARED / "corpus"
KINDS = {
    "orders": "orders",
    "orders-xlsx": "orders",
    "journey": "journey",
    "profile": "profile",
    "client-list": "clients",
}
RUN_DATE = date(2026, 11, 22)
LANGS = ("ja", "en")


@lru_cache(maxsize=1)
def entries() -> tuple[dict[str, Any], ...]:
    manifest = CORPUS / "MANIFEST.json"
    if not manifest.is_file():
        return ()
    return tuple(json.loads(manifest.read_text(encoding="utf-8"))["entries"])


def named(identity: str) -> dict[str, Any]:
    return next(entry for entry in entries() if entry["id"] == identity)


def path_of(entry: Mapping[str, Any]) -> Path:
    return CORPUS / entry["file"]
