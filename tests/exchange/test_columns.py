"""Columns of lists from many countries are recognised, and what is not sure is left to a person."""

import pytest

from rfl.exchange.columns import (
    ENQUIRER_TARGETS,
    REGISTERED_TARGETS,
    TARGETS,
    guess_mapping,
    header_fingerprint,
)

REGISTRATION_LIST = [
    "id",
    "given_name",
    "father_name",
    "grandfather_name",
    "family_name",
    "mother_name",
    "alternate_names",
    "full_name",
    "sex",
    "date_of_birth",
    "age",
    "age_as_of",
    "place_of_birth",
    "nationality",
    "last_known_place",
    "last_contact_date",
    "relatives",
]


def guessed(*headers, rows=()):
    mapping = guess_mapping(headers, rows)
    return [mapping.get(index, "") for index in range(len(headers))]


def test_a_plain_registration_list_maps_completely():
    assert guessed(*REGISTRATION_LIST) == ["source_record_id", *REGISTRATION_LIST[1:]]


@pytest.mark.parametrize("key", sorted(TARGETS))
def test_the_names_this_program_writes_map_to_themselves(key):
    assert guessed(key) == [key]


@pytest.mark.parametrize(
    ("headers", "targets"),
    [
        (["First Name", "Last Name", "D.O.B.", "Gender"], ["given_name", "family_name", "date_of_birth", "sex"]),
        (["Nom", "Prénom", "Né(e) le", "Sexe"], ["family_name", "given_name", "date_of_birth", "sex"]),
        (["NOM ET PRENOMS", "Lieu de naissance"], ["full_name", "place_of_birth"]),
        (["الاسم", "اسم الأب", "اسم الأم", "الجنس"], ["full_name", "father_name", "mother_name", "sex"]),
        (["تاريخ الولادة", "الجنسية", "ملاحظات"], ["date_of_birth", "nationality", "notes"]),
        (["Nombres", "Apellidos", "Fecha de nacimiento"], ["given_name", "family_name", "date_of_birth"]),
        (["Фамилия", "Имя", "Отчество"], ["family_name", "given_name", "father_name"]),
        (["ФИО", "Дата рождения", "Пол"], ["full_name", "date_of_birth", "sex"]),
        (["Прізвище", "Ім'я", "По батькові"], ["family_name", "given_name", "father_name"]),
        (["Name", "Vorname", "Geburtsdatum"], ["family_name", "given_name", "date_of_birth"]),
        (["Nom", "Âge"], ["full_name", "age"]),
        (["FatherName", "grandFatherName"], ["father_name", "grandfather_name"]),
        (["Name of mother", "Father's Name"], ["mother_name", "father_name"]),
        (["Age (years)", "Phone no. [mobile]"], ["age", ""]),
        (["Soyadı", "Adı"], ["family_name", "given_name"]),
        (["نام پدر", "تخلص"], ["father_name", "family_name"]),
    ],
)
def test_column_names_of_many_languages_are_known(headers, targets):
    assert guessed(*headers) == targets


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("Enquirer name", "enquirer_full_name"),
        ("Nom du demandeur", "enquirer_full_name"),
        ("Téléphone du demandeur", "enquirer_phone"),
        ("Prénom du demandeur", "enquirer_given_name"),
        ("Enquirer", "enquirer_full_name"),
        ("Applicant's date of birth", "enquirer_date_of_birth"),
        ("Name of missing person", "full_name"),
        ("Sought person: given name", "given_name"),
        ("رقم الطلب", "request_ref"),
        ("Relationship", "relation"),
    ],
)
def test_enquirer_and_sought_person_are_told_apart(header, target):
    assert guessed(header) == [target]


def test_a_list_of_registered_persons_never_fills_an_enquirer():
    assert guess_mapping(["Enquirer name", "name"], targets=REGISTERED_TARGETS) == {1: "full_name"}


def test_households_are_left_to_the_linking_of_lists():
    assert guessed("Household ID", "family no", "Request number") == ["", "", "request_ref"]
    assert guess_mapping(["Group", "name"], [["m", "Ali"], ["f", "Mona"]]) == {0: "sex", 1: "full_name"}


def test_every_target_explains_itself():
    assert all(target.label and target.meaning and target.key == key for key, target in TARGETS.items())


def test_enquirer_labels_differ_from_those_of_the_sought_person():
    assert not {target.label for target in ENQUIRER_TARGETS.values()} & {
        target.label for target in REGISTERED_TARGETS.values()
    }


def test_a_target_of_one_column_takes_the_first():
    assert guessed("sex", "gender") == ["sex", ""]


def test_several_columns_may_hold_telephones():
    assert guessed("Phone", "Mobile") == ["phone", "phone"]


def test_ages_under_a_date_of_birth_are_seen_as_ages():
    assert guessed("Birth date", rows=[["34"], ["7"]]) == ["age"]


def test_dates_under_an_age_are_seen_as_dates():
    assert guessed("Age", rows=[["1984"], ["12/05/1994"]]) == ["date_of_birth"]


def test_an_unknown_column_of_female_and_male_is_sex():
    assert guessed("q17", rows=[["F"], ["M"], [""]]) == ["sex"]


def test_an_unknown_column_stays_unmapped():
    assert guessed("household size") == [""]


def test_the_problem_column_of_a_corrected_file_is_not_imported():
    assert guessed("name", "problem") == ["full_name", ""]


def test_the_fingerprint_ignores_case_and_the_problem_column():
    assert header_fingerprint(["Given Name", "sex", "problem"]) == header_fingerprint(["given_name", "SEX"])


def test_the_fingerprint_sees_another_order():
    assert header_fingerprint(["a", "b"]) != header_fingerprint(["b", "a"])
