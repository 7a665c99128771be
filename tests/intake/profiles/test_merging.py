"""Several answers to one question: which stands, what is kept, who contradicts whom."""

from __future__ import annotations

import pytest

from toolkit.intake.profiles.answer import Answer
from toolkit.intake.profiles.answer_facts import facts_of_answers
from toolkit.intake.profiles.contradictions import contradictions
from toolkit.intake.profiles.merging import merged
from toolkit.intake.profiles.profile import read_profile, said_of
from toolkit.method import load_method

HEAD = "client_id: aoyama\ncompany_name: 青山商店\n"
METHOD = load_method()
ASKED = "q.crm.strategy"


def said(value, **fields) -> tuple[Answer, ...]:
    return (Answer(question=ASKED, value=value, **fields),)


def read(folder):
    return read_profile(folder, METHOD)


def found(profile):
    return contradictions(said_of(profile, METHOD), METHOD)


@pytest.mark.parametrize(
    ("first", "second", "stands"),
    [
        (said("yes"), said("no", basis="seen"), "no"),
        (said("yes", on="2026-04-01"), said("no", on="2026-04-02"), "no"),
        (said("yes"), said("no", on="2026-04-02"), "no"),
        (said("yes", basis="seen"), said("no", on="2026-04-02"), "yes"),
        (said("yes", on="2026-04-02"), said("no", on="2026-04-02"), "yes"),
        (said("unknown", basis="seen", on="2026-05-01"), said("no"), "no"),
    ],
)
def test_which_stands(first, second, stands) -> None:
    used, others = merged([first, second], METHOD)
    assert [one.value for one in used] == [stands]
    assert [one.used for one in (*used, *others)] == [True, False]


def test_one_answer_alone_is_as_it_was() -> None:
    used, others = merged([said("yes"), said("no")[:0]], METHOD)
    assert (used, others) == (said("yes"), ())


def test_a_list_of_people_in_client_yaml(write) -> None:
    people = "{value: yes, by: 社長}, {value: no, by: 工場長, basis: seen, evidence: 棚}"
    profile = read(write(f"{HEAD}answers:\n  {ASKED}: [{people}]\n"))
    assert [(one.value, one.by) for one in profile.answers] == [("no", "工場長")]
    assert [(one.value, one.by, one.used) for one in profile.other_answers] == [
        ("yes", "社長", False)
    ]
    (fact,) = [one for one in facts_of_answers(profile.answers, METHOD) if one.id == ASKED]
    assert fact.value == "no"
    (differs,) = found(profile)
    assert (differs.question, differs.used.said, differs.reason) == (ASKED, "no", "seen")
    assert [voice.said for voice in differs.others] == ["yes"]


def test_people_may_be_listed_for_selections_and_lines_too(write) -> None:
    text = (
        "answers:\n"
        "  q.pla.absence: [{value: [hiring], by: 社長}, {value: none, by: 専務, on: 2026-04-01}]\n"
        "  q.val.canvas:\n"
        "    - { value: [{item: 遅い, importance: 5, covered: 1}], by: 社長 }\n"
        "    - { value: [{item: 遅い, importance: 2, covered: 1}], by: 専務 }\n"
    )
    profile = read(write(HEAD + text))
    assert [(one.question, one.item, one.value) for one in profile.answers] == [
        ("q.val.canvas", "遅い", "5 | yes"),
        ("q.pla.absence", None, "none"),
    ]
    assert [(one.question, one.used.said, one.others[0].said) for one in found(profile)] == [
        ("q.pla.absence", "none", ("hiring",)),
        ("q.val.canvas", "5 | yes", "2 | yes"),
    ]


def test_sheets_of_several_people_go_by_their_names(write) -> None:
    folder = write(
        HEAD,
        hearing_社長={ASKED: {"answer": "ある"}},
        hearing_工場長={ASKED: {"answer": "ない"}},
    )
    profile = read(folder)
    assert [(one.by, one.source) for one in profile.answers] == [("工場長", "hearing_工場長.xlsx")]
    (differs,) = found(profile)
    assert (differs.reason, differs.others[0].answer.by) == ("first", "社長")


def test_client_yaml_goes_before_the_sheets(write) -> None:
    folder = write(f"{HEAD}answers:\n  {ASKED}: 'yes'\n", hearing={ASKED: {"answer": "ない"}})
    profile = read(folder)
    assert [one.value for one in profile.answers] == ["yes"]
    assert [one.source for one in profile.other_answers] == ["hearing.xlsx"]


def test_items_of_a_map_come_together_from_several(write) -> None:
    sheets = {
        "hearing_a": {"q.pla.cost_rates / cogs": {"answer": 0.4}},
        "hearing_b": {
            "q.pla.cost_rates / packing": {"answer": 0.02},
            "q.pla.cost_rates / cogs": {"answer": 0.5, "basis": "現物を確認"},
        },
    }
    profile = read(write(HEAD, **sheets))
    assert {one.item: one.value for one in profile.answers} == {"packing": 0.02, "cogs": 0.5}
    assert [(one.item, one.used.said) for one in found(profile)] == [("cogs", 0.5)]


def test_a_code_for_the_whole_against_answers_by_item(write) -> None:
    sheets = {
        "hearing_a": {"q.pla.cost_plan": {"answer": "ない"}},
        "hearing_b": {"q.pla.cost_plan / cogs": {"answer": 0.4, "basis": "現物を確認"}},
    }
    profile = read(write(HEAD, **sheets))
    assert [(one.item, one.value) for one in profile.answers] == [("cogs", 0.4)]
    (differs,) = found(profile)
    assert (differs.item, differs.used.said, differs.others[0].said) == (None, ("cogs",), "no")


def test_a_selection_stands_as_a_whole(write) -> None:
    sheets = {
        "hearing_a": {"q.pla.absence / hiring": {"answer": "○"}},
        "hearing_b": {
            "q.pla.absence / quoting": {"answer": "○"},
            "q.pla.absence / hiring": {"answer": "○"},
        },
    }
    profile = read(write(HEAD, **sheets))
    assert [(one.item, one.value) for one in profile.answers] == [(None, 1.0), ("hiring", "yes")]
    (differs,) = found(profile)
    assert differs.used.said == ("hiring",)
    assert set(differs.others[0].said) == {"quoting", "hiring"}


def test_the_same_answer_a_correction_and_not_knowing_are_no_contradictions(write) -> None:
    same = write(
        HEAD,
        hearing_a={ASKED: {"answer": "ある"}},
        hearing_b={ASKED: {"answer": "ある"}},
        hearing_c={ASKED: {"answer": "わからない"}},
    )
    assert found(read(same)) == ()
    people = "[{value: yes, by: 社長, on: 2026-04-01}, {value: no, by: 社長, on: 2026-05-01}]"
    text = f"{HEAD}answers:\n  q.jrn.flow: {people}\n"
    profile = read(write(text))
    assert [one.value for one in profile.answers if one.question == "q.jrn.flow"] == ["no"]
    assert found(profile) == ()


def test_checks_of_the_law_answered_in_two_ways(write) -> None:
    folder = write(
        f"{HEAD}compliance:\n  L-01: 'yes'\n  L-02: 'no'\n",
        hearing_専務={"L-01": {"answer": "いいえ"}},
    )
    profile = read(folder)
    assert profile.compliance == {"L-01": "yes", "L-02": "no"}
    (differs,) = found(profile)
    assert (differs.question, differs.used.said, differs.others[0].said) == ("L-01", "yes", "no")


def test_a_row_copied_for_another_person_in_one_sheet(write, filling) -> None:
    page, row = filling.rows["q.jrn.flow"][0]
    spare = filling.rows["q.pla.absence / +"][0][1]
    assert page is filling.rows["q.pla.absence / +"][0][0]
    lines = {
        "q.jrn.flow": {"answer": "ある", "by": "社長"},
        "q.pla.absence / +": {"code": "q.jrn.flow", "answer": "ない", "by": "専務"},
    }
    profile = read(write(HEAD, hearing=lines))
    (differs,) = found(profile)
    assert (row != spare, differs.used.said, differs.others[0].answer.by) == (True, "yes", "専務")
