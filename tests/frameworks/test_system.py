"""Business system, aftercare, fulfillment: gaps, feedback, what stops, what suits."""

from __future__ import annotations

import re

import pytest

from toolkit.facts import Fact, Facts, unknown
from toolkit.frameworks import Aftercare, BusinessSystem, Fulfillment
from toolkit.frameworks.aftercare import ACTIVITIES
from toolkit.frameworks.edge import EDGES, MODELS, edges_of, outgoing
from toolkit.frameworks.fulfillment import MEANS, PATTERNS, suitability
from toolkit.frameworks.study import ALL_TOPICS, TOPICS
from toolkit.frameworks.system import MODULE_TASKS, MODULES, TASKS
from toolkit.method import load_method
from toolkit.words import words


def facts_of(thing):
    return {fact.id.split(".")[1]: fact for fact in thing.facts()}


def test_edges_agree_with_the_question_and_its_models():
    question = load_method().section("questions")["q.pla.feedback"]
    assert [edge.code for edge in EDGES] == question["items"]
    applies = load_method().section("applies")
    tokens = {name: token for name, token in applies["models"].items()}
    assert set(MODELS) == set(tokens)
    for edge in EDGES:
        listed = question["item_models"].get(edge.code)
        wanted = {t for name in listed or ["ALL"] for t in applies["groups"].get(name, [name])}
        assert {tokens[model] for model in edge.models} == wanted, edge.code


def test_tasks_agree_with_the_question():
    assert list(TASKS) == load_method().section("questions")["q.pla.absence"]["items"]


@pytest.mark.parametrize(
    ("model", "count"),
    [(None, 13), ("shop_service", 13), ("saas", 17), ("made_to_order", 18), ("general", 17)],
)
def test_edges_of_a_model(model, count):
    assert len(edges_of(model)) == count


def test_module_gaps_name_their_modules(answered):
    sheet = dict.fromkeys(MODULES, "yes") | {"sales": "no_kpi", "aftercare": "no_assignee"}
    fact = facts_of(BusinessSystem.from_facts(Facts(answered("q.pla.module_sheet", sheet))))
    assert fact["module_gaps_count"].value == 2
    assert {item.key for item in fact["module_gaps_count"].items} == {"sales", "aftercare"}


def test_live_edges_count_only_answered_ones_of_the_model(answered):
    records = {
        "sales_planning": "yes",
        "aftercare_sales": "no",
        "planning_sales": "unknown",
        "operations_product": "no",
    }
    facts = answered("q.pla.feedback", records)
    shop = Facts([*facts, Fact(id="q.pla.model", value="shop_service")])
    fact = facts_of(BusinessSystem.from_facts(shop))["feedback_edges_live_share"]
    assert (fact.value, fact.n) == (0.5, 2)
    assert [item.key for item in fact.items] == ["aftercare_sales"]
    saas = Facts([*facts, Fact(id="q.pla.model", value="saas")])
    fact = facts_of(BusinessSystem.from_facts(saas))["feedback_edges_live_share"]
    assert (fact.value, fact.n) == (pytest.approx(1 / 3), 3)


def test_tasks_that_stop(answered):
    chosen = answered("q.pla.absence", {"quoting": "yes", "key cutting": "yes"})
    facts = Facts([Fact(id="q.pla.absence", value=2.0), *chosen])
    fact = facts_of(BusinessSystem.from_facts(facts))
    assert fact["stops_without_proprietor_count"].value == 2
    assert fact["stops_without_proprietor_share"].value == pytest.approx(2 / 15)
    assert [i.key for i in fact["stops_without_proprietor_count"].items] == [
        "quoting",
        "key cutting",
    ]


@pytest.mark.parametrize(
    ("said", "value"),
    [
        (Fact(id="q.pla.absence", value="none"), 0),
        (Fact(id="q.pla.absence", value=0.0), 0),
        (unknown("q.pla.absence", "answered_unknown"), None),
        (unknown("q.pla.absence", "not_asked"), None),
    ],
)
def test_nothing_stops_only_where_that_was_said(said, value):
    fact = facts_of(BusinessSystem.from_facts(Facts([said])))["stops_without_proprietor_count"]
    assert fact.value == value
    assert fact.known == (value is not None)


def test_fulfillment_is_built_first():
    rows = [row.value for row in BusinessSystem().rows() if row.part == "build_order"]
    assert rows[0] == "fulfillment"
    assert set(rows) == set(MODULES)


def test_wrong_module_is_refused():
    with pytest.raises(ValueError, match="marketing"):
        BusinessSystem(modules={"marketing": "yes"})


def test_open_activities(answered):
    states = dict.fromkeys(ACTIVITIES, "yes") | {
        "data": "no_record",
        "dunning": "not_applicable",
        "gifts": "no_assignee",
    }
    (fact,) = Aftercare.from_facts(Facts(answered("q.aft.activities", states))).facts()
    assert fact.value == 2
    assert {item.key for item in fact.items} == {"data", "gifts"}
    (fact,) = Aftercare(activities={"inquiry": "yes"}).facts()
    assert (fact.state, fact.needs) == ("unknown", ("q.aft.activities",))


def test_aftercare_shows_the_rate_of_180_days():
    facts = Facts(
        [
            Fact(id="customers.f2_conversion", by={"window_days": 90}, value=0.2),
            Fact(id="customers.f2_conversion", by={"window_days": 180}, value=0.31),
        ]
    )
    assert Aftercare.from_facts(facts).f2_share == 0.31


@pytest.mark.parametrize("means", MEANS)
@pytest.mark.parametrize("pattern", PATTERNS)
def test_suitability(pattern, means):
    wanted = "high" if pattern != "onsite" else {"systematise": "partly"}.get(means, "low")
    assert suitability(pattern, means) == wanted


@pytest.mark.parametrize(
    ("pattern", "plan", "suits"),
    [
        ("onsite", "all", False),
        ("onsite", "partly", True),
        ("goods", "all", True),
        (None, "all", None),
        ("onsite", "unknown", None),
    ],
)
def test_outsourcing_all_of_on_site_work_does_not_suit(pattern, plan, suits):
    assert Fulfillment(pattern=pattern, outsource_plan=plan).plan_suits is suits


MODULE_NAMES = {
    "開発・調達": "procurement",
    "企画": "planning",
    "セールス": "sales",
    "フルフィルメント": "fulfillment",
    "アフター": "aftercare",
    "運用": "operations",
    "製品": "product",
    "営業": "sales",
    "all": "procurement sales fulfillment aftercare",
}
STANDINGS = {"named": "explicit", "implied": "implied", "house": "house"}


def test_status_and_models_of_each_edge_as_the_catalogue_has_them(test_data):
    catalogue = (test_data / "domain" / "rules.md").read_text(encoding="utf-8")
    table = catalogue.split("## 5.")[1].split("## 6.")[0]
    tokens = load_method().section("applies")["models"]
    found = {}
    for line in re.findall(r"^\| ([^f].+ → .+) \|$", table, re.MULTILINE):
        way, _, models, status = (cell.strip() for cell in line.split("|"))
        source, targets = way.split(" → ")
        for target in re.split(", ", targets):
            for name in MODULE_NAMES[target].split():
                key = f"{MODULE_NAMES[source]}_{name}"
                found[key] = (STANDINGS[status.split()[0]], models, re.findall(r"S\d-\d+", status))
    assert set(found) == {edge.code for edge in EDGES}
    groups = load_method().section("applies")["groups"]
    for edge in EDGES:
        status, models, sources = found[edge.code]
        assert edge.status == status, edge.code
        wanted = {t for name in models.split(", ") for t in groups.get(name, [name])}
        assert {tokens[model] for model in edge.models} == wanted, edge.code
        assert set(sources) <= set(edge.sources), edge.code


def test_feedback_tells_what_flows_and_where_the_source_stands():
    frame = BusinessSystem(model="saas", records={"sales_planning": "no"}).feedback()
    row = frame[(frame["source"] == "sales") & (frame["target"] == "planning")].iloc[0]
    assert row[["status", "flow", "statements", "record"]].tolist() == [
        "explicit",
        "sales",
        "S0-23 S1-05",
        "no",
    ]
    assert len(frame) == 17
    assert {edge.target for edge in outgoing("operations")} == {"product", "sales"}


def test_edges_are_shown_with_their_standing(lang):
    book = words(load_method(), lang)
    system = BusinessSystem(records={"sales_planning": "yes", "planning_sales": "no"})
    shown = system._repr_html_()
    for edge, record, status in (
        ("sales_planning", "yes", "explicit"),
        ("planning_sales", "no", "house"),
    ):
        text = book.text(
            "frameworks.shown.item",
            item=book.text(f"frameworks.codes.edge.{edge}"),
            value=book.text(f"frameworks.codes.edge_record.{record}"),
        )
        note = book.text(f"frameworks.codes.edge_status.{status}")
        assert book.text("frameworks.shown.noted", text=text, note=note) in shown


def test_only_the_first_place_of_the_order_is_the_sources():
    rows = [row for row in BusinessSystem().rows() if row.part == "build_order"]
    assert [row.note for row in rows] == ["explicit", "house", "house", "house", "house"]


def test_each_module_has_its_tasks():
    counts = {module: len(tasks) for module, (_, tasks) in MODULE_TASKS.items()}
    assert counts == {
        "planning": 3,
        "procurement": 3,
        "sales": 4,
        "fulfillment": 3,
        "aftercare": 6,
    }


@pytest.mark.parametrize("use", ["build", "analyse"])
def test_a_sheet_of_what_to_settle_or_find_out(use, lang):
    system = BusinessSystem.blank(use=use, name="rival")
    sheet = system.sheet()
    assert sheet["topic"].tolist() == list(ALL_TOPICS)
    assert sheet["module"].nunique() == len(TOPICS) == len(MODULES) + 1
    for column in ("what", "how"):
        assert not sheet[column].str.startswith("frameworks.").any()
        assert sheet[column].is_unique
    assert (sheet["tasks"] != "").sum() == len(ALL_TOPICS) - len(TOPICS["whole"])
    other = BusinessSystem.blank(use="analyse" if use == "build" else "build").sheet()
    assert other["what"].tolist() == sheet["what"].tolist()
    assert not set(other["how"]) & set(sheet["how"])


def test_what_is_found_fills_the_sheet_and_the_rest_is_unknown():
    rival = BusinessSystem(use="analyse", name="rival", found={"channels": "fairs only"})
    sheet = rival.sheet().set_index("topic")
    assert sheet.loc["channels", "found"] == "fairs only"
    assert sheet["found"].notna().sum() == 1
    gaps = rival.unknown_parts()
    assert "found.closing" in gaps
    assert "found.channels" not in gaps


def test_inside_of_anothers_business_is_not_asked_for():
    rival = BusinessSystem.blank(use="analyse")
    assert {"modules", "records", "stops"} & {row.part for row in rival.rows()} == set()
    told = BusinessSystem(use="analyse", stops=["quoting"])
    assert "stops" in {row.part for row in told.rows()}
    own = BusinessSystem.blank()
    assert {"modules", "records", "stops", "found"} <= {row.part for row in own.rows()}
    assert "found" not in {row.part for row in BusinessSystem().rows()}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"use": "steal"}, "use"),
        ({"found": {"weather": "fine"}}, "found"),
        ({"records": {"sales_sales": "yes"}}, "records"),
    ],
)
def test_wrong_uses_topics_and_edges_are_refused(wrong, field):
    with pytest.raises(ValueError, match=field):
        BusinessSystem(**wrong)
