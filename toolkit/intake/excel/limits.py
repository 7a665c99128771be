"""What a workbook's file is, and the limits it must keep before any of it is parsed."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.parsers.expat import ExpatError

from toolkit.errors import InputError, Problem
from toolkit.intake.excel.compound_file import MAGIC
from toolkit.intake.files.opening import HIGHEST_RATIO, UNSUSPECTED_BYTES

LARGEST_FILE = 500 * 1024**2
LARGEST_UNPACKED = 1024**3
MOST_MEMBERS = 10_000
LARGEST_DIRECTORY = 4 * 1024**2
LARGEST_CELLS = 20_000_000
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_HEAD, _TAIL = 4 * 1024**2, 128 * 1024
_ZIP, _OLE = b"PK\x03\x04", MAGIC
_PART = re.compile(r"(?:^|/)workbook\d*\.(xml|bin)$")
_TRACES = (b"[Content_Types].xml", b"xl/workbook", b"xl/worksheets/", b"xl/theme/")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_STREAMS = tuple(stream.encode("utf-16-le") for stream in ("Workbook\0", "Book\0"))
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ExpatError,
    IndexError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    UnicodeError,
    ValueError,
    struct.error,
)


class UnsafeXml(Exception):
    """A part that declares a document type or entities, which no spreadsheet program writes."""


def refused(code: str, name: str) -> InputError:
    """The error of a workbook that cannot be used."""
    return InputError("file_refused", [Problem(code=code, file=name)])


def kind_of(path: Path) -> str | None:
    """What a file is by its content: xlsx, xlsb, xls, encrypted, damaged; None if no workbook.

    A macro workbook is an xlsx; a zip cut short that began as a workbook is damaged.

    Raises:
        OSError: the file cannot be opened.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if head.startswith(_OLE):
        return _old_kind(path)
    if not head.startswith(_ZIP):
        return None
    traced = any(trace in head for trace in _TRACES)
    try:
        if _directory_bytes(path) > LARGEST_DIRECTORY:
            return "xlsx" if traced else None
        with zipfile.ZipFile(path) as archive:
            names = [item.replace("\\", "/").casefold() for item in archive.namelist()]
    except _DAMAGE:
        return "damaged" if traced else None
    parts = [found[1] for found in map(_PART.search, names) if found]
    if "[content_types].xml" not in names or not parts:
        return None
    return "xlsb" if "bin" in parts else "xlsx"


def _directory_bytes(path: Path) -> int:
    """How large the archive says its directory is; a bound on the number of its members."""
    with path.open("rb") as stream:
        end = stream.seek(0, 2)
        stream.seek(max(0, end - _TAIL))
        tail = stream.read()
    place = tail.rfind(b"PK\x05\x06")
    size: int = struct.unpack_from("<I", tail, place + 12)[0] if place >= 0 else 0
    wide = tail.rfind(b"PK\x06\x06")
    return max(size, struct.unpack_from("<Q", tail, wide + 40)[0]) if wide >= 0 else size


def _old_kind(path: Path) -> str | None:
    """Workbook of Excel 97 to 2003, or an encrypted one, by the names of the streams."""
    with path.open("rb") as stream:
        data = stream.read(LARGEST_FILE)
    if _ENCRYPTED in data:
        return "encrypted"
    return "xls" if any(stream in data for stream in _OLD_STREAMS) else None


@contextmanager
def refusing(path: Path, name: str) -> Iterator[None]:
    """What breaks inside becomes a refusal with its reason; a file too large comes no further.

    Raises:
        InputError: too large, damaged, unreadable, or with XML that is not safe.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise refused("excel_too_large", name)
        yield
    except UnsafeXml:
        raise refused("excel_unsafe", name) from None
    except FileNotFoundError:
        raise refused("file_missing", name) from None
    except OSError:
        raise refused("file_unreadable", name) from None
    except _DAMAGE:
        raise refused("excel_damaged", name) from None


@contextmanager
def opened(path: Path, name: str) -> Iterator[zipfile.ZipFile]:
    """The archive of an xlsx, once its directory has kept the limits.

    Raises:
        InputError: a bomb, encrypted, too large, or packed in no way that Excel packs.
    """
    if _directory_bytes(path) > LARGEST_DIRECTORY:
        raise refused("excel_bomb", name)
    with zipfile.ZipFile(path) as archive:
        _within_limits(archive.infolist(), name)
        yield archive


def _within_limits(items: list[zipfile.ZipInfo], name: str) -> None:
    """Judge the directory of the archive; nothing is unpacked yet.

    A member never yields more bytes than its entry declares, so the sums are a bound.
    """
    packed = sum(item.compress_size for item in items)
    unpacked = sum(item.file_size for item in items)
    swollen = any(_swollen(item.compress_size, item.file_size) for item in items)
    if swollen or _swollen(packed, unpacked) or len(items) > MOST_MEMBERS:
        raise refused("excel_bomb", name)
    if unpacked > LARGEST_UNPACKED:
        raise refused("excel_too_large", name)
    if any(item.flag_bits & 0x1 for item in items):
        raise refused("excel_encrypted", name)
    if any(item.compress_type not in _METHODS for item in items):
        raise refused("excel_damaged", name)


def _swollen(packed: int, unpacked: int) -> bool:
    return unpacked > max(UNSUSPECTED_BYTES, packed * HIGHEST_RATIO)
