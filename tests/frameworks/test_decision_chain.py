"""The decision chain: the next person to win, roles nobody is known for, a picture."""

from __future__ import annotations

from toolkit.frameworks import Stakeholder, ToBLifecycle
from toolkit.frameworks.decision_chain import ROLES, missing_roles, next_link, won_share
from toolkit.frameworks.display import code_label
from toolkit.method import load_method
from toolkit.words import words

PEOPLE = [
    Stakeholder("Abe", role="user", passed=True),
    Stakeholder("Baba", role="部長", passed=False),
    Stakeholder("Chiba", role="decider"),
]


def test_the_chain_is_won_in_its_order():
    assert next_link(PEOPLE).name == "Baba"
    assert next_link([PEOPLE[0]]) is None
    assert won_share(PEOPLE) == 1 / 3
    assert won_share([]) is None


def test_roles_nobody_is_known_for():
    assert missing_roles(PEOPLE) == ("influencer", "buyer", "gatekeeper")
    assert missing_roles([]) == ()
    assert missing_roles([Stakeholder(role, role=role) for role in ROLES]) == ()


def test_the_object_shows_people_roles_and_gaps(lang):
    tob = ToBLifecycle(stakeholders=PEOPLE)
    rows = [(r.part, r.item, r.value, r.note) for r in tob.rows() if r.part == "stakeholders"]
    assert rows == [
        ("stakeholders", "Abe", "passed", "user"),
        ("stakeholders", "Baba", "open", "部長"),
        ("stakeholders", "Chiba", "unknown", "decider"),
    ]
    book = words(load_method(), lang)
    shown = tob._repr_html_()
    assert code_label("buying_role", "gatekeeper", book) in shown


def test_picture_brings_the_next_link_forward(lang):
    ax = ToBLifecycle(stakeholders=PEOPLE).plot_chain()
    shown = [text.get_text() for text in ax.texts]
    assert any("Baba" in text and "部長" in text for text in shown)
    assert len(ax.patches) == 1
    assert not ToBLifecycle(stakeholders=PEOPLE[:1]).plot_chain().patches
