"""Marking text for translation without depending on any translation library."""


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Return `message` unchanged; the extractor collects it and the web layer translates it."""
    return message
