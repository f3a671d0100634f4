"""Hebrew and Jewish names: son-of and daughter-of words."""

from __future__ import annotations

from matching.traditions.tradition import Tradition, spellings

# Origin: general knowledge.
TRADITION = Tradition(
    "hebrew",
    titles=spellings("rabbi הרב מר גברת גב דר רב"),
    particles=spellings("bat bar ben בן בת בר"),
    first=spellings("bat bar ben בן בת בר"),
    articles=spellings("ha"),
)
