import runpy
from pathlib import Path

import pytest

SAMPLE = runpy.run_path(str(Path(__file__).with_name("sample.py")))


@pytest.fixture(scope="session")
def make():
    """The sample's functions by name: sample(lang), charts(lang), hostile(), notebook(outline)."""
    return SAMPLE


@pytest.fixture(scope="session", params=["ja", "en"])
def document(request):
    return SAMPLE["sample"](request.param)


@pytest.fixture(scope="session")
def made(document):
    from toolkit.deliverables.page import page

    return page(
        SAMPLE["notebook"](document),
        lang=document.lang,
        title=document.title,
        chrome=document.chrome,
    )
