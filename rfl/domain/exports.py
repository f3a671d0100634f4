"""Lists that leave the program: what they hold, for whom, and why; codes only, so that the trace can name them."""

from rfl.domain.consent import Purpose
from rfl.domain.text import N_

REGISTERED, SOUGHT = "registered", "sought"
SUBJECTS = {
    REGISTERED: N_("Registered persons"),
    SOUGHT: N_("Persons sought"),
}
CSV, XLSX, PFIF = "csv", "xlsx", "pfif"
FORMATS = {
    CSV: N_("CSV, for any program"),
    XLSX: N_("Excel (XLSX)"),
    PFIF: N_("PFIF 1.4, for other registries"),
}

OWN, SOCIETY, NETWORK = "own", "society", "network"
RECIPIENTS = {
    OWN: N_("Only staff of this society"),
    SOCIETY: N_("Another National Society that takes part in the search"),
    NETWORK: N_("Another organisation that traces missing persons"),
}
# Whoever did not agree to this is left out of the file for that recipient.
NEEDED = {SOCIETY: Purpose.SHARE_SOCIETIES, NETWORK: Purpose.SHARE_NETWORK}

REASONS = {
    "exchange": N_("Exchange of case lists"),
    "field": N_("Work where there is no connection"),
    "check": N_("Checking the quality of the records"),
    "move": N_("Moving to another program"),
}
