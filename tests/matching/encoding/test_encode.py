"""Two records of one person share tokens whatever their script; strangers share none; lists show no repeats."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.encoding import PLACES, RULES, TOKEN, encode, placed
from matching.encoding.facts import facts_of
from matching.types import Interval, Name, PersonRecord, Relative


def day(text: str) -> Interval:
    return Interval(date.fromisoformat(text), date.fromisoformat(text))


def person(name: str, **facts: object) -> PersonRecord:
    known = {"sex": "male", "birth": day("1984-03-07"), "nationalities": ("SY",)} | facts
    return PersonRecord("1", "sought", (Name("original", full=name),), **known)


def common(one: PersonRecord, other: PersonRecord) -> set[str]:
    both = set(encode(one).tokens) & set(encode(other).tokens)
    return {RULES[rule].name for rule, _ in both}


def test_two_scripts_share_most_rule_classes():
    arabic = person("محمد خالد", last_place="حلب", mother="فاطمة")
    latin = person("Mohammed Khaled", last_place="Halab", mother="Fatima")
    assert {"two names, place", "two names, date", "name, mother, place", "mother, date"} <= common(arabic, latin)


def test_a_stranger_shares_none():
    assert not common(person("Mohammed Khaled"), person("Rami Barakat", birth=day("1950-01-02")))


def test_day_and_month_that_were_swapped_stay_equal():
    assert "two names, date" in common(person("Rami Barakat"), person("Rami Barakat", birth=day("1984-07-03")))


def test_the_first_of_january_is_a_year_and_no_day():
    facts = facts_of(person("Rami Barakat", birth=day("1984-01-01")))
    assert not facts.day
    assert facts.years == ["1983", "1984", "1985"]


@pytest.mark.parametrize("other", [1982, 1983, 1985, 1986])
def test_years_that_differ_by_a_guess_still_have_a_bucket_in_common(other):
    whole = Interval(date(other, 1, 1), date(other, 12, 31))
    assert set(facts_of(person("A B", birth=whole)).buckets) & set(facts_of(person("A B")).buckets)


def test_far_years_have_no_bucket_in_common():
    whole = Interval(date(1992, 1, 1), date(1992, 12, 31))
    assert not set(facts_of(person("A B", birth=whole)).buckets) & set(facts_of(person("A B")).buckets)


def test_unknown_sex_meets_both():
    assert "given and other name, year" in common(person("Rami Barakat"), person("Rami Barakat", sex=""))
    assert "given and other name, year" not in common(person("Rami Barakat"), person("Rami Barakat", sex="female"))


def test_one_name_and_nothing_else_gives_no_token():
    assert encode(PersonRecord("1", "sought", (Name("original", full="Mohammed"),))).tokens == ()


def test_a_father_among_the_relatives_is_a_part_of_the_name():
    with_father = person("Rami", relatives=(Relative("father", "Khaled Barakat"),))
    assert "given and other name" in common(with_father, person("Rami Khaled"))


def test_presence_tells_which_classes_could_be_made():
    made = encode(person("Rami Barakat"))
    assert {rule for rule, _ in made.tokens} == {bit for bit in range(len(RULES)) if made.presence >> bit & 1}


def test_all_classes_have_a_number_that_letters_can_carry():
    assert len(RULES) <= 32
    assert len({rule.name for rule in RULES}) == len(RULES)


def rich(name: str) -> PersonRecord:
    kin = tuple(Relative("brother", other) for other in ("Samer", "Kamal", "Nabil", "Tarek"))
    return person(name, mother="Fatima Zahra", last_place="Halab", birth_place="Homs", relatives=kin)


def test_a_list_gives_a_case_its_best_tokens_up_to_its_places():
    case = encode(rich("Mohammed Khaled Barakat Tarek Nabil Samir"))
    assert len(case.tokens) > PLACES
    assert [(rule, token) for _, rule, token in placed([case])] == list(case.tokens[:PLACES])


def test_a_token_of_many_cases_is_left_out_and_its_place_filled():
    case = encode(rich("Mohammed Khaled Barakat Tarek Nabil Samir"))
    twins = [replace(case, tokens=case.tokens[:10])] * 3
    rows = placed([case, *twins], repeats=3)
    assert [row[1:] for row in rows] == list(case.tokens[10 : 10 + PLACES])


def test_a_token_that_may_stand_once_stays_with_the_first_of_its_cases():
    case = encode(person("Rami Barakat"))
    assert {at for at, _, _ in placed([case] * 3, repeats=1)} == {0}
    assert {at for at, _, _ in placed([case] * 3, repeats=2)} == {0, 1}


def test_a_token_of_as_many_cases_as_allowed_stays():
    case = encode(person("Rami Barakat"))
    assert len(placed([case] * 3, repeats=3)) == 3 * len(case.tokens)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6), st.text(max_size=30), st.text(max_size=30))
def test_any_text_is_encoded_within_bounds_and_always_alike(names, mother, place):
    record = PersonRecord(
        "1",
        "registered",
        tuple(Name("other", full=name) for name in names),
        mother=mother,
        last_place=place,
        birth=day("2000-02-29"),
    )
    made = encode(record)
    assert made == encode(record)
    assert len(set(made.tokens)) == len(made.tokens)
    assert all(len(token) == TOKEN for _, token in made.tokens)
