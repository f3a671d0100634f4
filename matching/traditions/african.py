"""West, Central and East African names: titles of pilgrims and elders."""

from __future__ import annotations

from matching.traditions.tradition import Tradition, spellings

# Origin: general knowledge of Sahelian, coastal, Great Lakes and Congo basin names.
TRADITION = Tradition(
    "african",
    titles=spellings(
        "elhadji elhadj elhaji alhaji alhaja alhadji hadja hadjia hajia mallam oustaz mzee bwana maman tantine mwami"
    ),
    particles=spellings("wa mtoto"),
    # Words of respect that are given names as well.
    generic=spellings("thierno tierno ceerno serigne serin sokhna imam malam papa pape mama tata baba nana sidi"),
)
