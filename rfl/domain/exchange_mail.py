"""Post between instances: how long to wait, how much to take from one sender, and what goes wrong in words."""

from datetime import timedelta

from rfl.domain.text import N_

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)  # four tries a day are enough to notice that a server is back
LEASE = timedelta(minutes=10)  # longer than the longest try, so that two workers do not post the same package

HOUR = timedelta(hours=1)
MOST_AN_HOUR = 120  # packages; a round has five for each party
MOST_REFUSED_AN_HOUR = 20  # opening a large package takes a second: nobody may make that happen all day

# Why a package is not there yet, by the code of the last try; codes of refusals have their own sentences.
POST_PROBLEMS = {
    "address-not-allowed": N_("The address leads into a network that is not public."),
    "name-unknown": N_("The name of the server is not known."),
    "not-trusted": N_("The server could not prove that it is the one named."),
    "too-slow": N_("The connection was too slow."),
    "no-connection": N_("There was no connection to the server."),
    "too-often": N_("The other instance takes no more at the moment."),
    "not-taken-here": N_("The other instance does not know this sender, or not this agreement."),
    "somebody-withdrew": N_("Somebody on this list has withdrawn consent."),
}


def wait_after(tries: int) -> timedelta:
    """Return how long to wait after so many tries: twice as long each time."""
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << min(tries, 10)))
