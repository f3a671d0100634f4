"""The web door: builds the Flask app from its parts."""

from rfl.web.app import create_app

__all__ = ["create_app"]
