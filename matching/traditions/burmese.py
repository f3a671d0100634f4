"""Burmese names: no family name; a word of respect before the name changes with age."""

from __future__ import annotations

from matching.traditions.tradition import Tradition, spellings

# Origin: general knowledge.
TRADITION = Tradition(
    "burmese",
    titles=spellings("daw ဒေါ် သခင် thakin saya ဆရာ ဆရာမ နော် နန်း စောဘွား"),
    generic=spellings("u ko ma maung mg ဦး ကို မ မောင် saw naw sai nang mahn စော စိုင်း"),
)
