"""A changed figure is noticed, an honest file is not blamed."""

from dataclasses import fields, is_dataclass, replace

import pytest

from toolkit.deliverables.pdf import face
from toolkit.deliverables.pdf.held import held
from toolkit.outline.blocks import Definitions, Span, spans


def facts(document):
    return [one for one in spans(document.sections) if one.fact is not None]


def changed(part, target, text):
    """The part with one very span (by identity) saying something else."""
    if part is target:
        return replace(part, text=text)
    if isinstance(part, tuple):
        return tuple(changed(one, target, text) for one in part)
    if is_dataclass(part) and not isinstance(part, Span):
        own = {one.name: getattr(part, one.name) for one in fields(part)}
        made = {k: changed(v, target, text) for k, v in own.items() if isinstance(v, tuple)}
        return replace(part, **made)
    return part


def test_an_honest_report_has_every_figure(report, tmp_path):
    given, pdf = report
    (tmp_path / "report.pdf").write_bytes(pdf)
    found = face.check(given, tmp_path, "")
    assert found.differing == ()
    assert found.checked == len(facts(given.document)) > 300


def test_a_hostile_document_is_read_back(hostile):
    given, pdf = hostile
    found = held(given.document, pdf, "report.pdf")
    assert found.differing == ()
    assert found.checked == len(facts(given.document))


@pytest.mark.parametrize("share", [0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1.0])
def test_a_changed_figure_is_told_with_both_texts(report, share):
    given, pdf = report
    document = given.document
    number = round(share * (len(facts(document)) - 1))
    target = facts(document)[number]
    other = replace(
        document,
        sections=tuple(changed(one, target, "123.4%") for one in document.sections),
    )
    found = held(other, pdf, "report.en.pdf")
    mine = [one for one in found.differing if one.recomputed == "123.4%"]
    assert mine
    assert mine[0].fact == target.fact
    assert mine[0].format == "report.en.pdf"
    assert mine[0].printed == "".join(target.text.split())
    assert len(found.differing) <= 3


def test_a_missing_text_is_told_without_a_printed_one(sample):
    given, pdf = sample
    sections = given.document.sections
    extra = Span(text="9.9%", fact="customers.f2_prior", value=0.099)
    last = next(one for one in sections if any(isinstance(b, Definitions) for b in one.blocks))
    block = replace(last.blocks[0].cards[0], text=(Span(text="別の文 "), extra))
    more = replace(last, blocks=(Definitions(cards=(*last.blocks[0].cards, block)),))
    document = replace(given.document, sections=(*sections[:-1], more))
    (told, *_) = held(document, pdf, "report.pdf").differing
    assert (told.fact, told.printed, told.recomputed) == ("customers.f2_prior", None, "9.9%")
