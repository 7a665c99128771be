"""Sources of one language's site: the Markdown of the repository under names without a language.

``docs/mapping.ja.md`` becomes ``mapping.md`` of the Japanese site. Links between pages follow;
a link to a file of the repository that is no page becomes the file's path.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
LANGUAGES = ("ja", "en")
LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?:|mailto:|#)([^)#\s]*)(#[^)\s]*)?\)")
# A line of Japanese ends anywhere: between two Japanese letters there is no blank.
JAPANESE = r"[\u3001-\u30ff\u3400-\u9fff\uff01-\uff5e]"
WRAPPED = re.compile(rf"(?<={JAPANESE})\n[ ]*(?={JAPANESE}|\d+[^\d.])")
# Pages that lie at the top of the repository; in English where there is no file of their own.
AT_THE_TOP = {
    "contributing": "CONTRIBUTING.md",
    "security": "SECURITY.md",
    "changelog": "CHANGELOG.md",
}
Pages = dict[str, Path]


def pages(lang: str) -> Pages:
    """Source of each page of a language by the page's name, in English where there is no other."""
    found = {name: ROOT / file for name, file in AT_THE_TOP.items()}
    for wanted in dict.fromkeys(("en", lang)):
        for path in sorted(DOCS.glob("*.md")):
            name, _, own = path.stem.partition(".")
            if (own or "en") == wanted:
                found[name] = path
    return found


def stage(lang: str, into: Path, english_only: str) -> Pages:
    """Write the sources of a language; a page without a translation says so at its head.

    Returns:
        The pages that were written, by name.
    """
    own = pages(lang)
    english = set(pages("en").values())
    names = {path: name for one in LANGUAGES for name, path in pages(one).items()}
    into.mkdir(parents=True, exist_ok=True)
    for name, path in own.items():
        text = linked(path.read_text(encoding="utf-8"), path, names)
        if lang != "en" and path in english:
            text = re.sub(r"^(# .+\n)", rf"\1\n{english_only}\n", text, count=1)
        if name == "index":
            text = placed(text, own)
        (into / f"{name}.md").write_text(text, encoding="utf-8")
    shutil.copytree(DOCS / "pictures", into / "pictures", dirs_exist_ok=True)
    return own


def placed(index: str, names: Iterable[str]) -> str:
    """The first page; what nobody has put into one of its lists stands at the end of the last."""
    listed = {"index", *re.findall(r"^[a-z-]+$", index, re.MULTILINE)}
    lacking = "".join(f"{name}\n" for name in names if name not in listed)
    rest, fence, after = index.rpartition("```")
    return f"{rest}{lacking}{fence}{after}"


def linked(text: str, source: Path, names: Mapping[Path, str]) -> str:
    """The text with its links turned to the site's pages, and its Japanese lines joined.

    Pictures and code stay as they are.
    """

    def turned(match: re.Match[str]) -> str:
        picture, shown, target, part = match.groups()
        if picture:
            return match[0]
        path = Path(os.path.normpath(source.parent / target))
        if path in names:
            return f"[{shown}]({names[path]}.md{part or ''})"
        place = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else target
        return shown if shown.strip("`") == place else f"{shown} (`{place}`)"

    blocks = re.split(r"(^```.*?^```$)", text, flags=re.DOTALL | re.MULTILINE)
    return "".join(
        one if one.startswith("```") else WRAPPED.sub("", LINK.sub(turned, one)) for one in blocks
    )
