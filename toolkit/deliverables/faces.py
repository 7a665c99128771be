"""Faces: the formats made from the saved document beside the page and the notebook."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from toolkit.deliverables.difference import Verification
from toolkit.deliverables.theme import Theme
from toolkit.errors import UsageError
from toolkit.outline.blocks import Outline

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis

FACES = {
    "pdf": "toolkit.deliverables.pdf.face",
    "pptx": "toolkit.deliverables.slides.face",
    "xlsx": "toolkit.deliverables.workbook.face",
    "csv": "toolkit.deliverables.tables.face",
}
"""The module of each format; it has ``write``, ``check`` and ``FILE``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a face is made of; only the sheets look into the diagnosis, for its rows."""

    document: Outline
    diagnosis: Diagnosis
    theme: Theme


class Face(Protocol):
    """One format.

    ``FILE`` is the file's name; ``suffix`` is empty for the first language, else ``.en`` and
    stands before the ending.
    """

    FILE: str

    def write(self, material: Material, folder: Path, suffix: str) -> None:
        """Write the files of this format into a folder."""

    def check(self, material: Material, folder: Path, suffix: str) -> Verification:
        """Hold what the files in a folder print against what should be printed."""


def face(name: str) -> Face:
    """The face of a format.

    Raises:
        UsageError: ``office_missing``, a library it needs is not installed.
    """
    try:
        return cast("Face", import_module(FACES[name]))
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("toolkit"):
            raise
        raise UsageError(
            "office_missing", params={"format": name, "library": str(error.name)}
        ) from error


def file_name(name: str, suffix: str) -> str:
    """The name of a file in a further language.

    >>> file_name("report.pdf", ""), file_name("report.pdf", ".en")
    ('report.pdf', 'report.en.pdf')
    """
    stem, dot, ending = name.rpartition(".")
    return f"{stem}{suffix}{dot}{ending}"
