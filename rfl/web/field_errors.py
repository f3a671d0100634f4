"""Puts a named mistake on the field that it is about, wherever in the form that field stands."""

from typing import Any

from wtforms import FormField

from rfl.domain.errors import FieldError
from rfl.web.errors import explain


def attach(form: Any, wrong: FieldError) -> None:
    """Add the explanation to the field of that name, in the form or one inside it, else to the form as a whole."""
    field = find(form, wrong.field)
    if field is None:
        form.form_errors.append(explain(wrong))
    else:
        field.errors = [*field.errors, explain(wrong)]


def find(form: Any, name: str) -> Any:
    """Return the field `name` of a form or of a form inside it, None where there is none."""
    if name in form:
        return form[name]
    inside = (find(field.form, name) for field in form if isinstance(field, FormField))
    return next((field for field in inside if field is not None), None)
