"""Content hashes that are taken anew only where a file may have changed, as git's index does."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.store import sha256_file

Stamp = tuple[int, int, int, int]
"""Size, time of change of content and of inode (nanoseconds), inode: differs if a file did."""
RACY_NS = 2_000_000_000
"""A file as young as this may change again within the clock's grain: its hash is not kept."""


@dataclass(slots=True)
class Hashes:
    """Hashes by path with the stamp they were taken at; ``fresh`` are those to be kept."""

    known: dict[str, tuple[Stamp, str]] = field(default_factory=dict)
    fresh: dict[str, tuple[Stamp, str]] = field(default_factory=dict)

    def of(self, path: Path) -> str | None:
        """The SHA-256 of a file's content; None where there is no such file."""
        try:
            stamp = _stamp(path)
        except OSError:
            return None
        name = str(path)
        found = self.known.get(name)
        if found is not None and found[0] == stamp:
            return found[1]
        try:
            digest = sha256_file(path)
            still = _stamp(path) == stamp
        except OSError:
            return None
        if still and time.time_ns() - max(stamp[1], stamp[2]) > RACY_NS:
            self.fresh[name] = self.known[name] = (stamp, digest)
        return digest


def files_below(folder: Path, names: Iterable[str]) -> Iterator[Path]:
    """Files under some names of a folder, each a file or a folder of its own, sorted.

    Of what may not be looked into, the folder itself stands for what it holds.
    """
    for name in names:
        place = folder / name
        try:
            if place.is_file():
                yield place
            elif place.is_dir():
                yield from sorted(_walked(place, ()))
        except OSError:
            yield place


def _walked(folder: Path, around: tuple[Path, ...]) -> Iterator[Path]:
    here = folder.resolve()
    if here in around:  # a link back to where we came from
        return
    try:
        entries = list(os.scandir(folder))
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.is_dir():
            yield from _walked(Path(entry.path), (*around, here))
        elif entry.is_file():
            yield Path(entry.path)


def _stamp(path: Path) -> Stamp:
    seen = path.stat()
    return seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino
