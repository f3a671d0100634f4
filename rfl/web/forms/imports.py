"""Forms of an import: the file with what is known of the whole list, and one choice per column."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import DateField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from rfl.domain.calendars import CALENDARS
from rfl.domain.consent import BASES, EVIDENCES, PURPOSES, Basis
from rfl.domain.imports import REGISTERED, TARGETS, ListBasis
from rfl.domain.text import N_
from rfl.services.import_columns import DELIMITERS, ENCODINGS
from rfl.services.mappings import Target
from rfl.web.forms.choices import translated
from rfl.web.languages import spoken_languages


class PurposesField(SelectMultipleField):
    """Purposes as a list of tick boxes; nothing is ticked beforehand."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class UploadForm(FlaskForm):
    """A file, who keeps the list, and what its people agreed to."""

    file = FileField(
        _l("File"),
        description=_l("CSV, Excel (XLSX) or PFIF, at most 32 MB. The content decides what it is, not the name."),
    )
    target = RadioField(
        _l("What the list holds"),
        choices=translated(TARGETS),
        default=REGISTERED,
        description=_l("PFIF files always hold registered persons."),
    )
    keeper = StringField(
        _l("Who keeps this list"),
        description=_l(
            "For example the camp or the organisation. Record numbers are understood as numbers of this keeper: write "
            "it the same way each time, and a newer list changes the records of the older one. Not needed for PFIF."
        ),
        render_kw={"maxlength": 300},
    )
    list_date = DateField(
        _l("Day on which the list was written"),
        [Optional()],
        description=_l("Ages in the list count as of this day, where a row has no day of its own."),
        render_kw={"max": "9999-12-31"},
    )
    calendar = SelectField(
        _l("Calendar of the dates in the list"),
        choices=translated({key: rules.label for key, rules in CALENDARS.items()}),
        description=_l("Where a row does not say it itself."),
    )
    purposes = PurposesField(_l("The people of this list agreed, or the law allows, to"), choices=translated(PURPOSES))
    basis = SelectField(_l("Legal basis"), choices=translated(BASES), default=Basis.CONSENT.value)
    evidence = SelectField(
        _l("How it can be shown later"), choices=translated(EVIDENCES, empty=N_("Please choose")), default=""
    )
    language = SelectField(
        _l("Language in which they were asked"), choices=lambda: [("", ""), *spoken_languages()], default=""
    )
    on = DateField(_l("Day on which they were asked"), [Optional()], render_kw={"max": "9999-12-31"})


def read_basis(form: UploadForm, today: date) -> ListBasis:
    """Return the basis of the list as filled in; an empty day is today."""
    return ListBasis(
        tuple(form.purposes.data or ()),
        form.basis.data or "",
        form.evidence.data or "",
        form.language.data or "",
        (form.on.data or today).isoformat(),
    )


class ReadingForm(FlaskForm):
    """Other letters or another delimiter than were found."""

    encoding = SelectField(
        _l("Letters of the file"), choices=lambda: [("", gettext("Find it out")), *((name, name) for name in ENCODINGS)]
    )
    delimiter = SelectField(_l("Sign between the columns"), choices=translated(DELIMITERS, empty=N_("Find it out")))


def column_choices(targets: Mapping[str, Target]) -> list[tuple[str, str]]:
    """Return the fields a column can fill, in the order of the tables, after "do not load"."""
    return [("", gettext("Do not load this column")), *((key, gettext(one.label)) for key, one in targets.items())]


def read_mapping(posted: Mapping[str, str], width: int) -> dict[int, str]:
    """Return column -> field from the posted selects `column-<index>`; empty ones are left out."""
    chosen = ((index, posted.get(f"column-{index}", "")) for index in range(width))
    return {index: key for index, key in chosen if key}


def file_of(form: UploadForm) -> Any:
    """Return the uploaded file, None when none was chosen."""
    return form.file.data if form.file.data and form.file.data.filename else None
