"""Reports in an object store (``s3://bucket/prefix``), reached by fsspec: addresses and uploads.

A client's objects::

    <client_id>/manifest.json            the commit: what it lists is the report
    <client_id>/<generation>/report.html the files; the generation is a hash of all of them

An object of a report is never written over by other content: a new report has a new generation,
and is there only when the manifest, put last and in one piece, names it. The generation before
stays for those who are reading it.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from toolkit.errors import OutputError, UsageError
from toolkit.store import FAILURE, MANIFEST, sha256_bytes, to_json

SCHEME = "s3://"
GENERATION = "generation"
STORED = "stored"
"""The mark the store gave each file of a report: it is another one once the object is changed."""
DIGITS = 16
ABANDONED = timedelta(days=1)
"""A generation no manifest names is that of a run that was killed once it is so old."""
_SHAPE = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/[^/?#@:\\\x00-\x1f]+)*)/?")


@dataclass(frozen=True, slots=True)
class Address:
    """Where in the store the reports are: ``root`` is bucket and prefix."""

    root: str

    def __str__(self) -> str:
        return SCHEME + self.root

    def of(self, *names: str) -> str:
        """The name of an object or of a group of them."""
        return "/".join((self.root, *names))


def is_bucket(out: str) -> bool:
    """Whether reports are to go to an object store.

    >>> is_bucket("s3://firm/reports"), is_bucket("reports")
    (True, False)
    """
    return "://" in out


def parse_bucket(out: str) -> Address:
    """The parts of an address; who may write there is said by the environment alone.

    >>> str(parse_bucket("s3://firm/reports/"))
    's3://firm/reports'

    Raises:
        UsageError: a password or key in it, or not of the form ``s3://bucket/prefix``.
    """
    if "@" in out or "?" in out:
        raise UsageError("bucket_secret")
    found = _SHAPE.fullmatch(out)
    if found is None or ".." in found[2].split("/"):
        raise UsageError("bucket_shape")
    return Address(found[1] + found[2])


def open_store() -> Any:
    """The file system of the store; keys and address of the service come from the environment.

    Raises:
        UsageError: the library is not installed.
    """
    try:
        from s3fs import S3FileSystem
    except ImportError as error:
        params = {"extra": "s3", "option": "--out s3://"}
        raise UsageError("extra_missing", params=params) from error
    return S3FileSystem(skip_instance_cache=True, use_listings_cache=False)


@contextlib.contextmanager
def told(address: Address) -> Iterator[None]:
    """Faults of the store as errors of ours, without anything the environment holds.

    Raises:
        OutputError: the store is not to be reached, refuses us, or has no such bucket.
    """
    from botocore.exceptions import BotoCoreError, NoCredentialsError

    try:
        yield
    except (PermissionError, NoCredentialsError) as error:
        raise OutputError("bucket_refused", params={"place": str(address)}) from error
    except FileNotFoundError as error:
        raise OutputError("bucket_missing", params={"place": str(address)}) from error
    except (OSError, BotoCoreError) as error:
        params = {"place": str(address), "detail": type(error).__name__}
        raise OutputError("bucket_failed", params=params) from error


def marks(store: Any, group: str) -> dict[str, Mapping[str, Any]]:
    """All objects of a group by the rest of their name."""
    found = store.find(group, detail=True)
    return {name.removeprefix(f"{group}/"): about for name, about in found.items()}


def deliver(folder: Path, address: Address, client_id: str) -> Mapping[str, Any]:
    """Put a whole report, made in a local folder, in the place of the one before.

    Args:
        folder: with its manifest.
        address: of the reports.
        client_id: whose it is.

    Returns:
        The manifest as it now stands.

    Raises:
        OutputError: it could not be put there whole; what stood there stands.
    """
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    generation = sha256_bytes(to_json(manifest["files"]).encode("utf-8"))[:DIGITS]
    names = sorted(manifest["files"])
    place = address.of(client_id, generation)
    with told(address):
        store = open_store()
        before = _named(store, address.of(client_id, MANIFEST))
        store.put([str(folder / name) for name in names], [f"{place}/{name}" for name in names])
        there = marks(store, place)
        for name in names:
            if name not in there or there[name]["size"] != (folder / name).stat().st_size:
                raise OutputError("bucket_failed", params={"place": str(address), "detail": name})
        stored = {name: there[name]["ETag"] for name in names}
        document = {**manifest, GENERATION: generation, STORED: stored}
        commit = to_json(document)
        store.pipe_file(address.of(client_id, MANIFEST), commit.encode("utf-8"))
        _tidy(store, address.of(client_id), {generation, before})
    return document


def fail(folder: Path, address: Address, client_id: str) -> None:
    """Put down why a client has no new report; the one that stands is left alone."""
    path = folder / FAILURE
    if path.is_file():
        with contextlib.suppress(OutputError), told(address):
            open_store().pipe_file(address.of(client_id, FAILURE), path.read_bytes())


def _named(store: Any, manifest: str) -> str:
    """The generation of the report that stands; empty where there is none."""
    try:
        return str(json.loads(store.cat_file(manifest)).get(GENERATION, ""))
    except (FileNotFoundError, ValueError, AttributeError):
        return ""


def _tidy(store: Any, group: str, kept: set[str]) -> None:
    """Remove generations that nobody reads or writes any more, and an earlier failure's note."""
    limit = datetime.now(UTC) - ABANDONED
    gone = [
        f"{group}/{name}"
        for name, about in marks(store, group).items()
        if name == FAILURE
        or ("/" in name and name.split("/")[0] not in kept and about["LastModified"] < limit)
    ]
    if gone:
        store.rm(gone)
