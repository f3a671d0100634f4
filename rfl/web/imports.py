"""Importing lists: load a file, choose its columns, look at its first rows, start, watch, mend what was not taken."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from rfl.domain.consent import BASES, PURPOSES, Purpose
from rfl.domain.errors import FieldError
from rfl.domain.imports import COUNTS, FORMATS, PFIF, TARGETS
from rfl.services import import_columns, import_problems, import_runs, imports, runs
from rfl.services.imports import FileRefused, Upload
from rfl.services.runs import STATES, RunUnderWay
from rfl.web.access import current_actor, today
from rfl.web.errors import explain
from rfl.web.field_errors import attach
from rfl.web.forms.imports import UploadForm, file_of, read_basis
from rfl.web.import_view import problem_words, view_preview

bp = Blueprint("imports", __name__, url_prefix="/imports")
REFRESH_SECONDS = 3  # how often the page of a live import reloads itself, also without scripts

# Words for codes, as the templates of this subject use them.
WORDS = {
    "targets": TARGETS,
    "formats": FORMATS,
    "states": STATES,
    "counts": COUNTS,
    "purposes": PURPOSES,
    "bases": BASES,
    "tones": {"waiting": "info", "running": "now", "done": "good", "failed": "bad", "cancelled": "neutral"},
}


@bp.get("/")
def index() -> ResponseReturnValue:
    """List the imports."""
    return render_template("imports/index.html", imports=imports.list_imports(current_actor()), words=WORDS)


@bp.get("/new")
def new() -> ResponseReturnValue:
    """Show the form for a file."""
    return render_template("imports/new.html", form=UploadForm())


@bp.post("/new")
def create() -> ResponseReturnValue:
    """Check a file and keep it; nothing is imported yet."""
    form = UploadForm()
    uploaded = _upload(form)
    if uploaded is None:
        return render_template("imports/new.html", form=form), 422
    if uploaded.earlier is not None:
        flash(gettext("This very file was loaded before. Loading it again changes nothing that is known already."))
    target = "import_columns.show" if uploaded.needs_columns else "imports.check"
    return redirect(url_for(target, import_id=uploaded.id), code=303)


def _upload(form: UploadForm) -> imports.Uploaded | None:
    valid, file = form.validate_on_submit(), file_of(form)
    if file is None:
        form.file.errors = [gettext("Choose a file.")]
    if not valid or file is None:
        return None
    given = Upload(
        data=file.read(),
        filename=file.filename,
        target=form.target.data or "",
        keeper=form.keeper.data or "",
        basis=read_basis(form, today()),
        list_date=form.list_date.data,
        calendar=form.calendar.data or "",
    )
    try:
        return imports.upload(current_actor(), given)
    except FieldError as wrong:
        attach(form, FieldError("purposes", wrong.message) if wrong.field == "answers" else wrong)
    except FileRefused as refused:
        form.file.errors = [explain(refused)]
    return None


@bp.get("/<import_id>/check")
def check(import_id: str) -> ResponseReturnValue:
    """Show the first rows as they would be read, and on which basis."""
    view = imports.read_import(current_actor(), import_id)
    if not view.has_columns:
        return redirect(url_for("import_columns.show", import_id=import_id), code=303)
    preview = import_columns.read_preview(current_actor(), import_id)
    return render_template(
        "imports/check.html",
        view=view,
        rows=view_preview(preview),
        matched=preview.matched,
        pfif=view.line.format == PFIF,
        words=WORDS,
    )


@bp.post("/<import_id>/start")
def start(import_id: str) -> ResponseReturnValue:
    """Start the import, or start it again; what is known already stays."""
    try:
        import_runs.start_import(current_actor(), import_id)
    except FieldError:
        return redirect(url_for("import_columns.show", import_id=import_id), code=303)
    except RunUnderWay as under_way:
        flash(explain(under_way), "warning")
    return redirect(url_for("imports.show", import_id=import_id), code=303)


@bp.get("/<import_id>")
def show(import_id: str) -> ResponseReturnValue:
    """Show how far the import is and what came of it; one not started leads to its columns."""
    view = imports.read_import(current_actor(), import_id)
    run = view.line.run
    if run is None:
        return redirect(url_for("imports.check", import_id=import_id), code=303)
    page = import_problems.read_problems(current_actor(), import_id, request.args.get("page", 1, type=int))
    shown = render_template(
        "imports/show.html",
        view=view,
        run=run,
        problems=[(row.line, problem_words(row)) for row in page.rows],
        page=page,
        page_url=lambda number: url_for("imports.show", import_id=import_id, page=number),
        matched=view.list_id is not None or Purpose.MATCHING in view.basis.purposes,
        waiting=imports.count_waiting(current_actor(), import_id),
        words=WORDS,
    )
    return (shown, 200, {"Refresh": str(REFRESH_SECONDS)}) if run.is_live else shown


@bp.post("/<import_id>/stop")
def stop(import_id: str) -> ResponseReturnValue:
    """Stop the import; what its finished slices stored stays."""
    view = imports.read_import(current_actor(), import_id)
    if view.line.run is not None:
        runs.cancel(current_actor(), view.line.run.id)
        flash(gettext("The import was stopped. The rows stored so far stay; starting again goes on with the others."))
    return redirect(url_for("imports.show", import_id=import_id), code=303)


@bp.post("/<import_id>/remove")
def remove(import_id: str) -> ResponseReturnValue:
    """Remove a file that was not started."""
    imports.remove_import(current_actor(), import_id)
    flash(gettext("The file was removed. Nothing of it was imported."))
    return redirect(url_for("imports.index"), code=303)


@bp.get("/<import_id>/problems.csv")
def problems(import_id: str) -> ResponseReturnValue:
    """Give the rows that were not taken as a file that can be mended and loaded again."""
    data = import_problems.write_problem_file(current_actor(), import_id, translate=gettext)
    answer = Response(data, mimetype="text/csv")
    # The name says nothing about the list: it stays in the history of browsers and on shared desks.
    answer.headers["Content-Disposition"] = "attachment; filename=problems.csv"
    return answer
