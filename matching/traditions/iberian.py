"""Spanish and Portuguese names, in Iberia, Latin America, the Philippines and Africa: two surnames and small words."""

from __future__ import annotations

from matching.traditions.tradition import Tradition, spellings

# Origin: general knowledge.
TRADITION = Tradition(
    "iberian",
    titles=spellings(
        "sr sra srta srita don doña dona senor senora señor señora senhor senhora dom lic licda dra profa exmo"
    ),
    particles=spellings(
        "de del la las los y e i da das do dos viuda vda hijo hija filho filha neto junior viuva viúva"
    ),
    generic=spellings("ma jr"),
)
