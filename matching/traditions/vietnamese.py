"""Vietnamese names: family name first, a middle word that tells woman from man."""

from __future__ import annotations

from matching.traditions.tradition import Tradition, spellings

# Origin: general knowledge.
TRADITION = Tradition("vietnamese", titles=spellings("ông bà anh chị cô"), generic=spellings("thị thi văn"))
