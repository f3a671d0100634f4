"""Turkish, Azerbaijani, Uzbek and other Turkic names: son and daughter words, and words of respect."""

from __future__ import annotations

from matching.traditions.tradition import Tradition, spellings

_CHILD_OF = spellings(
    "oglu oğlu oglou kizi kızı qizi qızı ogli oghli o'g'li uulu kyzy uly гызы uulu улуу оглы огли кызы кизи углы угли"
)
# Origin: general knowledge.
TRADITION = Tradition(
    "turkic",
    titles=spellings("hanim hanım efendi hoca haci hacı xanim xanım bəy ханум эфенди"),
    last=_CHILD_OF,
    particles=_CHILD_OF,
)
