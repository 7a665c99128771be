from dataclasses import replace

import pytest

from toolkit.errors import InputError
from toolkit.forms.given import Given
from toolkit.forms.hearing_state import open_hearing
from toolkit.intake.profiles.profile import read_profile

CLIENTS = ["aoba_shop", "minato_works", "hoshino_cloud", "completejourney_store"]


def _opened(folder, method):
    return open_hearing(folder, method, "ja")


@pytest.mark.parametrize("name", CLIENTS)
def test_every_answer_is_shown_and_written_again_says_the_same(name, copied, method):
    from toolkit.forms.yaml_edit import with_values

    folder = copied(name)
    before = read_profile(folder, method)
    state = _opened(folder, method)
    asked = {one.question for one in before.answers} - {"q.pla.model", "q.pla.stage"}
    assert asked == {
        key for key, one in state.given.items() if one.answered and key.startswith("q.")
    }
    assert state.problems() == {}
    values = {state._path(key): state._written(key) for key in state.asked if key in state.nodes}
    (folder / "client.yaml").write_text(with_values(state.text, values), "utf-8")
    assert read_profile(folder, method) == before


@pytest.mark.parametrize("name", CLIENTS)
def test_saving_without_a_change_leaves_each_byte(name, copied, method):
    folder = copied(name)
    text = (folder / "client.yaml").read_bytes()
    saved = _opened(folder, method).save()
    assert saved.done
    assert (*saved.added, *saved.changed, *saved.removed) == ()
    assert (folder / "client.yaml").read_bytes() == text


def test_what_is_saved_is_told_and_read_by_a_diagnosis(copied, method):
    folder = copied()
    state = _opened(folder, method)
    details = {"by": "社長: 「青木」", "on": "2026/4/1", "basis": "seen"}
    state.set("q.off.price", Given(value="３万円", details=details))
    state.set("q.pla.wage", Given())
    state.set("q.aft.f2_target", Given(value="30%"))
    saved = state.save()
    assert saved.added == ("q.aft.f2_target",)
    assert saved.changed == ("q.off.price",)
    assert saved.removed == ("q.pla.wage",)
    answers = {one.question: one for one in read_profile(folder, method).answers}
    price = answers["q.off.price"]
    assert (price.value, price.by, price.on, price.basis) == (
        30_000,
        "社長: 「青木」",
        "2026-04-01",
        "seen",
    )
    assert answers["q.aft.f2_target"].value == 0.3
    assert "q.pla.wage" not in answers
    assert state.opened == _opened(folder, method).opened


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_written(copied, method):
    folder = copied()
    text = (folder / "client.yaml").read_bytes()
    state = _opened(folder, method)
    codes = {
        "company_name": (Given(value=" "), "company_name_blank"),
        "as_of": (Given(value="2026-13-01"), "field_date"),
        "fiscal_year_start": (Given(value="13"), "field_month"),
        "q.off.price": (Given(value="高い"), "field_number"),
        "q.aft.f2_target": (Given(value="130%"), "answer_range"),
        "q.pla.absence": (Given(value="none", items={"pricing": "yes"}), "form_twice"),
        "q.val.canvas": (Given(lines=(("悩み", "5", ""),)), "form_line"),
        "q.crm.strategy": (Given(value="yes", details={"on": "きのう"}), "field_date"),
    }
    for key, (given, code) in codes.items():
        assert [one.code for one in state.set(key, given)] == [code]
    assert state.problems().keys() == codes.keys()
    saved = state.save()
    assert {one.code for one in saved.problems} == {code for _, code in codes.values()}
    assert not saved.done
    assert (folder / "client.yaml").read_bytes() == text


def test_answers_of_several_people_stay_as_they_are(client_of, method):
    text = (
        "client_id: aoyama\ncompany_name: 青山\nanswers:\n"
        "  q.crm.strategy: [{value: yes, by: 社長}, {value: no, by: 店長}]\n"
    )
    folder = client_of(**{"client.yaml": text})
    state = _opened(folder, method)
    assert state.given["q.crm.strategy"].fixed
    state.set("company_name", Given(value="赤木"))
    assert state.save().done
    assert "[{value: yes, by: 社長}, {value: no, by: 店長}]" in (folder / "client.yaml").read_text()


def test_who_said_a_single_item_is_kept(client_of, method):
    text = (
        "client_id: aoyama\ncompany_name: 青山\nanswers:\n  q.pla.target:\n"
        "    age_band: {value: 40代, by: 社長}\n    prefecture: 東京都\n"
    )
    folder = client_of(**{"client.yaml": text})
    state = _opened(folder, method)
    given = state.given["q.pla.target"]
    state.set("q.pla.target", given.with_item("prefecture", "大阪府"))
    assert state.save().done
    answers = {one.item: one for one in read_profile(folder, method).answers}
    assert (answers["age_band"].by, answers["prefecture"].value) == ("社長", "大阪府")


def test_a_model_answered_as_a_question_is_changed_there(client_of, method):
    text = (
        "client_id: aoyama\ncompany_name: 青山\nanswers:\n"
        "  q.pla.model: {value: general, by: 社長}\n"
    )
    folder = client_of(**{"client.yaml": text})
    state = _opened(folder, method)
    assert state.given["model"].value == "general"
    state.set("model", replace(state.given["model"], value="saas"))
    assert state.save().done
    profile = read_profile(folder, method)
    assert (profile.model, profile.answers[0].by) == ("saas", "社長")


def test_a_file_changed_meanwhile_is_not_overwritten(copied, method):
    folder = copied()
    state = _opened(folder, method)
    path = folder / "client.yaml"
    path.write_text(path.read_text("utf-8") + "# mine\n", "utf-8")
    state.set("company_name", Given(value="赤木"))
    assert state.save().stale
    assert path.read_text("utf-8").endswith("# mine\n")


def test_the_model_decides_what_is_asked_and_counted(copied, method):
    state = _opened(copied("completejourney_store"), method)
    state.set("model", Given(value="saas"))
    saas = {one.key for one in state.concerned()}
    state.set("model", Given(value="general"))
    shop = {one.key for one in state.concerned()}
    assert "q.aft.f2_target" in shop - saas
    assert any(key.startswith("q.tob.") for key in saas - shop)
    done, asked, *_ = state.progress()
    state.set("q.aft.f2_target", Given(value="30%"))
    assert state.progress()[:2] == (done + 1, asked)


def test_a_file_with_a_fault_of_form_cannot_be_opened(client_of, method):
    folder = client_of(**{"client.yaml": "a: [\n"})
    with pytest.raises(InputError) as error:
        _opened(folder, method)
    assert error.value.problems[0].code == "yaml_syntax"
