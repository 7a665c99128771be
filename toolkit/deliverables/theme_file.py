"""A theme's TOML file read with care: every fault is told at once, with its key and value."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from toolkit.charts.palette import contrast
from toolkit.deliverables.colours import apart
from toolkit.deliverables.logo import read_logo
from toolkit.deliverables.theme import ROLES, Logo, Theme, standard
from toolkit.errors import MethodError, Problem, UsageError
from toolkit.method import LANGUAGES

KEYS = {"firm": ("name", "logo"), "colours": ROLES, "cover": LANGUAGES, "closing": LANGUAGES}
TEXTS = ("ink", "soft", "accent", "high", "medium", "check", "good")
GROUNDS = ("paper", "mist")
COLOUR = re.compile("#[0-9a-f]{6}")
LEAST_CONTRAST = 4.5
"""Text against its ground, WCAG 2.2 level AA."""
LEAST_APART = 20.0
"""ΔE by which the tones of a fault and of a strength must differ for the colour-blind; between
the usual red and green it is about 15, between ours 56."""
LONGEST = {"firm": 60, "cover": 120, "closing": 600}


def read_theme(path: Path) -> Theme:
    """The theme of a file over the standard one.

    Raises:
        UsageError: ``theme_missing``, there is no such file.
        MethodError: ``theme_wrong``, with every fault.
    """
    if not path.is_file():
        raise UsageError("theme_missing", params={"theme": str(path)})
    sheet = _Sheet(path=path)
    given = sheet.parsed()
    own = sheet.colours(given.get("colours", {}))
    firm = sheet.text("firm.name", given.get("firm", {}).get("name"), LONGEST["firm"])
    logo = sheet.logo(given.get("firm", {}).get("logo"), firm)
    texts = {name: sheet.texts(name, given.get(name, {})) for name in ("cover", "closing")}
    if sheet.problems:
        raise MethodError("theme_wrong", sheet.problems)
    return Theme(colours={**standard().colours, **own}, firm=firm, logo=logo, **texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """One file while it is read; ``problems`` grows with each fault."""

    path: Path
    source: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def parsed(self) -> dict[str, Any]:
        """The tables that are tables, with known keys only."""
        try:
            text = self.path.read_bytes().decode("utf-8-sig")
            tree = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.add("method_not_toml", "", params={"detail": str(error)})
            raise MethodError("theme_wrong", self.problems) from error
        self.source.extend(text.splitlines())
        self.unknown("", tree, KEYS)
        return {name: self.table(name, tree[name]) for name in KEYS if name in tree}

    def table(self, name: str, found: Any) -> dict[str, Any]:
        """A table of the file; one sentence for all languages is as good as a table of them."""
        if isinstance(found, str) and name in LONGEST and name != "firm":
            return dict.fromkeys(LANGUAGES, found)
        if not isinstance(found, dict):
            self.add("method_not_an_entry", name, found)
            return {}
        self.unknown(f"{name}.", found, KEYS[name])
        return {key: value for key, value in found.items() if key in KEYS[name]}

    def unknown(self, prefix: str, found: Iterable[str], known: Iterable[str]) -> None:
        """Note keys that do not exist, each with the one that comes nearest."""
        known = tuple(known)
        for key in found:
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)[0]
                self.add("key_unknown", f"{prefix}{key}", params={"near": f"{prefix}{near}"})

    def colours(self, found: Mapping[str, Any]) -> dict[str, str]:
        """The colours given, in small letters; then whether all can be read and told apart."""
        own = {}
        for role, value in found.items():
            colour = value.strip().lower() if isinstance(value, str) else ""
            if COLOUR.fullmatch(colour):
                own[role] = colour
            else:
                self.add("theme_colour", f"colours.{role}", value)
        every = {**standard().colours, **own}
        for role, ground in product(TEXTS, GROUNDS):
            if {role, ground} & set(own):
                self.readable(every, role, ground, own)
        if {"high", "good"} & set(own):
            self.told_apart(every, own)
        return own

    def readable(
        self, every: Mapping[str, str], role: str, ground: str, own: Mapping[str, str]
    ) -> None:
        """Refuse a text too pale for its ground, with the contrast measured."""
        measured = contrast(every[role], every[ground])
        if measured < LEAST_CONTRAST:
            blamed = role if role in own else ground
            about = {"text": role, "colour": every[role], "ground": ground, "on": every[ground]}
            figures = {"measured": _down(measured), "least": str(LEAST_CONTRAST)}
            self.add("theme_contrast", f"colours.{blamed}", every[blamed], {**about, **figures})

    def told_apart(self, every: Mapping[str, str], own: Mapping[str, str]) -> None:
        """Refuse tones of fault and strength that look alike without green cones."""
        measured = apart(every["high"], every["good"])
        if measured < LEAST_APART:
            blamed = "high" if "high" in own else "good"
            about = {"high": every["high"], "good": every["good"]}
            figures = {"measured": _down(measured), "least": f"{LEAST_APART:.0f}"}
            self.add("theme_alike", f"colours.{blamed}", every[blamed], {**about, **figures})

    def texts(self, name: str, found: Mapping[str, Any]) -> dict[str, str]:
        """A text by language."""
        said = {
            lang: self.text(f"{name}.{lang}", value, LONGEST[name]) for lang, value in found.items()
        }
        return {lang: text for lang, text in said.items() if text}

    def text(self, key: str, value: Any, longest: int) -> str:
        """A text without edges, empty where none was given."""
        if value is None:
            return ""
        text = value.strip() if isinstance(value, str) else ""
        if not text or len(text) > longest or any(ord(mark) < 32 and mark != "\n" for mark in text):
            self.add("theme_text", key, value, {"longest": str(longest)})
        return text

    def logo(self, value: Any, firm: str) -> Logo | None:
        """The firm's logo, from the folder of the file; who cannot see it hears the name."""
        if value is None:
            return None
        if not isinstance(value, str) or not self.within(value):
            self.add("theme_logo_place", "firm.logo", value)
            return None
        if not firm:
            self.add("theme_logo_nameless", "firm.name")
        made, faults = read_logo(self.path.parent / value)
        for code, params in faults:
            self.add(code, "firm.logo", value, params)
        return made

    def within(self, name: str) -> bool:
        """Whether a path stays in the folder of the file, links followed."""
        folder = self.path.parent.resolve()
        return bool(name) and "\0" not in name and (folder / name).resolve().is_relative_to(folder)

    def add(
        self, code: str, key: str, value: Any = None, params: Mapping[str, str] | None = None
    ) -> None:
        """Note a fault at a key."""
        self.problems.append(
            Problem(
                code=code,
                file=self.path.name,
                line=_line(self.source, key),
                key=key or None,
                value=None if value is None else str(value)[:80],
                params=dict(params or {}),
            )
        )


def _down(measured: float) -> str:
    """One digit, never rounded up to what is needed."""
    return f"{int(measured * 10) / 10:.1f}"


def _line(source: list[str], key: str) -> int | None:
    """Line of a key, as far as the file writes it on a line of its own under its heading."""
    table, _, name = key.rpartition(".")
    here = ""
    for number, line in enumerate(source, start=1):
        heading = re.fullmatch(r"\s*\[\s*([^\]]+?)\s*\]\s*(#.*)?", line)
        here = heading[1] if heading else here
        if (heading and here == key) or (
            here == table and re.match(rf'\s*"?{re.escape(name)}"?\s*=', line)
        ):
            return number
    return None
