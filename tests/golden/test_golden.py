"""The shipped clients' reports as Markdown, both languages: a change of words or figures is seen.

After a change that is meant: TOOLKIT_WRITE_GOLDEN=1 pytest tests/golden, then read the difference.
"""

import os
from functools import cache
from pathlib import Path

import pytest

import toolkit as tk
from toolkit.deliverables.markdown import markdown
from toolkit.outline.build import outline
from toolkit.resources import folder

HERE = Path(__file__).parent
CLIENTS = ("aoba_shop", "completejourney_store", "hoshino_cloud", "minato_works")


@cache
def diagnosed(client):
    return tk.diagnose(folder("datasets") / client)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("client", CLIENTS)
def test_report_reads_as_before(client, lang):
    made = markdown(outline(diagnosed(client), lang))
    path = HERE / f"{client}.{lang}.md"
    if os.environ.get("TOOLKIT_WRITE_GOLDEN"):
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text(encoding="utf-8")
