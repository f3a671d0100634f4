"""Countries by name in the language of the screen, from the Unicode CLDR through Babel."""

import unicodedata
from functools import lru_cache

from babel import Locale
from flask_babel import get_locale

# Two-letter codes of CLDR that are no countries: unions, test locales, islands that have a country of their own.
NO_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
LETTERS = 2  # ISO 3166-1 alpha-2; longer CLDR codes are parts of the world


def _sorting(name: str) -> str:
    """Sort names as readers look for them: accents do not count."""
    return "".join(ch for ch in unicodedata.normalize("NFKD", name) if not unicodedata.combining(ch)).casefold()


@lru_cache(maxsize=8)
def _names(language: str) -> dict[str, str]:
    named = Locale.parse(language).territories.items()
    kept = [(code, name) for code, name in named if len(code) == LETTERS and code.isalpha()]
    return dict(sorted((pair for pair in kept if pair[0] not in NO_COUNTRIES), key=lambda pair: _sorting(pair[1])))


def country_names() -> dict[str, str]:
    """Return ISO 3166-1 alpha-2 code -> name in the language of the screen, sorted by name."""
    return _names(str(get_locale() or "en"))


def country_name(code: str) -> str:
    """Return the name of one country in the language of the screen; an unknown code names itself."""
    return country_names().get(code, code)


def country_choices() -> list[tuple[str, str]]:
    """Return the choices of a select: an empty one, then (code, name) sorted by name."""
    return [("", ""), *country_names().items()]
