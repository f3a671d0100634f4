"""Steps of a search that people can plan, do and report on."""

from rfl.domain.text import N_

ACTION_KINDS = {
    "visit_address": N_("Go to the last known address"),
    "ask_relatives": N_("Ask relatives and neighbours"),
    "ask_community": N_("Ask elders, religious leaders or community groups"),
    "ask_camps": N_("Ask camps and reception centres"),
    "ask_hospitals": N_("Ask hospitals and clinics"),
    "ask_mortuaries": N_("Ask mortuaries and cemeteries"),
    "ask_registry": N_("Ask civil registries"),
    "ask_detention": N_("Ask about places of detention through those allowed to visit"),
    "compare_lists": N_("Look through lists of names"),
    "publish": N_("Radio, poster or published list, if the consent covers it"),
    "social_media": N_("Look on social media; treat what is found as not verified"),
    "phone": N_("Telephone"),
    "partner": N_("Ask another society or organisation"),
    "enquirer": N_("Talk to the enquirer again"),
    "other": N_("Another step"),
}

PENDING = "pending"
ACTION_RESULTS = {
    PENDING: N_("Planned"),
    "useful": N_("Done, it helped"),
    "no_result": N_("Done, nothing new"),
    "not_possible": N_("Could not be done"),
}
