"""The interface language: chosen by the user, else asked of the browser; direction follows from the language."""

from babel import Locale
from flask import Flask, g, request
from flask_babel import Babel, get_locale
from flask_login import current_user

LANGUAGES = {"en": "English", "ar": "العربية"}
COOKIE = "rfl_language"


def init_app(app: Flask) -> None:
    """Let Flask-Babel ask for the language once per request."""
    Babel(app, locale_selector=select_language)
    app.context_processor(_for_templates)


def select_language() -> str:
    """Return the language of this request: the cookie of the switch, the account's, the browser's, English."""
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    if g.get("_login_user") is not None and current_user.is_authenticated:
        language: str = current_user.who.actor.language
        if language in LANGUAGES:
            return language
    return request.accept_languages.best_match(list(LANGUAGES), "en") or "en"


def _for_templates() -> dict[str, object]:
    locale = get_locale()
    return {
        "language": locale.language if locale else "en",
        "direction": locale.text_direction if locale else "ltr",
        "languages": LANGUAGES,
    }


# Languages in which people are interviewed along the routes the network serves; own names come from Babel.
SPOKEN = (
    "ar", "fa", "ps", "ku", "ckb", "ti", "am", "so", "om", "en", "fr", "es", "pt", "ht", "ha", "bm", "wo", "ff",
    "sw", "ln", "uk", "ru", "pl", "ro", "tr", "hy", "ka", "de", "it", "ur", "hi", "bn", "ta", "my", "zh", "ko", "vi",
)  # fmt: skip


def spoken_languages() -> list[tuple[str, str]]:
    """Return (code, name in the interface language) of the languages of interviews, by name."""
    here = get_locale() or Locale("en")
    names = [(code, here.languages.get(code, code)) for code in SPOKEN]
    return sorted(names, key=lambda pair: pair[1])
