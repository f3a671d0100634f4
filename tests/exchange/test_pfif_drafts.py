"""Between PFIF and the project nothing is invented and nothing is lost."""

from datetime import UTC, datetime

import pytest

from rfl.domain.persons import Age, Identity, PersonName, Place, Relative, UncertainDate
from rfl.exchange.pfif import PfifPerson, person_from_identity, to_draft

SOURCE = datetime(2024, 5, 1, tzinfo=UTC)


def drafted(**fields):
    return to_draft(
        PfifPerson("a.example/1", {"source_date": "2024-05-01T10:00:00Z", "full_name": "Amina Warsame"} | fields)
    )


def sent(**facts):
    identity = Identity(**{"names": (PersonName(full="Amina Warsame"),)} | facts)
    return person_from_identity(identity, record_id="ours.example/1", source_date=SOURCE)


def test_the_record_id_is_kept_as_foreign():
    assert drafted().source_record_id == "a.example/1"


def test_names_keep_their_parts_lines_and_other_spellings():
    names = drafted(
        full_name="Amina Warsame\nአሚና", given_name="Amina", family_name="Warsame", alternate_names="Aamina\nአሚና"
    ).identity.names
    assert names == (
        PersonName("original", given="Amina", family="Warsame"),
        PersonName("other", full="አሚና"),
        PersonName("other", full="Aamina"),
    )


@pytest.mark.parametrize("written", ["30-35", "30–35", "３０－３５", "30 - 35"])
def test_ages_hold_on_the_source_date_however_the_dash_is_written(written):
    assert drafted(age=written).identity.age == Age(30, 35, "2024-05-01")


@pytest.mark.parametrize("written", ["thirty", "35-30", "30+", "500"])
def test_an_age_pfif_does_not_allow_is_kept_in_words(written):
    draft = drafted(age=written)
    assert (draft.identity.age, draft.note) == (None, f"age: {written}")


def test_a_birth_in_words_is_kept_in_words():
    assert drafted(date_of_birth="the great flood").identity.birth == UncertainDate(original="the great flood")


def test_sex_and_country_that_are_not_allowed_are_kept_in_words():
    draft = drafted(sex="M?", home_country="Atlantis", description="Tall")
    assert (draft.identity.sex, draft.identity.last_place.country, draft.note) == (
        "",
        "",
        "Tall\nsex: M?\nhome_country: Atlantis",
    )


def test_a_photo_address_is_text():
    assert drafted(photo_url="http://10.0.0.1/admin").note == "photo_url: http://10.0.0.1/admin"


def test_the_street_is_a_way_to_reach_and_the_town_a_place():
    draft = drafted(home_street="Rue 5", home_city="Goma", home_country="CD")
    assert (draft.contact, draft.identity.last_place) == ({"address": "Rue 5"}, Place("Goma", "CD"))


def test_what_pfif_can_say_comes_back_the_same():
    identity = Identity(
        names=(PersonName(given="Amina", family="Warsame"), PersonName("other", full="አሚና ዋርሳሜ")),
        sex="female",
        birth=UncertainDate("1984-05", "1984-05"),
        last_place=Place("Goma", "CD"),
    )
    returned = to_draft(person_from_identity(identity, record_id="ours.example/1", source_date=SOURCE)).identity
    assert returned == identity


def test_an_uncertain_birth_travels_as_a_range_of_ages():
    assert sent(birth=UncertainDate("1979/1984", "1979/1984")).get("age") == "39-45"


def test_an_age_is_brought_forward_to_the_source_date():
    assert sent(age=Age(20, 20, "2014-05-01")).get("age") == "30"


def test_relatives_and_nationality_never_leave_with_pfif():
    person = sent(
        relatives=(Relative("father", "Secret"),), nationalities=("SO",), mother_name="Secret", marks="Secret"
    )
    assert set(person.fields) == {"person_record_id", "source_date", "full_name"}


def test_nobody_is_sent_without_a_name():
    with pytest.raises(ValueError, match="name"):
        sent(names=())
