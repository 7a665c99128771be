"""Settings of the site; the language comes from the environment variable ``DOCS_LANG``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from japanese_search import Bigrams

import toolkit
from toolkit.method import load_method
from toolkit.words import words

book = words(load_method(), os.environ["DOCS_LANG"])

project = "business-system-toolkit"
version = release = toolkit.__version__
language = book.lang
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns: list[str] = []
nitpicky = True
# Names in signatures (of pandas, of the library's inside) are told, not linked.
nitpick_ignore_regex = [("py:.*", ".*")]
show_warning_types = True

myst_enable_extensions = ["attrs_inline", "attrs_block", "deflist"]
myst_heading_anchors = 3
myst_ref_domains = ["std"]
autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
python_display_short_literal_types = True
python_maximum_signature_line_length = 88

smartquotes = False
html_theme = "furo"
html_title = book.text("site.title")
html_static_path = [str(Path(__file__).parent / "static")]
html_css_files = ["site.css"]
html_copy_source = False
html_use_index = False
html_domain_indices = False
html_show_sphinx = False
html_show_copyright = False
html_last_updated_fmt = None
html_permalinks_icon = "#"
templates_path = [str(Path(__file__).parent / "templates")]
other = next(name for name in ("ja", "en") if name != book.lang)
html_context: dict[str, Any] = {
    "other_lang": other,
    "other_name": book.text(f"site.language.{other}"),
}
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "languages.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
linkcheck_timeout = 20
linkcheck_retries = 2


def setup(app: Any) -> None:
    """Search in Japanese by pairs of letters: there are no blanks to split words at."""
    app.add_search_language(Bigrams)
