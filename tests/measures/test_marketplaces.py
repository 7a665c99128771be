"""Which channels are marketplaces, and how much of sales hangs on the largest, by hand."""

import pytest

SHARE = "acquisition.top_marketplace_share"


class Ours:
    method = None


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("楽天市場", "rakuten"),
        ("楽天市場店", "rakuten"),
        ("Ｒａｋｕｔｅｎ", "rakuten"),
        ("Amazon.co.jp", "amazon"),
        ("Yahoo! ショッピング", "yahoo_shopping"),
        ("Amazon Pay", None),
        ("楽天ペイ", None),
        ("Yahoo!広告", None),
        ("Yahoo", None),
        ("自社EC", None),
        ("Shopify", None),
        ("BASE", None),
        ("電話", None),
    ],
)
def test_labels(label, name):
    from toolkit.measures.marketplaces import marketplace_of

    assert marketplace_of(Ours(), label) == name


@pytest.mark.parametrize(("medium", "name"), [("楽天RPP", "rakuten"), ("Google広告", None)])
def test_media(medium, name):
    from toolkit.measures.marketplaces import marketplace_of

    assert marketplace_of(Ours(), medium, "ads") == name


def order(number, day, channel, amount):
    return {
        "order_id": f"{day}-{number}",
        "customer_id": f"c{number}",
        "order_date": day,
        "channel": channel,
        "amount": amount,
    }


def year(number, rakuten, amazon, own):
    days = [f"{number}-{month:02d}-{day:02d}" for month in range(1, 13) for day in (1, 15, 28)]
    sold = {"楽天市場": rakuten, "Amazon": amazon, "自社EC": own}
    return [
        order(place, day, channel, amount)
        for day in days
        for place, (channel, amount) in enumerate(sold.items())
        if amount
    ]


def test_largest_marketplace_and_a_year_ago(facts):
    rows = year(2024, 40, 30, 30) + year(2025, 60, 20, 20)
    found = facts("2025-12-28", orders=rows)
    share = found[SHARE]
    assert (share.value, share.n, share.sampled) == (pytest.approx(0.6), 108, True)
    assert [(i.key, i.label, i.value) for i in share.items] == [("rakuten", "楽天市場", 2160.0)]
    assert found.value(f"{SHARE}_yoy") == pytest.approx(0.2)
    assert found.value(f"{SHARE}_yoy_change") == pytest.approx(0.5)


def test_labels_of_one_marketplace_are_added(facts):
    rows = year(2025, 40, 20, 40)
    rows = [{**r, "channel": "Rakuten 2号店"} if i % 6 == 0 else r for i, r in enumerate(rows)]
    found = facts("2025-12-28", orders=rows)
    assert found.value(SHARE) == pytest.approx(0.4)
    assert found[f"{SHARE}_yoy"].reason == "immature"


def test_a_shop_of_its_own_alone_has_none(facts):
    found = facts("2025-12-28", orders=year(2024, 0, 0, 9) + year(2025, 0, 0, 9))
    assert (found.value(SHARE), found[SHARE].items) == (0.0, ())
    assert found.value(f"{SHARE}_yoy") == 0.0
    assert found[f"{SHARE}_yoy_change"].reason == "zero_base"


@pytest.mark.parametrize(
    ("channel", "amount", "reason"), [(None, 5, "no_rows"), ("Amazon", 0, "zero_base")]
)
def test_no_share(facts, channel, amount, reason):
    rows = [{**row, "channel": channel, "amount": amount} for row in year(2025, 1, 1, 1)]
    for fact_id in (SHARE, f"{SHARE}_yoy", f"{SHARE}_yoy_change"):
        assert facts("2025-12-28", orders=rows)[fact_id].reason == reason


def test_no_channel_column(facts):
    rows = [{k: v for k, v in row.items() if k != "channel"} for row in year(2025, 1, 1, 1)]
    found = facts("2025-12-28", orders=rows)
    assert (found[SHARE].reason, found[f"{SHARE}_yoy"].reason) == ("no_column", "no_column")


def test_a_firm_may_add_its_own(make_case, tmp_path):
    from toolkit.facts import Facts
    from toolkit.measures import measure
    from toolkit.method import load_method

    (tmp_path / "marketplaces.toml").write_text(
        '[village]\nnew = true\nnames = ["自社EC"]\nnot = []\nads = []\n', encoding="utf-8"
    )
    case = make_case("2025-12-28", orders=year(2025, 30, 10, 60))
    found = Facts(measure(case, load_method(tmp_path)).facts)
    assert [item.key for item in found[SHARE].items] == ["village"]
    assert found.value(SHARE) == pytest.approx(0.6)
