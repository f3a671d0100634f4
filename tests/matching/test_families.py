"""Two relatives who are sought and meet two registered relatives make each other likelier, and nobody else."""

import math
from datetime import date

import pytest

import matching
from matching import Name, PersonRecord, Relative
from matching.families import SAME_HOUSEHOLD, akin, supported, supports

SURE = SAME_HOUSEHOLD


def person(
    given: str, family: str = "Karimi", *, role: str = "registered", sex: str = "male", **more
) -> matching.Profile:
    names = (Name("original", given=given, family=family),)
    return matching.profile(PersonRecord(id=given, role=role, names=names, sex=sex, **more))


def line(found: matching.Comparison, kind: str) -> matching.Evidence:
    return next(item for item in found.evidence if item.kind == kind)


def test_a_weak_pair_is_lifted_by_the_strong_pair_of_its_family():
    pair = matching.compare(person("Mahmud", role="sought"), person("Mahmoud"))
    lifted = supported(pair, SURE)
    assert pair.score < matching.POSSIBLE_FROM < lifted.score
    assert line(lifted, "household").level == "family_met"
    assert line(lifted, "household").weight > line(pair, "household").weight
    assert sum(item.weight for item in lifted.evidence) == pytest.approx(lifted.weight)
    assert "family" in matching.sentence(line(lifted, "household"))[0]


def test_a_brother_of_the_person_is_not_lifted():
    pair = matching.compare(person("Mahmud", role="sought", mother="Fatima"), person("Ahmad", mother="Fatima"))
    assert supported(pair, SURE).score < matching.POSSIBLE_FROM


def test_a_father_of_the_same_name_is_not_lifted():
    born = [matching.Interval(date(year, 1, 1), date(year, 12, 31)) for year in (1950, 1981)]
    pair = matching.compare(person("Mahmud", role="sought", birth=born[0]), person("Mahmud", birth=born[1]))
    assert supported(pair, SURE).score < matching.POSSIBLE_FROM


def test_support_never_lowers_a_score_and_no_support_changes_nothing():
    strong = matching.compare(
        person("Mahmud", role="sought", mother="Fatima", birth_place="Jalrez"),
        person("Mahmud", mother="Fatima", birth_place="Jalrez"),
    )
    assert supported(strong, 1.0).score >= strong.score
    assert supported(strong, 0.0) is strong


def test_an_uncertain_support_lifts_less():
    pair = matching.compare(person("Mahmud", role="sought"), person("Mahmoud"))
    scores = [supported(pair, support).score for support in (1.0, 3.0, SURE)]
    assert pair.score < scores[0] < scores[1] < scores[2]


def test_each_pair_is_supported_by_the_best_other_pair_of_the_family():
    scores = {("a1", "b1"): 0.9, ("a2", "b2"): 0.2, ("a2", "b3"): 0.4, ("a1", "b4"): 0.95}
    family = {"b1", "b2", "b3"}
    found = supports(scores, lambda one, other: 3.0 * ({one, other} <= family))
    by_much, by_less = (math.log2(1 + score * (2**3 - 1)) for score in (0.9, 0.4))
    assert found == pytest.approx({("a1", "b1"): by_less, ("a2", "b2"): by_much, ("a2", "b3"): by_much})


def test_a_person_does_not_support_their_own_second_record_or_their_own_other_candidate():
    scores = {("a1", "b1"): 0.9, ("a1", "b2"): 0.2, ("a2", "b1"): 0.3}
    assert supports(scores, lambda *_: SAME_HOUSEHOLD).keys() == {("a1", "b2"), ("a2", "b1")}


def test_a_pair_is_not_supported_by_one_that_says_nothing():
    assert supports({("a1", "b1"): 0.05, ("a2", "b2"): 0.9}, lambda *_: SAME_HOUSEHOLD).keys() == {("a1", "b1")}


def test_whom_their_list_keeps_together_need_no_further_sign():
    scores = {("a1", "b1"): 0.05, ("a2", "b2"): 1.0}
    assert supports(scores, lambda *_: SAME_HOUSEHOLD) == {("a1", "b1"): pytest.approx(SAME_HOUSEHOLD)}
    assert supports(scores, lambda *_: False) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Ahmad", mother="Fatima"), person("Mahmud", mother="Fatimah")),
        (person("Ahmad", mother="Fatima"), person("Mahmud", "Rahimi", mother="Fatima")),  # of one mother
        (person("Ahmad", relatives=(Relative("brother", "Mahmud"),)), person("Mahmud")),
        (person("Ahmad"), person("Mahmud", relatives=(Relative("brother", "Ahmed Karimi"),))),
        (person("احمد", "کریمی", mother="فاطمه"), person("Mahmud", mother="Fatima")),
    ],
)
def test_who_names_the_other_or_shares_the_mother_is_of_the_family(one, other):
    assert akin(one, other) > 0.0
    assert akin(other, one) == pytest.approx(akin(one, other))


def test_a_name_that_fits_in_part_only_says_nothing_and_each_other_says_more():
    one, other = person("Ahmad"), person("Mahmud")
    ours, theirs = (person(given, relatives=(Relative("brother", name),)) for given, name in
                    (("Ahmad", "Mahmud"), ("Mahmud", "Ahmad Karimi")))  # fmt: skip
    assert akin(ours, theirs) > akin(ours, other) > akin(one, other)
    assert akin(person("Ahmad", relatives=(Relative("brother", "Mahmud Rahimi"),)), other) == 0.0


def test_neighbours_are_likelier_of_one_family_than_people_from_two_towns():
    def brothers(*towns):
        named = Relative("brother", "Mahmud")
        return akin(person("Ahmad", birth_place=towns[0], relatives=(named,)), person("Mahmud", birth_place=towns[1]))

    assert brothers("Jalrez", "Jalrez") > brothers("Jalrez", "") > brothers("Jalrez", "Herat")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Ahmad"), person("Mahmud")),  # a family name is shared by many families
        (person("Ahmad", mother="Fatima"), person("Mahmud", mother="Zarghuna")),
        (
            person("Ahmad", relatives=(Relative("brother", "Mahmud"),), nationalities=("AF",)),
            person("Mahmud", nationalities=("SO",)),
        ),
        (
            person("Ahmad", mother="Fatima", birth_place="Jalrez"),
            person("Ahmed", mother="Fatima", birth_place="Jalrez"),
        ),
    ],
)
def test_namesakes_strangers_and_the_same_person_twice_are_not(one, other):
    assert not akin(one, other)
