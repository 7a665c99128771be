import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from sample_document.charts import charts
from sample_document.document import notebook, sample
from sample_document.hostile import hostile
from sample_document.parts import CHROME


@pytest.fixture(scope="session")
def make():
    """The sample's functions by name: sample(lang), charts(lang), hostile(), notebook(outline)."""
    return {
        "CHROME": CHROME,
        "charts": charts,
        "hostile": hostile,
        "notebook": notebook,
        "sample": sample,
    }


@pytest.fixture(scope="session", params=["ja", "en"])
def document(request):
    return sample(request.param)


@pytest.fixture(scope="session")
def made(document):
    from toolkit.deliverables.page import page

    return page(
        notebook(document),
        lang=document.lang,
        title=document.title,
        chrome=document.chrome,
    )
