"""The request for material: computed from what is missing, ranked by what it opens."""

from __future__ import annotations

import re

import pytest

from toolkit.diagnosis.request import refused_list, request_list
from toolkit.errors import InputError
from toolkit.intake.case import load_case
from toolkit.intake.mappings.columns import table_kinds
from toolkit.method import load_method

CONTACTS = "contact_id,date\n1,2026-01-05\n2,2026-01-06\n"


def by_kind(request, kind):
    return {item.table: item for item in request.items if item.kind == kind}


def firm_of(tmp_path, **files):
    folder = tmp_path / "firm"
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_with_a_name_alone_every_table_that_rules_wait_for_is_asked_for(judged_of):
    judged = judged_of()
    request = request_list(judged)
    asked = by_kind(request, "table")
    waiting = {
        need
        for finding in judged.judged
        if finding.status == "unknown"
        for need in finding.missing
        if not need.startswith("q.")
    }
    assert waiting <= set(asked)
    assert {"orders", "costs", "journey"} <= waiting
    for item in asked.values():
        for code in item.rules:
            assert item.table in judged.finding(code).missing
        assert item.figures
    assert (request.client, request.date, request.refused) == ("青山商店", "2026-10-31", False)


def test_the_more_rules_a_thing_opens_the_higher_it_stands(judged_of):
    counts = [len(item.rules) for item in request_list(judged_of()).items]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]


@pytest.mark.parametrize(("model", "asked"), [("general", False), ("saas", True)])
def test_only_what_says_something_of_the_business_is_asked_for(judged_of, model, asked):
    tables = set(by_kind(request_list(judged_of(model=model)), "table"))
    assert ({"contracts", "usage"} <= tables) is asked
    assert tables.isdisjoint({"contracts", "usage"}) is not asked


def test_what_was_delivered_is_not_asked_for_again(judged_of, orders_of):
    request = request_list(judged_of({"data/orders.csv": orders_of(60)}))
    assert "orders" not in by_kind(request, "table")
    assert "orders" not in by_kind(request, "again")
    assert "costs" in by_kind(request, "table")


def test_the_rules_decide_and_not_a_list(judged_of, tmp_path):
    before = by_kind(request_list(judged_of()), "table")["journey"]
    off = "".join(f"[{code}]\noff = true\n" for code in before.rules[1:])
    firm = firm_of(tmp_path, **{"rules__journey.toml": off})
    method = load_method(firm)
    left = [code for code in before.rules if code in method.section("rules")]
    after = by_kind(request_list(judged_of(firm=firm, name="other"), method), "table")["journey"]
    assert list(after.rules) == left == [before.rules[0]]


def test_columns_that_are_not_there_are_asked_for_with_their_table(judged_of):
    judged = judged_of({"data/contacts.csv": CONTACTS})
    item = by_kind(request_list(judged), "column")["contacts"]
    cards = judged.content.section("measures")
    named = {
        column.removeprefix("contacts.")
        for card in cards.values()
        for column in card.get("columns", ())
        if column.startswith("contacts.")
    }
    assert set(item.columns) == named
    assert {"AFT002", "AFT004"} <= set(item.rules)
    assert item.period == "same"
    assert item.files == ("data/contacts.csv",)


@pytest.mark.parametrize(("bad", "again"), [(4, False), (5, True)])
def test_a_table_with_too_many_bad_rows_is_asked_for_again(judged_of, orders_of, bad, again):
    request = request_list(judged_of({"data/orders.csv": orders_of(100, bad=bad)}))
    item = by_kind(request, "again").get("orders")
    assert (item is not None) is again
    if item is not None:
        assert item.counts == {"total": 100, "bad": bad, "share": bad / 100}
        assert (item.reason, item.examples[0].row) == ("bad_share", 2)
        assert item.rules
        assert request.items[0] is item


def test_what_is_asked_for_again_brings_its_missing_columns(judged_of):
    bad = "".join(f"{n},いつか\n" for n in range(3, 6))
    request = request_list(judged_of({"data/contacts.csv": CONTACTS + bad}))
    assert "type" in by_kind(request, "again")["contacts"].columns
    assert by_kind(request, "column") == {}


def test_a_header_without_rows_is_asked_for_again_and_not_twice(judged_of):
    request = request_list(judged_of({"data/costs.csv": "month,item,amount\n"}))
    assert by_kind(request, "again")["costs"].reason == "no_rows"
    assert "costs" not in by_kind(request, "table")


def test_a_file_nobody_knows_and_headers_from_memory_are_asked_about(judged_of, orders_of):
    judged = judged_of({"data/orders.csv": orders_of(30), "data/memo.csv": "a,b\n1,2\n"})
    judged.health[0].update(system="creema", status="memory")
    items = {item.kind: item for item in request_list(judged).items}
    assert items["file"].files == ("data/memo.csv",)
    assert (items["confirm"].table, items["confirm"].system) == ("orders", "creema")
    judged.health[0].update(status="partly")
    assert "confirm" not in {item.kind for item in request_list(judged).items}


def test_screens_are_those_of_the_systems_in_use(judged_of, orders_of, tmp_path):
    firm = firm_of(
        tmp_path,
        **{
            "requests__till.toml": '["system.till"]\nnew = true\n'
            'screens.customers = { status = "memory" }\n'
            'screens.orders = { status = "verified" }\n',
            "adapters__till.toml": '[till_members]\nnew = true\ntable = "customers"\n'
            'system = "till"\nstatus = "partly"\nidentify = ["Member"]\n'
            '[till_members.columns]\ncustomer_id = { first = [["Member", "No"], "Mail"] }\n',
        },
    )
    judged = judged_of({"data/orders.csv": orders_of(60)}, firm=firm)
    judged.health[0].update(system="till", status="verified")
    asked = by_kind(request_list(judged), "table")
    (screen,) = asked["customers"].screens
    assert (screen.system, screen.status) == ("till", "memory")
    assert asked["customers"].keep == "Member"
    assert asked["costs"].screens == ()


def test_a_refused_client_is_asked_for_the_bad_files_alone(client_of, orders_of):
    folder = client_of(**{"data/orders.csv": orders_of(60, bad=30), "data/costs.csv": "x"})
    method = load_method()
    with pytest.raises(InputError) as refused:
        load_case(folder, method=method)
    request = refused_list(refused.value.problems, "青山商店", "2026-10-31", method)
    assert request.refused
    (item,) = [item for item in request.items if item.files == ("data/orders.csv",)]
    assert [problem.code for problem in item.examples] == ["too_many_bad_rows", "amount_unreadable"]
    assert item.examples[1].row == 2
    assert {name for item in request.items for name in item.files} <= {
        "data/orders.csv",
        "data/costs.csv",
    }


def test_faults_of_the_consultant_s_own_files_are_not_asked_of_the_client(client_of):
    folder = client_of(**{"client.yaml": "company_name: 青山商店\ncolour: red\n"})
    method = load_method()
    with pytest.raises(InputError) as refused:
        load_case(folder, method=method)
    assert refused_list(refused.value.problems, "青山商店", "2026-10-31", method).items == ()


def test_a_complete_client_is_asked_for_no_further_table(shop):
    assert by_kind(request_list(shop), "table") == {}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_table_column_and_screen_of_the_content_has_its_words(lang):
    method = load_method()
    words, cards = method.words[lang], method.section("requests")
    for kind in table_kinds(method).values():
        card = cards[f"table.{kind.name}"]
        assert {"role", "period", "form"} <= set(card)
        wanted = [f"table.{kind.name}", f"detail.{kind.name}", f"screen.other.{kind.name}"]
        wanted += [f"column.{kind.name}.{name}" for name in kind.columns]
        wanted += [f"leave_out.{name}" for name in card.get("leave_out", ())]
        wanted += [f"{name}.{card[name]}" for name in ("role", "period", "form")]
        assert [key for key in wanted if f"requests.{key}" not in words] == []
    for entry in cards.values():
        system = entry.id.removeprefix("system.")
        for table in entry.get("screens", ()):
            assert f"requests.screen.{system}.{table}" in words
            assert f"requests.system.{system}" in words


def test_a_screen_said_to_be_known_names_the_page_it_is_known_from():
    for entry in load_method().section("requests").values():
        for screen in entry.get("screens", {}).values():
            assert screen["status"] in ("verified", "partly", "memory")
            known = screen["status"] != "memory"
            assert bool(re.match("https://", screen.get("source", ""))) is known
