"""Cells as other systems write them: what each means, and what is refused because it may mean two things."""

from __future__ import annotations

from datetime import date

import pytest

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.base.levels import Scale
from skillmatch.interop.credentials import read_credentials
from skillmatch.interop.notation.days import DayStyle, read_day
from skillmatch.interop.notation.durations import read_duration
from skillmatch.interop.notation.ids import check_id
from skillmatch.interop.notation.languages import language_codes
from skillmatch.interop.notation.levels import read_level
from skillmatch.interop.notation.lists import items_with_levels
from skillmatch.interop.notation.money import currency_code, split_price
from skillmatch.interop.notation.numbers import decided_decimal, plain_number


@pytest.mark.parametrize(
    ("column", "text", "day"),
    [
        ((), "11.08.2024", date(2024, 8, 11)),
        (("23/04/2023",), "10/06/2025", date(2025, 6, 10)),
        (("10/13/2026",), "01/10/2026", date(2026, 1, 10)),
        ((), "2026-10-01T09:30:00.000-08:00", date(2026, 10, 1)),
        ((), "1 October 2026, 9:30 AM", date(2026, 10, 1)),
        ((), "October 1st, 2026", date(2026, 10, 1)),
        ((), "12. März 2024", date(2024, 3, 12)),
        ((), "11-Aug-2024", date(2024, 8, 11)),
        ((), "May 2022", date(2022, 5, 1)),
        ((), "45931", date(2025, 10, 1)),
        ((), "/Date(1700000000000)/", date(2023, 11, 14)),
    ],
)
def test_dates(column: tuple[str, ...], text: str, day: date) -> None:
    assert read_day(text, DayStyle.decided_by((*column, text))).day == day


@pytest.mark.parametrize("text", ["08/11/2024", "31.02.2024", "2024", "11.08.24", "soon", "13/13/2024"])
def test_dates_that_cannot_be_told(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_day(text, DayStyle.decided_by((text,)))
    assert "date = " in caught.value.remedy


@pytest.mark.parametrize(
    ("column", "text", "plain"),
    [
        ((), "38,5", "38.5"),
        ((), "1.200,50", "1200.5"),
        ((), "1,200.50", "1200.5"),
        (("4,5",), "1.200", "1200"),
        (("4.5",), "1,200", "1200"),
        ((), "0,125", "0.125"),
        ((), "12'000", "12000"),
        ((), "1.2k", "1200"),
    ],
)
def test_numbers(column: tuple[str, ...], text: str, plain: str) -> None:
    assert plain_number(text, decided_decimal((*column, text))) == plain


@pytest.mark.parametrize("text", ["1,200", "1.200", "1,2,3", "1.20.0", "12 34"])
def test_numbers_that_cannot_be_told(text: str) -> None:
    with pytest.raises(InputError):
        plain_number(text, decided_decimal((text,)))


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Expert", 5),
        ("3 - Proficient", 3),
        ("Novice", 1),
        ("4/5", 4),
        ("80 %", 4),
        ("B2", 3),
        ("●●●○○", 3),
        ("none", 0),
        ("★★★★☆", 4),
        ("3,5", 3.5),
        ("Level 3", 3),
        ("sehr gut", 4),
        ("Advanced (4)", 4),
        ("Highly skilled", 4),
    ],
)
def test_levels(text: str, level: float) -> None:
    assert read_level(text) == level


def test_a_scale_that_must_be_said() -> None:
    assert read_level("7", Scale.ONE_TO_TEN) == 3.5
    for text, words in [("7", "1-10"), ("yes", "values"), ("x", "values"), ("N/A", "Fill it in"), ("6/5", "4/5")]:
        with pytest.raises(InputError) as caught:
            read_level(text)
        assert words in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("6 weeks", 30),
        ("40h", 40),
        ("PT10H", 10),
        ("1:30", 1.5),
        ("3-5 hours per week for 6 weeks", 24),
        ("2 ECTS", 55),
        ("90 min", 1.5),
        ("1 week (5 hours a week)", 5),
        ("approx. 12", 12),
        ("1,5", 1.5),
        ("Self-paced", None),
    ],
)
def test_durations(text: str, hours: float | None) -> None:
    assert read_duration(text, unit="hours", hours_per_week=5) == hours


def test_lists_of_skills() -> None:
    assert items_with_levels("SQL (4); Excel: 3/5; first aid") == [("SQL", "4"), ("Excel", "3/5"), ("first aid", "")]
    assert items_with_levels('{"SQL": 4, "Excel": null}') == [("SQL", "4"), ("Excel", "")]
    assert items_with_levels("['SQL', \"Excel\"]") == [("SQL", ""), ("Excel", "")]
    assert items_with_levels("a, b", {"a", "b"}) == [("a", ""), ("b", "")]
    assert items_with_levels("salt, fresh water", {"a"}) == [("salt, fresh water", "")]


def test_languages_currencies_and_prices() -> None:
    assert language_codes("Deutsch, Englisch") == ("de", "en") == language_codes("de/en")
    assert language_codes("English") == language_codes("eng") == ("en",)
    assert [currency_code(text) for text in ("€", "Euro", "usd")] == ["EUR", "EUR", "USD"]
    assert split_price("€1.200,00") == ("1.200,00", "EUR", False)
    assert split_price("GBP 99") == ("99", "GBP", False)
    assert split_price("Free") == ("0", "", False)
    for read, text in [(language_codes, "Klingonese"), (currency_code, "Dollar"), (split_price, "$49/mo")]:
        with pytest.raises(InputError) as caught:
            read(text)
        assert caught.value.remedy


@pytest.mark.parametrize("given", ["1.23E+18", "1,23E+18", "1234567890123450000"])
def test_ids_that_a_spreadsheet_changed(given: str) -> None:
    with pytest.raises(InputError, match="spreadsheet"):
        check_id(given, "id")


def test_a_comma_list_is_one_where_every_part_is_known(drawn) -> None:
    table = drawn("id,title,teaches", '1,A,"accounting, first aid"', "2,B,accounting (advanced)", '3,C,"food, drinks"')
    batch = read_credentials(table, names={"accounting", "first aid"})
    told = [[(item.given, item.level) for item in value.outcomes] for value in batch.values]
    assert told == [[("accounting", 2), ("first aid", 2)], [("accounting", 4)], [("food, drinks", 2)]]
