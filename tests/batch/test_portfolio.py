"""All clients together: sums are right, and no firm's figure can be told from another's line."""

from __future__ import annotations

import pytest

from toolkit.batch.outcome import Outcome
from toolkit.batch.portfolio import LEAST_PEERS, standings, write_portfolio
from toolkit.deliverables.summary_of import CONSENT, leading_figures, summary_of
from toolkit.method import load_method

AOV = "customers.aov"


def firm(number, **given):
    known = {"model": "saas", "consent": True, "figures": {AOV: [float(number), "yen"]}}
    return Outcome(**{"client_id": f"k{number}", "status": "done"} | known | given)


def firms(n, **given):
    return [firm(number, **given) for number in range(1, n + 1)]


def below(outcomes, client="k1", group=("saas", "JPY")):
    return standings(outcomes)[group][client][AOV].below


def test_a_standing_takes_five_others():
    assert LEAST_PEERS == 5
    assert below(firms(5)) is None
    assert below(firms(6)) == 0.0
    assert below(firms(6), "k6") == 1.0
    assert below(firms(6), "k3") == 0.4


def test_equal_figures_count_by_half():
    assert below([firm(1), *(firm(n, figures={AOV: [1.0, "yen"]}) for n in range(2, 7))]) == 0.5


@pytest.mark.parametrize(
    "given",
    [
        {"consent": False},
        {"model": "general"},
        {"model": None},
        {"currency": "USD"},
        {"figures": {}},
        {"status": "failed"},
        {"status": "not_run"},
    ],
)
def test_who_cannot_be_compared_is_no_peer(given):
    assert below([*firms(5), firm(6, **given)]) is None


def test_who_did_not_consent_is_shown_no_standing_either():
    found = standings([*firms(6), firm(7, consent=False)])
    assert "k7" not in found["saas", "JPY"]


def summary(answers=()):
    facts = [
        {"id": CONSENT, "by": {}, "state": "known", "value": value, "unit": "code"}
        for value in answers
    ]
    facts.append({"id": AOV, "by": {}, "state": "known", "value": 5.0, "unit": "yen"})
    facts.append({"id": "customers.repeat_rate", "by": {}, "state": "unknown", "value": None})
    document = {
        "client": {"company_name": "x", "currency": "JPY", "model": "general"},
        "coverage": 1.0,
        "facts": facts,
        "findings": [],
        "health": [],
        "totals": {"first_year": None, "held": False},
    }
    return summary_of(document, leading_figures(load_method()))


@pytest.mark.parametrize("answers", [(), ("no",), ("unknown",), (None,)])
def test_no_answer_is_a_no_and_no_figure_is_handed_on(answers):
    made = summary(answers)
    assert made["consent"] is False
    assert made["figures"] == {}


def test_with_consent_the_leading_figures_that_are_known_are_handed_on():
    made = summary(("yes",))
    assert made["figures"] == {AOV: [5.0, "yen"]}
    assert made["model"] == "general"


@pytest.fixture
def shown(tmp_path):
    def made(outcomes, lang="ja"):
        write_portfolio(tmp_path, outcomes, lang, ("settings", load_method))
        return (tmp_path / "portfolio.html").read_text(encoding="utf-8")

    return made


def test_sums_count_each_firm_once_and_keep_currencies_apart(shown):
    page = shown(
        [
            firm(1, yen_base=10_000_000.0, failing=("SAL001", "SAL001", "PLA007"), coverage=0.5),
            firm(2, yen_base=20_000_000.0, failing=("PLA007",), coverage=0.9),
            firm(3, yen_base=500.0, currency="USD"),
            firm(4, yen_base=None, held=True),
            firm(5, status="failed", failing=("PLA007",), yen_base=1e9),
        ]
    )
    for text in ("3,000万円（2件）", "$500", "保留したもの1件", "最小 50.0%、中央 70.0%"):
        assert text in page
    assert '<small>PLA007</small></td><td class="n">2</td>' in page
    assert '<small>SAL001</small></td><td class="n">1</td>' in page


def test_with_few_who_agree_the_page_says_so_and_prints_no_figure(shown):
    page = shown(firms(5, figures={AOV: [98765.0, "yen"]}))
    assert "同意は5社です。6社から" in page
    assert "98,765" not in page


def test_a_line_holds_its_own_figures_and_nothing_of_the_others(shown):
    page = shown([firm(n, figures={AOV: [n * 1111.0, "yen"]}) for n in range(1, 7)])
    line = page.split('data-client-id="k3"')[1].split("</tr>")[0]
    assert "3,333円" in line
    assert "40％" in line
    for other in (1, 2, 4, 5, 6):
        assert f"{n_of(other)}円" not in line


def n_of(number):
    return f"{number * 1111:,}"


def test_a_night_that_changes_nothing_does_not_load_the_method(shown, tmp_path):
    before = shown(firms(6))

    def never():
        pytest.fail("the method was loaded")

    again = [firm(n, status="unchanged", seconds=9.0) for n in range(1, 7)]
    write_portfolio(tmp_path, again, "ja", ("settings", never))
    assert (tmp_path / "portfolio.html").read_text(encoding="utf-8") == before


@pytest.mark.parametrize("outcomes", [[firm(1, status="failed")], firms(7)])
def test_whatever_shows_makes_the_page_anew(outcomes, shown):
    assert shown(firms(6)) != shown(outcomes)


def test_hostile_names_are_text_and_nothing_is_fetched(shown):
    page = shown([firm(n, client_id=f"<i>{n}") for n in range(6)], lang="en")
    assert "<i>" not in page
    assert "default-src 'none'" in page
    assert "<script" not in page
