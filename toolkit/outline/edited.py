"""The consultant's own words where they stand in for ours: who wrote them, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.diagnosis.edits import own_words, taken
from toolkit.intake.profiles.edit import VERDICT, WORDS
from toolkit.outline.blocks import Text
from toolkit.outline.writer import Writer, plain_span

if TYPE_CHECKING:
    from toolkit.diagnosis.plan import Action
    from toolkit.intake.profiles.edit import Edit


def edited(pen: Writer, code: str, name: str) -> Text:
    """The consultant's text in place of ours, without facts; empty where ours stands.

    A number in it is the consultant's: it has no definition card and is not recomputed.
    """
    text = own_words(pen.diagnosis, code, name, pen.lang)
    return plain_span(text) if text else ()


def is_edited(pen: Writer, code: str) -> bool:
    """Whether any words of a finding are the consultant's in this language."""
    return any(edited(pen, code, name) for name in WORDS)


def tag(pen: Writer, code: str) -> tuple[str, ...]:
    """The mark of a card whose words are the consultant's."""
    return (pen.line("report.edit.tag"),) if is_edited(pen, code) else ()


def signed_tag(pen: Writer) -> Text:
    """The mark under a verdict of the consultant's, with who and when; empty under ours."""
    edit = taken(pen.diagnosis, VERDICT)
    if edit is None or not is_edited(pen, VERDICT):
        return ()
    return signed(pen, pen.text("report.edit.tag"), edit)


def comment_text(pen: Writer, code: str) -> Text:
    """The consultant's comment on a finding with who and when; empty where there is none."""
    edit = taken(pen.diagnosis, code)
    comment = edit.words("comment", pen.lang) if edit else None
    return signed(pen, plain_span(comment), edit) if edit and comment else ()


def commented(pen: Writer, code: str, found: Text) -> Text:
    """A cell of a table with the consultant's comment behind it."""
    comment = comment_text(pen, code)
    return pen.text("report.edit.commented", found=found, comment=comment) if comment else found


def progress_text(pen: Writer, code: str) -> Text:
    """How far the action is by the consultant's word, and why; empty where nothing is said."""
    edit = taken(pen.diagnosis, code)
    if edit is None or edit.status is None:
        return ()
    return plain_span(with_reason(pen, code, status_text(pen, edit.status)))


def status_text(pen: Writer, status: str) -> str:
    """A status of an action in words."""
    return pen.line(f"report.edit_status.{status}")


def with_status(pen: Writer, action: Action, text: str) -> str:
    """Who does an action, with how far it is."""
    if action.status is None:
        return text
    status = status_text(pen, action.status)
    return pen.line("report.edit.with_status", text=text, status=status)


def with_reason(pen: Writer, code: str, text: str) -> str:
    """A text with the reason the consultant gave, where one was given."""
    edit = taken(pen.diagnosis, code)
    if edit is None or edit.reason is None:
        return text
    return pen.line("report.edit.because", text=text, reason=edit.reason)


def signature(pen: Writer, edit: Edit) -> str:
    """Who wrote an edit and when, as far as stated."""
    given = (edit.by, pen.date(edit.on) if edit.on else None)
    return pen.joined(part for part in given if part)


def signed(pen: Writer, text: Text, edit: Edit) -> Text:
    """A text with who wrote it and when behind it, as far as stated."""
    who = signature(pen, edit)
    return pen.text("report.edit.signed", text=text, who=who) if who else text
