"""The web application, for `flask --app app` and `gunicorn app:app`."""

from rfl.web import create_app

app = create_app()
