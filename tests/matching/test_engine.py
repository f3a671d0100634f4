"""What the score means: missing is neutral, contradiction costs, rarity counts, roles matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import matching
from matching import Interval, Name, PersonRecord, Relative, weights
from matching.explain import SENTENCES
from matching.kernel import CLOSE, compare_tokens


def _person(full="Karim Salem Barakat", role="sought", **known):
    return PersonRecord(id=role, role=role, names=(Name("original", full=full),), **known)


def _weight(left, right, **options):
    return matching.compare(matching.profile(left), matching.profile(right), **options).weight


def _evidence(left, right, kind):
    found = matching.compare(matching.profile(left), matching.profile(right))
    return next(item for item in found.evidence if item.kind == kind)


def _years(first, last):
    return Interval(date(first, 1, 1), date(last, 12, 31))


def _day(year, month, day):
    return Interval(date(year, month, day), date(year, month, day))


@pytest.mark.parametrize(
    "known",
    [
        {"mother": "Huda"},
        {"birth": _years(1990, 1990)},
        {"sex": "male"},
        {"birth_place": "Homs"},
        {"relatives": (Relative("brother", "Nabil"),)},
        {"nationalities": ("SY",)},
        {"last_seen": _years(2020, 2020)},
        {"occupation": "baker", "marks": "scar"},
    ],
    ids=lambda known: next(iter(known)),
)
def test_what_only_one_side_knows_changes_nothing(known):
    plain = _weight(_person(), _person(role="registered"))
    assert _weight(_person(**known), _person(role="registered")) == plain


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"mother": "Huda"}, {"mother": "Samira"}),
        ({"birth": _years(1990, 1990)}, {"birth": _years(1970, 1970)}),
        ({"sex": "male"}, {"sex": "female"}),
        ({"nationalities": ("SY",)}, {"nationalities": ("UA",)}),
        ({"relatives": (Relative("wife", "Nada"),)}, {"relatives": (Relative("wife", "Rula"),)}),
        ({"last_seen": _day(2020, 6, 1)}, {"last_seen": _day(2019, 1, 1)}),
    ],
    ids=["mother", "birth", "sex", "nationality", "wife", "registered before last contact"],
)
def test_contradiction_costs(ours, theirs):
    plain = _weight(_person(), _person(role="registered"))
    assert _weight(_person(**ours), _person(role="registered", **theirs)) < plain


def test_agreement_of_a_rare_name_counts_more():
    left, right = _person(), _person(role="registered")
    assert _weight(left, right, rarity=lambda _: 0.001) > _weight(left, right, rarity=lambda _: 0.2)


def test_nickname_helps_and_never_hurts():
    left, right = _person(), _person(role="registered")
    named = replace(left, names=(*left.names, Name("nickname", full="Bubu")))
    assert _weight(named, right) == _weight(left, right)


def test_order_of_time_is_not_asked_of_an_enquirer():
    late = {"last_seen": _day(2020, 6, 1)}, {"last_seen": _day(2019, 1, 1)}
    found = _evidence(_person(**late[0]), _person(role="enquirer", **late[1]), "time_order")
    assert found.level == "missing"


def test_father_in_the_name_meets_father_among_the_relatives_without_counting_twice():
    left = PersonRecord("1", "sought", (Name("original", given="Karim", father="Salem"),))
    right = _person(role="registered", relatives=(Relative("father", "Salem"),))
    assert _evidence(left, right, "relatives").weight == 0


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        (_day(1990, 4, 12), _day(1990, 4, 12), "same_day"),
        (_day(1990, 4, 12), _day(1990, 12, 4), "swapped"),
        (_day(1990, 4, 12), _day(1990, 4, 13), "one_digit"),
        (_day(1990, 4, 12), _day(1990, 4, 21), "one_digit"),
        (_day(1990, 4, 12), _day(1990, 1, 1), "placeholder_day"),
        (_day(1990, 4, 12), _years(1990, 1990), "same_year"),
        (_years(1988, 1990), _years(1990, 1991), "overlap_few"),
        (_years(1980, 1990), _years(1985, 1986), "overlap_wide"),
        (_years(1988, 1988), _years(1989, 1989), "near"),
        (_day(1990, 4, 12), _day(1987, 11, 23), "few_years"),
        (_years(1367, 1367), _years(1988, 1988), "solar_hijri"),
        (_years(1410, 1410), _years(1990, 1990), "hijri"),
        (_day(1990, 4, 12), _day(1982, 9, 27), "ethiopian"),
        (_day(1990, 4, 12), _day(1960, 9, 27), "far"),
        (None, _years(1990, 1990), "missing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_dates_of_birth_meet_at_the_level_a_reader_would_name(left, right, level):
    ethiopians = (
        _person(role=role, birth=birth, nationalities=("ET",))
        for role, birth in (("sought", left), ("registered", right))
    )
    assert _evidence(*ethiopians, "birth").level == level


def test_calendar_of_ethiopia_is_not_offered_to_others():
    birth = {"birth": _day(1990, 4, 12)}, {"birth": _day(1982, 9, 27)}
    assert _evidence(_person(**birth[0]), _person(role="registered", **birth[1]), "birth").level == "many_years"


def test_every_weighted_level_has_a_sentence_of_its_own():
    assert [(row.kind, row.level) for row in weights.TABLE if (row.kind, row.level) not in SENTENCES] == []


def test_every_weight_states_its_reason():
    assert all(row.reason for row in weights.TABLE)


def test_digest_changes_with_what_is_known_of_the_person():
    left, right = _person(), _person(role="registered")
    first, second = (
        matching.compare(matching.profile(one), matching.profile(right)) for one in (left, replace(left, mother="Huda"))
    )
    assert first.digest() != second.digest()


def test_questions_ask_for_what_is_missing_without_giving_values_away():
    found = matching.compare(matching.profile(_person(mother="Huda")), matching.profile(_person(role="registered")))
    asked = matching.questions(found)
    assert any("mother" in text for text, _ in asked)
    assert not any("Huda" in text % params for text, params in asked)


def test_rank_gives_the_best_first_and_nothing_below_the_threshold():
    query = matching.profile(_person(birth=_years(1990, 1990), mother="Huda"))
    others = [
        _person("Joseph Mukendi", "registered"),
        _person(role="registered", birth=_years(1990, 1990)),
        _person(role="registered", birth=_years(1990, 1990), mother="Huda"),
    ]
    ranked = matching.rank(query, [matching.profile(other) for other in others], rarity=lambda _: 0.001)
    assert [place for place, _ in ranked] == [2, 1]


def test_bands_follow_their_named_thresholds():
    scores = (matching.STRONG_FROM, matching.POSSIBLE_FROM, matching.PROPOSE_AT)
    assert [matching.band(score) for score in scores] == ["strong", "possible", "weak"]


def test_single_name_keys_are_marked_for_the_index():
    found = matching.keys(matching.profile(_person()))
    assert {key.kind for key in found if key.single} == {"name"}


@pytest.mark.parametrize(("typed", "meant"), [("kowalzcyk", "kowalczyk"), ("abdullhai", "abdullahi")])
def test_two_letters_that_changed_places_are_a_slip(typed, meant):
    level, _ = compare_tokens(typed, meant)
    assert level <= CLOSE


def test_two_names_with_one_different_letter_are_not_a_slip():
    level, _ = compare_tokens("amina", "amira")
    assert level > CLOSE


def test_two_first_of_januaries_are_years_not_days():
    left, right = (_person(birth=_day(year, 1, 1)) for year in (1960, 1962))
    assert _evidence(left, right, "birth").level == "few_years"
    exact, slip = (_person(birth=_day(year, 5, 17)) for year in (1960, 1962))
    assert _evidence(exact, slip, "birth").level == "one_digit"


@pytest.mark.parametrize(
    ("ours", "theirs", "level"),
    [
        ("Windich Camp", "Fawkner Camp", "close"),
        ("Fawkner Camp", "Fawkner", "same"),
        ("Deir ez-Zor", "Deir al-Zor", "same"),
        ("Homs", "Daraa", "different"),
    ],
)
def test_a_place_is_the_same_only_where_one_side_has_nothing_left(ours, theirs, level):
    assert _evidence(_person(last_place=ours), _person(last_place=theirs), "last_place").level == level


def test_a_listed_sister_is_found_wherever_her_name_stands():
    brother = _person("Kalonji Ilunga Jean", relatives=(Relative("sister", "Béatrice"),))
    assert _evidence(brother, _person("Ilunga Béatrice Kalonji"), "relatives").level == "is_relative"
    assert _evidence(brother, _person("Ilunga Jean Kalonji"), "relatives").level == "missing"


def test_a_brother_of_the_same_name_in_another_spelling_makes_nobody_a_relative():
    left = _person("AHMED DELEDE ABBDI", relatives=(Relative("brother", "Ahmad"),))
    assert _evidence(left, _person("Ahmad Delede"), "relatives").level == "missing"


@pytest.mark.parametrize("name", ["Rosa Deng", "Omar Farah", "Ana Ruiz"])
def test_the_same_name_with_nothing_else_known_is_worth_a_look(name):
    left, right = matching.profile(_person(name)), matching.profile(_person(name, "registered"))
    assert matching.compare(left, right).score >= weights.PROPOSE_AT


def test_among_more_persons_the_same_agreement_is_less_likely_and_the_ranking_the_same():
    left, right = _person(mother="Amina Yusuf"), _person("Karim Barakat", "registered", mother="Amina")
    few, many = (matching.compare(matching.profile(left), matching.profile(right), persons=n) for n in (0, 160_000))
    assert many.score < few.score
    others = {one.kind: one.weight for one in many.evidence if one.kind != "household"}
    assert others == {one.kind: one.weight for one in few.evidence if one.kind != "household"}
    assert many.score == pytest.approx(weights.probability(many.weight - 3.0))


def test_what_is_worth_proposing_in_a_short_list_is_so_in_a_long_one():
    left = matching.profile(_person())
    others = [
        matching.profile(_person(full, "registered")) for full in ("Karim Barakat", "Salem Karim", "Omar Barakat")
    ]
    for persons in (0, 20_000, 1_000_000):
        found = matching.rank(left, others, persons=persons, least=matching.propose_at(persons))
        assert [place for place, _ in found] == [place for place, _ in matching.rank(left, others)]
    assert matching.propose_at(1_000) == pytest.approx(matching.PROPOSE_AT)


def test_a_sibling_is_weighed_against_as_many_strangers_when_a_correction_is_taken_off():
    left, right = _person(mother="Amina Yusuf"), _person("Karim Barakat", "registered", mother="Amina Yusuf")
    correction = matching.Correction({("mother", "same"): 1.5})
    profiles = matching.profile(left), matching.profile(right)
    plain = matching.compare(*profiles, persons=500_000)
    taught = matching.compare(*profiles, persons=500_000, correction=correction)
    taken_off = correction.take_off(taught.evidence, persons=500_000)
    assert [one.weight for one in taken_off] == pytest.approx([one.weight for one in plain.evidence], abs=1e-5)
