"""Hours of work by hand and what they cost: hours × 12 × wage × 1.15, worked out by hand."""

import pytest

WAGE = {"q.pla.wage": 2_000}
A_YEAR = 12 * 2_000 * 1.15  # 27,600 for an hour a month
DRIVERS = {
    "JRN004": "journey.double_entry_hours",
    "JRN007": "journey.manual_seam_hours",
    "JRN010": "work.rework_hours",
    "FUL008": "journey.stock_seam_hours",
    "BIL007": "q.bil.matching_hours",
    "PAY002": "journey.manual_seam_hours",
}
GOODS = {"model": "general"}  # every one of these rules concerns mail order


@pytest.mark.parametrize(("code", "driver"), DRIVERS.items())
def test_hours_of_a_month_over_a_year(impact_of, code, driver):
    found = impact_of({**WAGE, driver: 10}, code, **GOODS)
    yen = found.yen[code]
    assert (yen.kind, yen.pool, yen.hours) == ("capacity", "labour", pytest.approx(10))
    assert yen.gap == pytest.approx(276_000)
    assert yen.inputs == ("q.pla.wage",)
    assert "profit" not in found.totals


@pytest.mark.parametrize(("code", "driver"), DRIVERS.items())
def test_without_a_wage_or_hours_there_is_no_yen(impact_of, code, driver):
    no_wage = impact_of({driver: 10}, code, **GOODS).yen[code]
    assert (no_wage.gap, no_wage.reason, no_wage.missing) == (None, "no_input", ("q.pla.wage",))
    no_hours = impact_of({**WAGE, driver: None}, code, **GOODS).yen[code]
    assert (no_hours.gap, no_hours.reason) == (None, "no_input")
    asked = {"work.rework_hours": ("events",), "q.bil.matching_hours": (driver,)}
    assert no_hours.missing == asked.get(driver, ("journey",))


def test_no_hours_are_no_gain(impact_of):
    found = impact_of({**WAGE, "journey.double_entry_hours": 0.0}, "JRN004", **GOODS)
    assert found.yen["JRN004"].reason == "no_gain"


@pytest.mark.parametrize(
    ("hours", "counted"),
    [
        # seams, double entries, orders and stock, matching
        ((30, 10, 8, 5), 30),  # the seams hold it all
        ((12, 10, 8, 5), 15),  # double entries and matching, of which stock is part
        ((12, 4, 8, 5), 13),  # stock, where it is more than the double entries
    ],
)
def test_hours_at_one_seam_count_once(impact_of, hours, counted):
    codes = ("JRN007", "JRN004", "FUL008", "BIL007")
    values = {DRIVERS[code]: number for code, number in zip(codes, hours, strict=True)}
    found = impact_of({**WAGE, **values}, *codes, **GOODS)
    assert found.totals["capacity"].gap == pytest.approx(counted * A_YEAR)
    assert sum(found.yen[code].share for code in codes) == pytest.approx(counted * A_YEAR)


def test_tools_take_over_the_seams_and_nothing_besides(impact_of):
    values = {**WAGE, "journey.manual_seam_hours": 10}
    found = impact_of(values, "JRN007", "PAY002", **GOODS)
    assert found.totals["capacity"].gap == pytest.approx(10 * A_YEAR)


def test_rework_is_added_to_the_seams(impact_of):
    values = {**WAGE, "journey.manual_seam_hours": 10, "work.rework_hours": 4}
    found = impact_of(values, "JRN007", "JRN010", **GOODS)
    assert found.totals["capacity"].gap == pytest.approx(14 * A_YEAR)
    assert found.totals["capacity"].hours == pytest.approx(14)
