"""Text that a spreadsheet would run as a formula gets an apostrophe in front, and loses it when it is read again.

Invariant: `unguard(guard(text)) == text` for every text, and no guarded text begins like a formula.
"""

import unicodedata

GUARD = "'"
# OWASP, "CSV Injection": = + - @, tab and carriage return; | and % start commands in old DDE links.
# The minus sign U+2212 is read as a minus by some programs; full-width and small forms are folded by NFKC.
_STARTERS = frozenset("=+-@|%\N{MINUS SIGN}")
_LINE_STARTERS = ("\t", "\r", "\n")
# Invisible before the first letter a program looks at: white space, controls, marks of order and byte order.
_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def _is_dangerous(text: str) -> bool:
    """Say whether a program that skips blanks, or reads wide letters as narrow ones, could see a formula here."""
    if text[:1].isalpha():  # by far the commonest start of a cell, and no formula begins with a letter
        return False
    if text.startswith(_LINE_STARTERS):
        return True
    for ch in text:
        if unicodedata.category(ch) not in _INVISIBLE:
            return unicodedata.normalize("NFKC", ch)[:1] in _STARTERS
    return False


def _needs_guard(text: str) -> bool:
    """Texts that already begin with apostrophes before a formula count too, or taking one away would change them."""
    return _is_dangerous(text.lstrip(GUARD))


def guard(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula."""
    return GUARD + text if _needs_guard(text) else text


def unguard(text: str) -> str:
    """Return what was passed to `guard`."""
    return text[1:] if text.startswith(GUARD) and _needs_guard(text[1:]) else text
