"""Chains on the page, the verdict that names the first one, and each finding told once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from toolkit.diagnosis.chains import Chain
from toolkit.method import LANGUAGES
from toolkit.outline.blocks import Paragraph, Steps, Table, plain
from toolkit.outline.build import outline
from toolkit.outline.chain_words import chain_name
from toolkit.outline.finding_words import title_text
from toolkit.outline.writer import writer


def section(diagnosis, name, lang="ja"):
    return next(one for one in outline(diagnosis, lang).sections if one.id == name)


def of_kind(part, kind):
    return [block for block in part.blocks if isinstance(block, kind)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_verdict_names_the_first_chain_by_its_findings(shop, lang):
    first = shop.chains[0]
    assert first.score
    lead = next(b for b in of_kind(section(shop, "summary", lang), Paragraph) if b.style == "lead")
    name = plain(chain_name(writer(shop, lang), first))
    linked = [code for code in first.paths[0] if code in first.failed]
    pen = writer(shop, lang)
    for code in (linked[0], linked[-1]):
        assert plain(title_text(pen, shop.finding(code))) in name
    assert name in plain(lead.text)


def test_the_path_is_drawn_with_what_was_found_on_it(shop):
    shown = [step for name in ("findings", "more") for step in of_kind(section(shop, name), Steps)]
    paths = [path for chain in shop.chains[:3] for path in chain.paths]
    assert [len(block.steps) for block in shown] == [len(path) for path in paths]
    by_code = dict(zip(paths[0], shown[0].steps, strict=True))
    for code, step in by_code.items():
        finding = shop.finding(code)
        assert bool(step.anchor) is (finding.status == "fail")
        assert (step.tone == "unknown") is (finding.status == "unknown")


def test_a_chain_that_concerns_in_part_says_no_more_than_its_findings(shop):
    failed = [f.id for f in shop.judged if f.status == "fail"][:2]
    part = Chain(id="seam", paths=(tuple(failed),), failed=tuple(failed), score=3)
    said = [
        plain(b.text)
        for b in of_kind(section(replace(shop, chains=(part,)), "findings"), Paragraph)
    ]
    why = shop.content.words["ja"]["chains.seam.why"]
    assert not [text for text in said if why in text]
    whole = [c for c in shop.chains[:2] if set(c.paths) & _paths(shop, c)]
    parts = [section(shop, name) for name in ("findings", "more")]
    said = [plain(b.text) for part in parts for b in of_kind(part, Paragraph)]
    for chain in whole:
        why = shop.content.words["ja"][f"chains.{chain.id}.why"]
        assert [text for text in said if why in text]


def _paths(diagnosis, chain):
    return {tuple(path) for path in diagnosis.content.section("chains")[chain.id]["paths"]}


def test_without_a_chain_the_verdict_names_findings(shop):
    alone = replace(shop, chains=())
    lead = next(b for b in of_kind(section(alone, "summary"), Paragraph) if b.style == "lead")
    assert not names_a_chain(lead, shop)
    assert not of_kind(section(alone, "findings"), Steps)


def test_a_chain_shown_by_answers_alone_is_no_verdict(shop):
    said = replace(shop, chains=(replace(shop.chains[0], score=0),))
    lead = next(b for b in of_kind(section(said, "summary"), Paragraph) if b.style == "lead")
    assert not names_a_chain(lead, shop)


def names_a_chain(lead, diagnosis):
    pen = writer(diagnosis, "ja")
    return any(plain(chain_name(pen, chain)) in plain(lead.text) for chain in diagnosis.chains)


def test_each_judged_rule_has_one_line_under_its_module(shop):
    tables = of_kind(section(shop, "modules"), Table)
    by_module = [t for t in tables if len(t.columns) == 3 and t.tones]
    judged = [f for f in shop.judged if f.status in ("fail", "pass")]
    assert sum(len(table.rows) for table in by_module) == len(judged)
    assert all(len(table.rows) == len(table.tones) for table in by_module)
