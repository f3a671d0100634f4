"""The interface language: chosen by the user, else asked of the browser; direction follows from the language."""

from babel import Locale
from flask import Flask, g, request
from flask_babel import Babel, get_locale
from flask_login import current_user

from rfl.domain.clock import UTC_ZONE

LANGUAGES = {"en": "English", "ar": "العربية"}
COOKIE = "rfl_language"
# Dates in English with the day before the month, as most of the world reads them.
LOCALES = {"en": "en_GB"}
# Nobody needs the second at which a note was written.
DATE_FORMATS = Babel.default_date_formats.copy()
DATE_FORMATS["datetime.medium"] = DATE_FORMATS["datetime.short"] = "d MMM y HH:mm"
# The month by its name in every language: Arabic would write 5/4/2026, which half of its readers turn round.
DATE_FORMATS["date.medium"] = "d MMM y"
DATE_FORMATS["datetime.short"] = DATE_FORMATS["datetime.medium"]


def init_app(app: Flask) -> None:
    """Let Flask-Babel ask for the language once per request."""
    Babel(app, date_formats=DATE_FORMATS, locale_selector=select_locale, timezone_selector=select_time_zone)
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


def select_locale() -> str:
    """Return the locale of this request, which rules dates and names of countries."""
    language = select_language()
    return LOCALES.get(language, language)


def select_time_zone() -> str:
    """Return the time zone in which this request is answered: that of the society, UTC for who is not signed in."""
    if g.get("_login_user") is not None and current_user.is_authenticated:
        zone: str = current_user.who.actor.time_zone
        return zone
    return UTC_ZONE


def _for_templates() -> dict[str, object]:
    locale = get_locale()
    return {
        "language": locale.language if locale else "en",
        "direction": locale.text_direction if locale else "ltr",
        "languages": LANGUAGES,
    }


# Languages in which people are interviewed along the routes the network serves; own names come from Babel.
SPOKEN = (
    "am", "ar", "az", "bm", "bn", "ckb", "de", "en", "es", "fa", "ff", "fr", "ha", "hi", "ht", "hy", "ig", "it", "ka",
    "ko", "ku", "ln", "man", "my", "ne", "nl", "om", "pa", "pl", "prs", "ps", "pt", "rhg", "ro", "ru", "rw", "si", "so",
    "sq", "sr", "sv", "sw", "ta", "ti", "tr", "uk", "ur", "vi", "wo", "yo", "zh",
)  # fmt: skip
# Languages that many locales of CLDR do not name: their own name in Latin letters.
OWN_NAMES = {"prs": "Dari", "rhg": "Rohingya", "man": "Mandinka"}


def language_name(code: str) -> str:
    """Return the name of a spoken language in the interface language; an unknown code names itself."""
    here = get_locale() or Locale("en")
    return here.languages.get(code) or OWN_NAMES.get(code) or code


def spoken_languages() -> list[tuple[str, str]]:
    """Return (code, name in the interface language) of the languages of interviews, by name."""
    return sorted(((code, language_name(code)) for code in SPOKEN), key=lambda pair: pair[1].casefold())
