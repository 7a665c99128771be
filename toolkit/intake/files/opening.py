"""From a path to the bytes of a text file: gz and zip of one are opened, bombs refused."""

from __future__ import annotations

import gzip
import io
import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import InputError, Problem

LARGEST_BYTES = 2 * 1024**3
HIGHEST_RATIO = 300
UNSUSPECTED_BYTES = 20 * 1024**2
_CHUNK = 1024 * 1024
DAMAGED = (  # what the library raises over an archive that is cut, spoiled or made to hurt
    *(zipfile.BadZipFile, OSError, EOFError, zlib.error, lzma.LZMAError, struct.error),
    *(RuntimeError, NotImplementedError, ValueError, LookupError, OverflowError),
)
_GZIP, _ZIP, _OLD_OFFICE = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SHEET_SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The bytes of a text file; ``misnamed`` if it bears the name of an Excel book."""

    data: bytes
    misnamed: bool = False


def open_bytes(path: Path, name: str) -> Opened:
    """Read a file, looking at what it is and not at what it is called.

    Args:
        path: where it is.
        name: how messages name it.

    Raises:
        InputError: missing, empty, an Excel book, a bomb, or a damaged or many-file archive.
    """
    from toolkit.intake.excel.workbook import sniff_html

    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise _refused("file_too_large", name)
        data = path.read_bytes()
    except OSError as error:
        code = "file_missing" if isinstance(error, FileNotFoundError) else "file_unreadable"
        raise _refused(code, name) from None
    if not data:
        raise _refused("file_empty", name)
    if data.startswith(_GZIP):
        return Opened(data=_of_text(_ungzipped(data, name), name))
    misnamed = path.suffix.casefold() in _SHEET_SUFFIXES
    if data.startswith(_ZIP):
        damaged = "excel_damaged" if misnamed else "archive_damaged"
        return Opened(data=_of_text(_unzipped(data, name, damaged), name))
    if data.startswith(_OLD_OFFICE):
        raise _refused("not_text", name)
    if sniff_html(data):
        raise _refused("html_not_table", name)
    return Opened(data=data, misnamed=misnamed)


def open_start(path: Path, name: str, size: int) -> bytes:
    """The first lines of a text file, up to a size in bytes; all of an archive or a short file.

    Raises:
        InputError: as ``open_bytes`` does.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(size + 1)
    except OSError:
        start = b""
    end = start.rfind(b"\n", 0, size) + 1
    if len(start) <= size or not end or start.startswith((_GZIP, _ZIP, _OLD_OFFICE)):
        return open_bytes(path, name).data
    return start[:end]


def _of_text(data: bytes, name: str) -> bytes:
    if data.startswith((_ZIP, _OLD_OFFICE)):
        raise _refused("archive_of_excel", name)
    return data


def _refused(code: str, name: str) -> InputError:
    return InputError("file_refused", [Problem(code=code, file=name)])


def _ungzipped(data: bytes, name: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            return _bounded(stream, len(data), name)
    except (OSError, EOFError, zlib.error):
        raise _refused("archive_damaged", name) from None


def _unzipped(data: bytes, name: str, damaged: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [item for item in archive.infolist() if not item.is_dir()]
            if any(item.filename == "[Content_Types].xml" for item in members):
                raise _refused("office_not_workbook", name)
            if len(members) != 1:
                raise _refused("archive_not_one", name)
            with archive.open(members[0]) as stream:
                return _bounded(stream, members[0].compress_size, name)
    except DAMAGED:
        raise _refused(damaged, name) from None


def _bounded(stream: io.BufferedIOBase | object, packed: int, name: str) -> bytes:
    """All of a stream, unless it grows past the limits of size or ratio."""
    limit = min(LARGEST_BYTES, max(UNSUSPECTED_BYTES, packed * HIGHEST_RATIO))
    parts, size = [], 0
    while part := stream.read(_CHUNK):  # type: ignore[union-attr]  # both archives' streams read
        parts.append(part)
        size += len(part)
        if size > limit:
            raise _refused("archive_too_large", name)
    if not size:
        raise _refused("file_empty", name)
    return b"".join(parts)
