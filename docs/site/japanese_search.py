"""Search in Japanese by pairs of letters, the same way in the index and in the reader's browser.

A dictionary of words may split a question otherwise than the page; pairs never do.
"""

from __future__ import annotations

import re
import unicodedata

from sphinx.search import SearchLanguage

LETTER = r"\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff"
RUN = rf"[{LETTER}]+|[0-9A-Za-z_\u00c0-\u024f]+"


class Bigrams(SearchLanguage):
    """Japanese text as pairs of neighbouring letters, other text as words."""

    lang = "ja"
    language_name = "Japanese"
    js_splitter_code = f"""
function splitQuery(query) {{
  const runs = query.normalize("NFKC").match(/{RUN}/g) || [];
  return runs.flatMap((run) => /[{LETTER}]/.test(run) && run.length > 1
    ? Array.from({{ length: run.length - 1 }}, (_, at) => run.slice(at, at + 2))
    : [run]);
}}
"""

    def split(self, input: str) -> list[str]:
        """Pairs of each run of Japanese letters, and the words of other text."""
        found: list[str] = []
        for run in re.findall(RUN, unicodedata.normalize("NFKC", input)):
            paired = len(run) > 1 and re.match(f"[{LETTER}]", run)
            found += [run[at : at + 2] for at in range(len(run) - 1)] if paired else [run]
        return found
