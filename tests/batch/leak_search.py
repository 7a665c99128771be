"""What a file holds: as it lies there, unpacked, and as text, in every format of a report."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyarrow.parquet as parquet
import pypdf
import pypdf.generic
from PIL import Image


@cache
def parts(path: Path) -> tuple[bytes, ...]:
    return tuple(_parts(path))


def _parts(path: Path) -> Iterator[bytes]:
    """What a file holds: as it lies there, unpacked, and as text."""
    raw = path.read_bytes()
    yield raw
    yield from _embedded(raw)
    if path.suffix == ".pdf":
        yield from _pdf(raw)
    elif path.suffix == ".parquet":
        table = parquet.read_table(io.BytesIO(raw))
        yield repr(table.schema.metadata).encode()
        yield repr(table.to_pylist()).encode()
    elif raw[:2] == b"PK":
        yield from _zipped(raw)


def _zipped(raw: bytes) -> Iterator[bytes]:
    """Members of an archive, and of archives within it: a chart on a slide has a workbook."""
    with zipfile.ZipFile(io.BytesIO(raw)) as held:
        for name in held.namelist():
            yield name.encode()
            member = held.read(name)
            yield member
            yield from _embedded(member)
            if member[:2] == b"PK":
                yield from _zipped(member)
            if member[:4] == b"\x89PNG":
                yield from _told_by(member)


def _told_by(picture: bytes) -> Iterator[bytes]:
    """The texts beside a picture's points, unpacked."""
    with Image.open(io.BytesIO(picture)) as shown:
        yield repr(shown.info).encode()


def _pdf(raw: bytes) -> Iterator[bytes]:
    reader = pypdf.PdfReader(io.BytesIO(raw))
    for page in reader.pages:
        text = page.extract_text()
        yield text.encode()
        yield "".join(text.split()).encode()
    yield str(reader.metadata).encode()
    for number in range(1, int(reader.trailer["/Size"])):
        one = reader.get_object(number)
        if isinstance(one, pypdf.generic.StreamObject):
            yield one.get_data()


DATA = re.compile(rb"base64,([A-Za-z0-9+/=]{40,})|\"image/png\": \"([A-Za-z0-9+/=\\n]{40,})\"")
ESCAPED = re.compile(rb"\\u([0-9a-f]{4})|&#x?([0-9a-f]+);")


def _embedded(raw: bytes) -> Iterator[bytes]:
    """Pictures and fonts within a text, and the text with its escapes undone."""
    for found in DATA.finditer(raw):
        held = base64.b64decode((found[1] or found[2]).replace(b"\\n", b""))
        yield held
        if held[:4] == b"\x89PNG":
            yield from _told_by(held)
    if b"\\u" in raw or b"&#" in raw:
        yield ESCAPED.sub(lambda m: _letter(m), raw)


def _letter(found: re.Match[bytes]) -> bytes:
    hexadecimal = found[1] is not None or found[0].startswith(b"&#x")
    code = int(found[1] or found[2], 16 if hexadecimal else 10)
    return chr(code).encode("utf-8", "replace") if code < 0x110000 else b""


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def found_in(path: Path, texts: list[str]) -> list[str]:
    """Which of the texts a file holds, in UTF-8 or UTF-16."""
    ways = {way: one for one in texts for way in (one.encode(), one.encode("utf-16-le"))}
    sought = re.compile(b"|".join(map(re.escape, sorted(ways, key=len, reverse=True))))
    return sorted({ways[found] for part in parts(path) for found in sought.findall(part)})
