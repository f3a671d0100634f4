"""The page on which somebody says what each column of a list means."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from rfl.domain.errors import FieldError
from rfl.services import import_columns, imports
from rfl.services.import_columns import DELIMITERS, Columns
from rfl.services.imports import FileRefused
from rfl.services.mappings import targets_of
from rfl.services.runs import RunUnderWay
from rfl.web.access import current_actor
from rfl.web.errors import explain
from rfl.web.field_errors import attach
from rfl.web.forms.imports import ReadingForm, column_choices, read_mapping
from rfl.web.import_view import word_notice

bp = Blueprint("import_columns", __name__, url_prefix="/imports/<import_id>/columns")


@bp.get("")
def show(import_id: str) -> ResponseReturnValue:
    """Show every column with two of its values and the field proposed for it."""
    return _page(import_id, import_columns.read_columns(current_actor(), import_id))


@bp.post("")
def save(import_id: str) -> ResponseReturnValue:
    """Keep the choices and go on to the first rows."""
    columns = import_columns.read_columns(current_actor(), import_id)
    mapping = read_mapping(request.form, len(columns.columns))
    try:
        import_columns.save_columns(current_actor(), import_id, mapping)
    except FieldError as wrong:
        return _page(import_id, columns, mapping, wrong), 422
    except RunUnderWay as under_way:
        flash(explain(under_way), "warning")
    return redirect(url_for("imports.check", import_id=import_id), code=303)


@bp.post("/reading")
def reading(import_id: str) -> ResponseReturnValue:
    """Read the file with other letters or another sign between the columns."""
    form = ReadingForm()
    try:
        import_columns.save_reading(
            current_actor(), import_id, encoding=form.encoding.data or "", delimiter=form.delimiter.data or ""
        )
    except FieldError as wrong:
        attach(form, wrong)
        return _page(import_id, import_columns.read_columns(current_actor(), import_id), form=form), 422
    except (FileRefused, RunUnderWay) as refused:
        flash(explain(refused), "warning")
    return redirect(url_for("import_columns.show", import_id=import_id), code=303)


def _page(
    import_id: str,
    columns: Columns,
    mapping: dict[int, str] | None = None,
    wrong: FieldError | None = None,
    form: ReadingForm | None = None,
) -> str:
    view = imports.read_import(current_actor(), import_id)
    targets = targets_of(view.line.target)
    chosen = {one.index: one.chosen for one in columns.columns} if mapping is None else mapping
    params = {key: gettext(value) for key, value in (wrong.params if wrong else {}).items() if isinstance(value, str)}
    return render_template(
        "imports/columns.html",
        view=view,
        columns=columns,
        chosen=chosen,
        choices=column_choices(targets),
        meanings=targets,
        notices=[word_notice(notice) for notice in columns.notices],
        wrong_field=wrong.field if wrong else "",
        wrong=gettext(wrong.message) % params if wrong else "",
        form=form or ReadingForm(data=view.reading.to_dict()),
        delimiter=gettext(DELIMITERS[columns.delimiter]) if columns.delimiter in DELIMITERS else "",
    )
