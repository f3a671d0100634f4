"""The app factory."""

from pathlib import Path

from flask import Flask
from flask_wtf import CSRFProtect

from rfl.security.keys import Keyring
from rfl.security.passwords import Passwords
from rfl.services import storage
from rfl.web import access, assets, errors, headers, languages, navigation, post
from rfl.web.blueprints import BLUEPRINTS
from rfl.web.config import Settings
from rfl.web.uploads import MemoryRequest

ROOT = Path(__file__).parents[2]

csrf = CSRFProtect()


def create_app(settings: Settings | None = None) -> Flask:
    """Build the app; without `settings` they come from the environment.

    Raises KeyUnusable when a key file is damaged: the program then refuses to start.
    """
    settings = settings or Settings.from_environment()
    app = Flask("rfl", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.request_class = MemoryRequest
    app.config.update(settings.for_flask())
    keyring = Keyring(settings.key_folder)
    keyring.ensure_instance()
    app.secret_key = keyring.raw("cookie")
    app.extensions["rfl.keyring"] = keyring
    app.extensions["rfl.passwords"] = Passwords(cheap=settings.cheap_passwords)
    app.extensions["rfl.settings"] = settings
    settings.instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    storage.attach(app)
    csrf.init_app(app)
    for part in (languages, access, headers, errors, assets, navigation):
        part.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    # The post box has no session that a foreign page could misuse: what is posted is proved by its own signature.
    csrf.exempt(post.bp)
    return app
