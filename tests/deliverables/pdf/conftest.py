from dataclasses import replace
from types import SimpleNamespace

import pytest

from toolkit.deliverables.faces import Material
from toolkit.deliverables.pdf import face
from toolkit.deliverables.theme import Logo, standard
from toolkit.outline.build import outline

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
THEME = replace(
    standard(),
    colours={**standard().colours, "accent": "#6b2d5c"},
    firm="青山経営研究所 #panic()",
    logo=Logo(media="image/svg+xml", data=LOGO),
    cover={"ja": "社外秘 $x$", "en": "Confidential"},
    closing={"ja": "本報告書は @fig *お預かりした資料* にもとづきます。", "en": "As supplied."},
)


def material(document, theme=THEME):
    return Material(
        document=document, diagnosis=SimpleNamespace(run_date="2026-11-22"), theme=theme
    )


@pytest.fixture(scope="session")
def material_of():
    """Material of a document under a firm's theme."""
    return material


@pytest.fixture(scope="session", params=["ja", "en"])
def sample(request, make):
    """The sample's material and its PDF."""
    given = material(make["sample"](request.param))
    return given, face.made(given)


@pytest.fixture(scope="session")
def hostile(make):
    """Material whose every text would like to be markup, and its PDF."""
    given = material(make["hostile"]())
    return given, face.made(given)


@pytest.fixture(scope="session", params=["ja", "en"])
def report(request, shop):
    """The shop's report as material and PDF."""
    given = Material(document=outline(shop, request.param), diagnosis=shop, theme=standard())
    return given, face.made(given)
