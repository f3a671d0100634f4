"""A list like those that registration desks keep goes from bytes to persons without a hand on it."""

import pytest

from rfl.exchange.columns import REGISTERED_TARGETS, REQUEST_TARGETS, guess_mapping
from rfl.exchange.drafts import PersonDraft, RowSettings
from rfl.exchange.rows import read_row
from rfl.exchange.spreadsheets import write_csv, write_xlsx
from rfl.exchange.tables import read_table

HEADERS = [
    *("id", "given_name", "father_name", "grandfather_name", "family_name", "mother_name", "alternate_names"),
    *("full_name", "sex", "date_of_birth", "age", "age_as_of", "place_of_birth", "nationality", "last_known_place"),
    *("last_contact_date", "relatives"),
]
ROWS = [
    [
        "R1",
        "",
        "",
        "",
        "",
        "Олена",
        "",
        "BOYKO HALYNA",
        "female",
        "",
        "36",
        "2024-10-29",
        "Salt",
        "UKR",
        "Siret",
        "2024-10-29",
        "",
    ],
    [
        "R2",
        "محمد",
        "أحمد",
        "",
        "الحسن",
        "",
        "Mohamed;Muhammad",
        "",
        "male",
        "1984~",
        "",
        "",
        "حلب",
        "SYR",
        "",
        "",
        "father:أحمد",
    ],
    [
        "R3",
        "Hibak",
        "Ahmed",
        "Cabdi",
        "",
        "Buh",
        "",
        "Hibak Ahmed",
        "female",
        "1979/1984",
        "",
        "",
        "",
        "SOM",
        "Garoowe",
        "2020-08-01",
        "son:Abdi",
    ],
]


@pytest.fixture(params=["csv", "xlsx"])
def persons(request):
    data = b"".join(write_csv(HEADERS, ROWS)) if request.param == "csv" else write_xlsx(HEADERS, ROWS)
    table = read_table(data)
    mapping = guess_mapping(table.headers, targets=REGISTERED_TARGETS)
    assert len(mapping) == len(HEADERS)
    return [read_row(line, cells, mapping, settings=RowSettings(width=table.width)) for line, cells in table.rows]


def test_every_row_becomes_a_person(persons):
    assert [person.source_record_id for person in persons] == ["R1", "R2", "R3"]


def test_every_name_of_every_script_arrives(persons):
    assert [[name.text() for name in person.identity.names] for person in persons] == [
        ["BOYKO HALYNA"],
        ["محمد أحمد الحسن", "Mohamed", "Muhammad"],
        ["Hibak Ahmed Cabdi", "Hibak Ahmed"],
    ]


def test_dates_codes_and_relatives_arrive(persons):
    found = [person.identity for person in persons]
    assert [(p.birth.edtf, p.nationalities, [r.name for r in p.relatives]) for p in found] == [
        ("", ("UA",), []),
        ("1984~", ("SY",), ["أحمد"]),
        ("1979/1984", ("SO",), ["Abdi"]),
    ]


def test_rows_of_one_request_share_its_number_and_enquirer():
    data = (
        "Numéro de dossier;Nom du demandeur;Téléphone du demandeur;Personne recherchée;Lien de parenté\n"
        "T-7;Mona Hassan;+33 1;Ali Hassan;frère\nT-7;Mona Hassan;+33 1;Sara Hassan;fille\n"
    ).encode("cp1252")
    table = read_table(data)
    mapping = guess_mapping(table.headers, targets=REQUEST_TARGETS)
    drafts = [read_row(line, cells, mapping) for line, cells in table.rows]
    assert all(isinstance(draft, PersonDraft) for draft in drafts)
    assert [(d.request_ref, d.enquirer.display_name(), d.identity.display_name(), d.relation) for d in drafts] == [
        ("T-7", "Mona Hassan", "Ali Hassan", "brother"),
        ("T-7", "Mona Hassan", "Sara Hassan", "daughter"),
    ]
