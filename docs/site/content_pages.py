"""Pages made of the content: rules, figures, questions, thresholds, export systems, lessons."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from examples import Examples
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from reader import COMPARED, Reader, place, reader

import toolkit
from toolkit.deliverables.sources_markdown import sources_markdown
from toolkit.lessons.lesson import lesson_contents
from toolkit.lessons.taught import taught
from toolkit.method import Entry, Method
from toolkit.outline.sources import sources_page
from toolkit.rules.listing import list_sources, reads

MODULES = (
    *("planning", "offer", "procurement", "sales", "fulfillment"),
    *("aftercare", "journey", "crm_payment", "tob"),
)
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "pages"),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    autoescape=False,
)


def content_pages(method: Method, lang: str, examples: Examples) -> dict[str, str]:
    """Markdown of every page made of the content, by name."""
    read = reader(method, lang)
    made = {"method": _method_page(method, lang)}
    for name, data in _data(read, examples).items():
        template = TEMPLATES.get_template(f"{name.partition('-')[0]}.md")
        made[name] = template.render(r=read, place=place, **data)
    return made


def _data(read: Reader, examples: Examples) -> dict[str, dict[str, Any]]:
    section = read.method.section
    used = _users(read.method)
    groups = _groups(section("measures"))
    return {
        "rules": {"modules": MODULES, "rules": section("rules").values()},
        **{
            f"rules_of-{one}": {
                "module": one,
                "rules": [rule for rule in section("rules").values() if rule["module"] == one],
                "levers": section("levers"),
            }
            for one in MODULES
        },
        "figures": {"groups": groups},
        **{
            f"figures_of-{name}": {
                "group": name,
                "figures": figures,
                "used": used,
                "examples": examples.of(read.book.lang),
                "beside": _beside(section("benchmarks")),
            }
            for name, figures in groups.items()
        },
        "questions": {
            "modules": MODULES,
            "used": used,
            "questions": sorted(section("questions").values(), key=lambda one: one["order"]),
        },
        "thresholds": {
            "thresholds": section("thresholds").values(),
            "used": used,
            "benchmarks": section("benchmarks").values(),
        },
        "systems": {"systems": _systems(section("adapters")), "ends": _ends},
        "lessons": {"lessons": lesson_contents(read.book.lang)},
        "api": {"names": toolkit.__all__, "is_class": _is_class},
    }


def _method_page(method: Method, lang: str) -> str:
    """The statements of the sources, each row with its anchor."""
    text = sources_markdown(sources_page(list_sources(method, taught()), method, lang))
    return re.sub(
        r"^\| (S\d-\d+) \|",
        lambda one: f"| [{one[1]}]{{#{place('source', one[1])}}} |",
        text,
        flags=re.MULTILINE,
    )


def _users(method: Method) -> dict[str, list[str]]:
    """Codes of the rules that read a figure, an answer or a threshold, by its name."""
    found: dict[str, list[str]] = {}
    for rule in method.section("rules").values():
        shown = [*reads(dict(rule)), *rule.get("shows", ()), *_thresholds(dict(rule))]
        for name in dict.fromkeys(one.partition("[")[0] for one in shown):
            found.setdefault(name, []).append(rule.id)
    return found


def _thresholds(condition: Any) -> Iterator[str]:
    if isinstance(condition, Mapping):
        for key, part in condition.items():
            if key in (*COMPARED, "floor", "times", "plus") and isinstance(part, str):
                yield part
            yield from _thresholds(part)
    elif isinstance(condition, list):
        for part in condition:
            yield from _thresholds(part)


def _groups(measures: Mapping[str, Entry]) -> dict[str, list[Entry]]:
    """Figures by the file they are kept in."""
    found: dict[str, list[Entry]] = {}
    for one in measures.values():
        found.setdefault(Path(one.file).stem, []).append(one)
    return dict(sorted(found.items()))


def _beside(benchmarks: Mapping[str, Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for one in benchmarks.values():
        found.setdefault(str(one.get("fact")), []).append(one)
    return found


def _systems(adapters: Mapping[str, Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for one in adapters.values():
        found.setdefault(one["system"], []).append(one)
    return found


def _ends(one: Entry) -> str:
    return "range" if {"low", "high"} <= set(one) else ("from" if "low" in one else "upto")


def _is_class(name: str) -> bool:
    return inspect.isclass(getattr(toolkit, name))
