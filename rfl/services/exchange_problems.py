"""Why a round stopped or a package was not posted, in words: by the code of the refusal that was kept."""

from rfl.domain.exchange_mail import POST_PROBLEMS
from rfl.exchange.rounds.refusals import ExchangeRefused


def problem_words(code: str) -> str:
    """Return the sentence of a refusal by its code, without its figures; empty for no code."""
    if not code:
        return ""
    known = {one.code: one.message for one in _all(ExchangeRefused)} | POST_PROBLEMS
    words = known.get(code, ExchangeRefused.message)
    return ExchangeRefused.message if "%(" in words else words


def _all(one: type[ExchangeRefused]) -> list[type[ExchangeRefused]]:
    return [one, *(deeper for child in one.__subclasses__() for deeper in _all(child))]
