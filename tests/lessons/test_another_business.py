"""The lesson on another's business against hand arithmetic, and other dossiers."""

import pytest

from toolkit.errors import UsageError
from toolkit.lessons import lesson

RANGES = {"visits": [100, 400], "conversion": [0.1, 0.2], "order_yen": [50, 100]}
FACTS = [
    {"key": "A", "source": "observed", "about": "orders", "low": 10, "high": 20},
    {"key": "B", "source": "reported", "about": "orders", "low": 20, "high": 30},
    {"key": "C", "source": "advertised", "about": "orders", "low": 31, "high": 31},
    {"key": "D", "source": "required", "about": "boxes", "low": 90, "high": 90},
]


@pytest.fixture
def about():
    """The lesson about a dossier."""

    def made(**parts):
        return lesson("another_business", lang="en").use({"dossier": parts})

    return made


def test_ends_multiply_and_the_middle_balances_them(about):
    made = about(**RANGES)
    values = [made.question(number).answer.value for number in (1, 2, 3)]
    assert values == pytest.approx([500, 16, 2000])
    assert made.question(4).answer is None


def test_ranges_that_touch_do_not_contradict_each_other(about):
    answer = about(facts=FACTS).question(5).answer
    assert {answer.value, *answer.also} == {("A", "C"), ("B", "C")}
    assert answer.wrong["agree"] == ("A", "B")
    assert about(facts=FACTS[:2]).question(5).answer is None


def test_a_part_is_known_by_one_sure_fact(about):
    rows = [{"part": "x", "facts": keys} for keys in (["B", "A"], ["B"], [], ["D"])]
    answer = about(facts=FACTS, map=rows).question(6).answer
    assert (answer.value, answer.wrong["inferred_only"]) == (0.5, 0.25)


@pytest.mark.parametrize(
    ("keys", "able", "right"),
    [
        (["A", "B"], True, "b"),
        (["A", "B"], False, "d"),
        (["B", "C"], True, "d"),
        (["A"], True, "d"),
    ],
)
def test_only_what_is_backed_and_within_our_means_is_taken_over(about, keys, able, right):
    practices = [{"name": "p", "facts": keys, "able": able}]
    made = about(facts=FACTS, practices=practices, **RANGES)
    assert made.question(7).answer.value == right
    assert "{" not in made.question(8).solution().text


@pytest.mark.parametrize(
    "parts",
    [
        {"visits": [400, 100]},
        {"visits": 400},
        {"facts": [{"key": "A", "source": "dreamt"}]},
        {"numbers": {"first": 1, "second": 2, "first_on": "soon", "second_on": "later"}},
    ],
)
def test_what_is_no_dossier_is_refused(about, parts):
    with pytest.raises(UsageError):
        about(**parts)


def test_a_client_is_seen_through_the_least_and_greatest_of_its_months(client):
    firm = lesson("another_business", lang="en").use(client("aoba_shop")).firm
    assert all(low < high for low, high in firm.factors)
    assert firm.low < firm.high
    assert firm.factors[1][1] < 1
