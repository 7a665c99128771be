"""What a reader of reports in an object store does."""

from __future__ import annotations

import json

from toolkit.store import sha256_bytes


def read(files, place, client="c00"):
    """What a reader gets: the manifest, then every file it names; each must be as it says."""
    manifest = json.loads(files.cat_file(f"{place}/{client}/manifest.json"))
    found = {}
    for name, digest in manifest["files"].items():
        data = files.cat_file(f"{place}/{client}/{manifest['generation']}/{name}")
        assert sha256_bytes(data) == digest
        found[name] = data
    return found
