"""The identity form keeps what was typed, puts each reason on its field, and works without scripts."""

from datetime import date

import pytest
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import FormField

from rfl.domain.persons import Age, Identity, PersonName, Place, Relative, UncertainDate
from rfl.web.forms.person import MOST_NAMES, MOST_RELATIVES, IdentityForm
from rfl.web.forms.person_reading import fill_identity, identity_data, read_identity
from rfl.web.forms.rows import change_rows

TODAY = date(2026, 3, 1)
WHOLE = Identity(
    names=(
        PersonName("original", full="أمينة يوسف عبد الرحمن"),
        PersonName("romanised", given="Amina", father="Yusuf", grandfather="Abdulrahman", family="al-Halabi"),
    ),
    sex="female",
    birth=UncertainDate("1994~", "about 1994", "gregorian"),
    age=Age(30, 32, "2026-02-01"),
    mother_name="Fatma",
    birth_place=Place("Aleppo", "SY", "Aleppo", "beside the citadel"),
    nationalities=("SY", "TR"),
    last_place=Place("Zarqa camp", "JO"),
    last_contact=UncertainDate("2015-08", "August 2015", "gregorian"),
    relatives=(Relative("brother", "Omar", "about 20", missing_too=True),),
    occupation="Nurse",
    marks="A scar\nover the left eye",
)


class Holder(FlaskForm):
    """A page's form with an identity in it."""

    class Meta:
        csrf = False

    identity = FormField(IdentityForm)


@pytest.fixture
def typed(app):
    """Return a function that builds the page's form from what a browser sends."""
    with app.test_request_context(method="POST"):
        yield lambda **fields: Holder(
            MultiDict({f"identity-{name.replace('__', '-')}": v for name, v in fields.items()})
        )


def sent_back(form):
    """What a browser sends when the form is submitted as shown."""
    fields = MultiDict()

    def collect(part):
        for field in part:
            if hasattr(field, "form") and hasattr(field.form, "_fields"):
                collect(field.form)
            elif hasattr(field, "entries"):
                collect(field.entries)
            elif field.type != "BooleanField":
                fields.add(field.name, field._value() if hasattr(field, "_value") else field.data or "")
            elif field.data:
                fields.add(field.name, "y")

    collect(form)
    return fields


def test_an_identity_comes_back_unchanged_through_the_form(typed):
    form = typed()
    fill_identity(form.identity, WHOLE)
    assert read_identity(Holder(sent_back(form)).identity, today=TODAY) == WHOLE


def test_an_empty_form_is_an_empty_identity(typed):
    assert read_identity(typed(sex="").identity) == Identity()


def test_a_name_is_asked_for_where_it_is_needed(typed):
    form = typed(sex="male")
    assert read_identity(form.identity, name_required=True) is None
    assert "nickname" in form.identity.names[0].full.errors[0]


@pytest.mark.parametrize("part", ["full", "given", "father", "grandfather", "family"])
def test_one_part_of_a_name_is_enough(typed, part):
    identity = read_identity(typed(**{f"names__0__{part}": "هند"}).identity, name_required=True)
    assert identity.display_name() == "هند"


def test_every_mistake_is_shown_at_once_on_its_own_field(typed):
    form = typed(birth__told="tomorrow-ish", age="old", names__0__given="x" * 500, relatives__0__name="Omar")
    assert read_identity(form.identity) is None
    inner = form.identity.form
    wrong = (inner.birth.told, inner.age, inner.names[0].given, inner.relatives[0].relation)
    assert all(len(field.errors) == 1 for field in wrong)


def test_what_was_typed_is_kept_beside_the_reason(typed):
    form = typed(birth__told="31 February 1994", names__0__full="Amina")
    read_identity(form.identity)
    assert (form.identity.birth.told.data, form.identity.names[0].full.data) == ("31 February 1994", "Amina")


@pytest.mark.parametrize("name", ["names-0-given", "mother_name", "occupation", "marks", "last_place-directions"])
def test_text_that_hides_its_order_is_refused_on_its_field(app, name):
    with app.test_request_context(method="POST"):
        form = IdentityForm(MultiDict({name: "Amina \u202efusuY"}))
        assert read_identity(form) is None
        assert "reverse" in str(form.errors)


def test_invisible_marks_pasted_with_a_name_are_dropped(typed):
    identity = read_identity(typed(names__0__full="\u200fأمينة\u200f \u2067يوسف\u2069").identity)
    assert identity.names == (PersonName("original", full="أمينة يوسف"),)


def test_a_solar_hijri_year_is_kept_as_told_and_reckoned(typed):
    identity = read_identity(typed(birth__told="1373", birth__calendar="solar_hijri").identity)
    assert identity.birth == UncertainDate("1994-03-21/1995-03-20", "1373", "solar_hijri")


def test_nobody_is_born_tomorrow(typed):
    form = typed(birth__told="2026-03-02")
    assert read_identity(form.identity, today=TODAY) is None


def test_an_age_without_a_day_is_of_today(typed):
    assert read_identity(typed(age="17").identity, today=TODAY).age == Age(17, 17, "2026-03-01")


def test_an_age_cannot_be_of_a_day_to_come(typed):
    form = typed(age="17", age_as_of="2026-03-02")
    assert read_identity(form.identity, today=TODAY) is None
    assert form.identity.age_as_of.errors


def test_a_day_that_is_none_is_refused_on_its_field(typed):
    form = typed(age="17", age_as_of="2026-02-30")
    assert read_identity(form.identity, today=TODAY) is None
    assert form.identity.age_as_of.errors


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sex", "x"),
        ("names-0-kind", "x"),
        ("nationalities-0", "XX"),
        ("birth-calendar", "x"),
        ("last_place-country", "ZZ"),
    ],
)
def test_an_answer_that_was_not_offered_is_refused(app, field, value):
    with app.test_request_context(method="POST"):
        form = IdentityForm(MultiDict({field: value, "names-0-full": "Amina"}))
        assert read_identity(form) is None
        assert form.errors


def test_words_of_a_list_that_are_not_touched_keep_their_reckoning(typed):
    former = Identity(birth=UncertainDate("1994-12-05", "5 de diez de 94", "gregorian"))
    form = typed(birth__told="5 de diez de 94")
    assert read_identity(form.identity, former=former).birth == former.birth


def test_words_that_cannot_be_reckoned_are_refused_when_new(typed):
    assert read_identity(typed(birth__told="5 de diez de 94").identity) is None


def test_a_date_without_words_is_shown_by_its_reckoning():
    data = identity_data(Identity(birth=UncertainDate("1994-05", "", "solar_hijri")))
    assert data["birth"] == {"told": "1994-05", "calendar": "gregorian"}


def test_the_same_nationality_counts_once(typed):
    assert read_identity(typed(nationalities__0="SY", nationalities__1="SY").identity).nationalities == ("SY",)


def test_adding_a_row_keeps_everything_typed(typed):
    form = typed(names__0__full="Amina", birth__told="nonsense", rows="add names")
    assert change_rows(form.identity)
    assert [row.full.data for row in form.identity.names] == ["Amina", None]
    assert form.identity.birth.told.data == "nonsense"


def test_removing_a_row_keeps_the_others(typed):
    form = typed(names__0__full="A", names__1__full="B", names__2__full="C", rows="remove names 1")
    assert change_rows(form.identity)
    assert [row.full.data for row in form.identity.names] == ["A", "C"]


def test_the_last_row_leaves_an_empty_one(typed):
    form = typed(names__0__full="A", rows="remove names 0")
    assert change_rows(form.identity)
    assert [row.full.data for row in form.identity.names] == [None]


def test_without_a_row_button_nothing_changes(typed):
    assert not change_rows(typed(names__0__full="A", rows="").identity)


@pytest.mark.parametrize(
    "command", ["add sex", "add nothing", "remove names 9", "remove names", "drop all", "add rows"]
)
def test_an_unknown_row_command_loses_nothing(typed, command):
    form = typed(names__0__full="A", names__1__full="B", rows=command)
    assert change_rows(form.identity)
    assert [row.full.data for row in form.identity.names][-1] in {"B", "A"}
    assert "A" in [row.full.data for row in form.identity.names] or command == "remove names"


@pytest.mark.parametrize(("group", "most"), [("names", MOST_NAMES), ("relatives", MOST_RELATIVES)])
def test_a_full_group_does_not_grow(typed, group, most):
    rows = {f"{group}__{number}__{'full' if group == 'names' else 'name'}": "A" for number in range(most + 5)}
    form = typed(**rows, rows=f"add {group}")
    assert change_rows(form.identity)
    assert len(form.identity[group].entries) == most


@pytest.mark.parametrize("index", ["²", "9" * 5000, "-1", "٣", "x"])
def test_row_numbers_that_are_none_are_ignored(typed, index):
    form = typed(**{f"names__{index}__full": "A", "names__0__full": "B"})
    assert "B" in [name.full for name in read_identity(form.identity).names]
