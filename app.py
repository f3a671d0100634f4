"""The web application, for `flask --app app` and `gunicorn app:app`; the one place that knows all three doors."""

from rfl import cli, jobs
from rfl.web import create_app

app = create_app()
cli.init_app(app)
jobs.init_app(app)
