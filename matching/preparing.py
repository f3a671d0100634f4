"""All compiled loops are compiled at once, so that nobody who works with the program waits for them."""

from __future__ import annotations

from datetime import date

from matching.engine import compare, rank
from matching.index import Index
from matching.keys import keys
from matching.profile import profile
from matching.types import Interval, Name, PersonRecord, Relative


def prepare() -> None:
    """Compare two invented persons in every way there is; what that compiles is kept on disk (about a minute)."""
    left, right = (
        PersonRecord(
            id=role,
            role=role,
            names=(Name("original", full="Amina Yusuf"), Name("nickname", full="Mina")),
            birth=Interval(date(1990, 1, 1), date(1990, 12, 31)),
            mother="Huda",
            relatives=(Relative("brother", "Karim"),),
        )
        for role in ("sought", "registered")
    )
    keys(profile(left))
    compare(profile(left), profile(right))
    rank(profile(left), [profile(right)])
    index = Index([right, right])
    index.link([left])
    index.explain(left, 0)
