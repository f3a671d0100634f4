"""Ukrainian, Russian, Polish and Balkan names: forms of address and words before a maiden name."""

from __future__ import annotations

from matching.traditions.tradition import Tradition, spellings

# Origin: general knowledge.
TRADITION = Tradition(
    "slavic",
    titles=spellings(
        """пан пані панна господин госпожа гражданин гражданка громадянин громадянка гр др доктор проф товариш
        товарищ
        pan pani pana gospodin gospozha gospodja doc mgr inz inż ing"""
    ),
    particles=spellings(
        """ур урожденная урождённая уроджена уродж дев девичья дівоче вдова вд
        urozhdennaya urozhdena rodzona ur"""
    ),
)
