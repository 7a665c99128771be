"""Client text is data: hostile names, products and steps reach a page unchanged and do nothing."""

from __future__ import annotations

import shutil

import pytest

from toolkit.deliverables.options import Options
from toolkit.deliverables.run import report
from toolkit.intake.profiles.profile import read_profile
from toolkit.method import load_method

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize(
    "profile",
    ["p01_xss_company_name", "p03_mathtext_dollar", "p06_python_string_injection"],
)
def test_hostile_names_orders_and_steps(chromium, test_data, tmp_path, monkeypatch, profile):
    monkeypatch.chdir(tmp_path)
    corpus = test_data / "corpus"
    client = tmp_path / "clients" / "c-001"
    (client / "data").mkdir(parents=True)
    shutil.copy2(corpus / "profile" / f"{profile}.yaml", client / "client.yaml")
    shutil.copy2(corpus / "orders" / "o10_html_injection.csv", client / "data" / "orders.csv")
    shutil.copy2(corpus / "journey" / "j08_injection_all.csv", client / "data" / "journey.csv")
    name = read_profile(client, load_method()).company_name
    out = report(client, tmp_path / "out", options=Options(langs=("ja",)))
    page = chromium.new_page()
    heard = []
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: heard.append(message.text))
    page.on("request", lambda request: heard.append(request.url))
    address = (out / "report.html").as_uri()
    page.goto(address)
    page.wait_for_timeout(200)
    assert heard == [address]
    assert page.evaluate("window.__pwn") is None
    assert "".join(name.split()) in "".join(page.inner_text("body").split())
    assert not list(tmp_path.rglob("PWNED"))
    page.close()
