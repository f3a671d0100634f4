"""Addresses of static files, with a content fingerprint so that browsers may keep them for ever."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, url_for


def init_app(app: Flask) -> None:
    """Offer `asset('css/rfl.css')` to templates."""
    folder = Path(app.static_folder or "static")

    @lru_cache(maxsize=200)
    def fingerprint(name: str) -> str:
        path = folder / name
        return sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else "0"

    def asset(name: str) -> str:
        return url_for("static", filename=name, v=fingerprint(name))

    app.jinja_env.globals["asset"] = asset  # a global, so that imported macros have it too
