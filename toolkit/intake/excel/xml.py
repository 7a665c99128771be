"""The parts of a workbook as streams of XML, read once; document types and entities refused."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn, Protocol
from xml.parsers import expat

from toolkit.intake.excel.limits import UnsafeXml
from toolkit.intake.values.cells import FAULT

_CHUNK = 256 * 1024
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATE = re.compile("[\ud800-\udfff]")
Attributes = dict[str, str]


class Reader(Protocol):
    """What takes in a part: elements by local name; ``done`` ends the reading early."""

    done: bool

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element opens."""

    def end(self, tag: str, text: str) -> None:
        """An element closes; ``text`` is what stood in it since the last tag."""


def read_part(archive: zipfile.ZipFile, part: str, reader: Reader) -> None:
    """Stream one part through a reader that is not in a hurry (all but the sheets).

    Raises:
        KeyError: the part is not there.
        UnsafeXml: it declares a document type.
        ExpatError: it is no XML.
    """
    texts: list[str] = []

    def start(tag: str, attributes: Attributes) -> None:
        texts.clear()
        reader.start(tag.rpartition("}")[2], attributes)

    def end(tag: str) -> None:
        reader.end(tag.rpartition("}")[2], "".join(texts))
        texts.clear()

    parse(archive, part, Handlers(start=start, end=end, text=texts.append), lambda: reader.done)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handlers:
    """What is called while a part streams by; tags are ``namespace}name``."""

    start: Callable[[str, Attributes], None]
    end: Callable[[str], None]
    text: Callable[[str], Any]


def parse(
    archive: zipfile.ZipFile, part: str, handlers: Handlers, done: Callable[[], bool]
) -> None:
    """Stream one part through handlers, chunk by chunk, until it ends or ``done()``."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = handlers.start
    parser.EndElementHandler = handlers.end
    parser.CharacterDataHandler = handlers.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _unsafe
    with archive.open(_member(archive, part)) as stream:
        try:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
                if done():
                    return
            parser.Parse(b"", True)
        except LookupError:  # an encoding there is not
            raise expat.ExpatError("unknown encoding") from None


def _unsafe(*_declaration: object) -> NoReturn:
    raise UnsafeXml


def _member(archive: zipfile.ZipFile, part: str) -> zipfile.ZipInfo:
    """The entry of a part, whatever the case and the slashes of its name."""
    wanted = part.casefold()
    for item in archive.infolist():
        if item.filename.replace("\\", "/").lstrip("/").casefold() == wanted:
            return item
    raise KeyError(part)


def target_of(base: str, target: str) -> str:
    """The part that a relation of another part points to.

    >>> target_of("xl/workbook.xml", "worksheets/sheet1.xml"), target_of("xl/a.xml", "/xl/b.xml")
    ('xl/worksheets/sheet1.xml', 'xl/b.xml')
    """
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), target)).lstrip("/")


@dataclass(slots=True, kw_only=True)
class Relations:
    """Relations of a part: id → (kind, target); those that lead out of the file are left out."""

    base: str
    found: dict[str, tuple[str, str]] = field(default_factory=dict)
    done: bool = False

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take in one relation."""
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes["Type"].rpartition("/")[2]
            self.found[attributes["Id"]] = (kind, target_of(self.base, attributes["Target"]))

    def end(self, tag: str, text: str) -> None:
        """Nothing stands in a relation."""

    def part(self, kind: str) -> str | None:
        """The part of a kind, where there is one."""
        return next((target for found, target in self.found.values() if found == kind), None)


def relations(archive: zipfile.ZipFile, part: str) -> Relations:
    """The relations of a part; of the whole file where ``part`` is blank."""
    folder, name = posixpath.split(part)
    reader = Relations(base=part)
    read_part(archive, posixpath.join(folder, "_rels", f"{name}.rels"), reader)
    return reader


def clean_text(text: str) -> str:
    r"""Text as the sheet shows it: ``_x000D_`` escapes resolved, no character that marks a fault.

    >>> clean_text("a_x000D_\nb"), clean_text("_x005F_x000D_")
    ('a\r\nb', '_x000D_')
    """
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text).replace("\0", "")
        if _SURROGATE.search(text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace(FAULT, "\ufffd") if FAULT in text else text
