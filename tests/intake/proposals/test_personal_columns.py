"""Columns about persons: nothing of them is shown, and no name becomes an id."""

from __future__ import annotations

from proposed.answers import Look, asked, headers
from proposed.layouts import SALESFORCE, STORES


def test_personal_columns_show_nothing_and_serve_as_key_only(look: Look) -> None:
    proposal = look(STORES)
    shown = {one.column: one.samples for one in proposal.columns}
    assert shown["customer_id"] == ("***", "***", "***")
    assert shown["amount"] == ("3500", "1500", "5500")
    leads = {one.column: one.samples for one in look(SALESFORCE, "leads").columns}
    assert leads["staff"] == ("***", "***")
    assert leads["stage"] == ("提案", "受注", "失注")


def test_a_contact_in_another_column_is_not_shown(look: Look) -> None:
    text = "案件番号,起票日,商談名,リードソース\n1,2026-01-05,a,Web\n2,2026-01-06,b,090-0000-0001\n"
    samples = {one.column: one.samples for one in look(text, "leads").columns}
    assert samples["source"] == ("Web", "***")


def test_an_id_is_never_made_of_a_name(look: Look) -> None:
    rows = "".join(f"A{i},見本{i}太郎,2026-01-0{i},¥{i}00\n" for i in range(1, 9))
    proposal = look("受注No,顧客名,受注日付,購入額\n" + rows)
    assert "customer_id" not in headers(proposal)
    assert asked(proposal)["customer_id"] == ("none", (), True)
