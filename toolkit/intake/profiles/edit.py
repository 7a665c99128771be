"""One edit of the consultant: own words, comment, assignee, date and status for one finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

EVERY = "*"
"""The language of a text that stands in every edition."""

VERDICT = "verdict"
"""The id of the sentence on the first page."""

WORDS = ("title", "finding", "action", "text")
"""Fields that take the place of words of ours."""

OWN = "OWN"
"""Ids that begin so are findings of the consultant's own, beside those of the rules."""

STATES = ("not_started", "doing", "done", "dropped")
DROPPED = "dropped"

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What a consultant wrote for one finding, named by its rule's code, or for the verdict.

    Texts are by language, ``*`` for every one. ``title``, ``finding`` and ``action`` replace the
    words of the finding, ``text`` the verdict; ``comment`` is added. ``due`` and ``on`` are ISO
    dates, ``status`` is one of ``STATES``, ``reason`` says why. ``by`` and ``on`` are who wrote
    it and when; ``facts`` are the figures a finding of the consultant's own rests on; ``line`` is
    its place in edits.yaml.
    """

    id: str
    title: Texts = field(default_factory=dict)
    finding: Texts = field(default_factory=dict)
    action: Texts = field(default_factory=dict)
    text: Texts = field(default_factory=dict)
    comment: Texts = field(default_factory=dict)
    assignee: str | None = None
    due: str | None = None
    status: str | None = None
    reason: str | None = None
    by: str | None = None
    on: str | None = None
    facts: tuple[str, ...] = ()
    line: int

    @property
    def own(self) -> bool:
        """Whether it is a finding of the consultant's own, which no rule has."""
        return self.id.startswith(OWN)

    def words(self, name: str, lang: str) -> str | None:
        """The text of a field for readers of a language; None where ours stands.

        >>> Edit(id="AFT006", title={"ja": "二重の入力"}, line=1).words("title", "en") is None
        True
        """
        texts: Texts = getattr(self, name)
        return texts.get(lang) or texts.get(EVERY)
