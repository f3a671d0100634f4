"""The background door: long work is claimed from the database and done in slices, by any number of processes.

`app.extensions["rfl.worker"]` is the class of a worker: `Worker(app)` with `start()` (in a thread) and `stop()`.
"""

from flask import Flask

from rfl.jobs.worker import Worker


def init_app(app: Flask) -> None:
    """Let the commands find the worker without importing this door."""
    app.extensions["rfl.worker"] = Worker
