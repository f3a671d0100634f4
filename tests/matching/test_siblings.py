"""A brother or sister shares all that a household shares: what tells them apart decides, however much agrees."""

from datetime import date

import pytest

import matching
from matching import Interval, Name, PersonRecord, Relative
from matching.siblings import TABLE

EIGHT = Interval(date(1998, 3, 7), date(1998, 3, 7))
ELEVEN = Interval(date(2001, 3, 7), date(2001, 3, 7))


def person(given: str, *, role: str = "registered", birth: Interval | None = None, sex: str = "male") -> PersonRecord:
    """Somebody of one household, by their given name."""
    return PersonRecord(
        id=given,
        role=role,
        names=(Name("original", given=given, father="Abdulkarim", family="Qasimzada"),),
        sex=sex,
        birth=birth,
        mother="Rukhshana Wardak",
        birth_place="Jalrez",
        last_place="Behsud",
        relatives=(Relative("father", "Abdulkarim"), Relative("sister", "Zarghuna")),
    )


def compared(left: PersonRecord, right: PersonRecord) -> matching.Comparison:
    return matching.compare(matching.profile(left), matching.profile(right))


def line(found: matching.Comparison, kind: str) -> matching.Evidence:
    return next(item for item in found.evidence if item.kind == kind)


@pytest.mark.parametrize("given", ["Habibullah", "Najmuddin", "Farhad", "Nematullah"])
def test_a_brother_without_dates_is_not_strong_however_much_the_household_shares(given):
    found = compared(person("Najibullah", role="sought"), person(given))
    assert found.score < matching.weights.STRONG_FROM
    assert line(found, "household").level == "sibling_fits"
    assert line(found, "household").weight < 0


@pytest.mark.parametrize("given", ["Najibullah", "Nadjibullah", "Najib Ullah", "نجیب الله"])
def test_the_person_without_dates_is_strong(given):
    found = compared(person("Najibullah", role="sought"), person(given))
    assert found.score >= matching.weights.STRONG_FROM


def test_a_given_name_and_a_day_of_birth_leave_no_place_for_a_brother():
    found = compared(person("Najibullah", role="sought", birth=EIGHT), person("Najibullah", birth=EIGHT))
    apart = compared(person("Najibullah", role="sought", birth=EIGHT), person("Najmuddin", birth=ELEVEN))
    assert found.score > 0.999
    assert line(found, "household").level == "sibling_unlikely"
    assert apart.score < matching.weights.POSSIBLE_FROM


def test_the_lines_of_a_comparison_add_up_with_the_one_about_siblings():
    found = compared(person("Najibullah", role="sought"), person("Habibullah"))
    assert sum(item.weight for item in found.evidence) == pytest.approx(found.weight, abs=1e-3)


def test_it_is_the_same_from_either_side():
    one, other = person("Najibullah", role="sought", birth=EIGHT), person("Habibullah", birth=ELEVEN)
    assert compared(one, other).score == compared(other, one).score


def test_strangers_of_whom_little_agrees_get_no_line_about_siblings():
    stranger = PersonRecord(id="x", role="registered", names=(Name("original", full="Dlovan Rezan Shekho"),))
    assert line(compared(person("Najibullah", role="sought"), stranger), "household").level == "missing"


def test_a_long_list_does_not_make_a_brother_likelier():
    """Strangers grow with a list, brothers and sisters of one person do not."""
    others = [
        PersonRecord(id=str(number), role="registered", names=(Name("original", full=f"Kalu Onwu{number}"),))
        for number in range(40)
    ]
    index = matching.Index([person("Najibullah"), *others])
    found = index.propose(person("Najibullah", role="sought"))[0]
    explained = index.explain(person("Najibullah", role="sought"), found.place)
    assert explained.score == pytest.approx(found.score)
    index._prior -= 6.0  # as in a list 64 times as long
    index._asked += 6.0
    longer = index.propose(person("Najibullah", role="sought"))[0]
    assert longer.score == pytest.approx(found.score, abs=0.005)


@pytest.mark.parametrize(
    ("sought", "sister"),
    [("Uwimana Marie Claire", "Uwimana Marie Grâce"), ("Nshimirimana Divine", "Nshimirimana Odette")],
)
def test_where_the_family_comes_first_the_part_that_differs_is_taken_for_the_given_name(sought, sister):
    one, other = (
        PersonRecord(id=full, role=role, names=(Name("original", full=full),), sex="female", mother="Mukamana Béatrice")
        for full, role in ((sought, "sought"), (sister, "registered"))
    )
    found = compared(one, other)
    assert line(found, "given_name").level == "first_agrees"
    assert found.score < matching.weights.STRONG_FROM


def test_every_row_has_its_reason_and_no_level_twice():
    assert len({(row.kind, row.level) for row in TABLE}) == len(TABLE)
    assert all(row.reason for row in TABLE)
