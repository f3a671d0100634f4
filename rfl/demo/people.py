"""The whole demo world, always the same: societies and staff, requests, registered persons, known matches."""

from functools import cache

from rfl.demo.chosen import chosen_registered, chosen_requests
from rfl.demo.crowd import crowd_registered, crowd_requests
from rfl.demo.sources import pairs, read_json
from rfl.demo.values import DemoRegistered, DemoRequest, DemoSociety, DemoUser, DemoWorld
from rfl.domain.persons import Identity
from rfl.domain.roles import Role

# How many requests and registered persons each society has, the chosen ones included.
SIZES = {"VAL": (24, 100), "NOH": (18, 80), "SAH": (18, 120)}
# Name in the sign-in and in societies.json: role, cleared for records of children. Two officers of one society
# are needed where a match lies within it.
STAFF = {
    "caseworker": (Role.CASEWORKER, True),
    "officer": (Role.OFFICER, True),
    "officer2": (Role.OFFICER, True),
    "admin": (Role.ADMINISTRATOR, False),
    "protection": (Role.PROTECTION, True),
    "volunteer": (Role.VOLUNTEER, False),
}

# Person keys of two records of one human, known because we wrote them; and of pairs that only look like it.
TRUE_MATCHES = pairs("same")
NEAR_MISSES = pairs("different")


def _societies() -> tuple[DemoSociety, ...]:
    fields = ("code", "name", "country", "country_name", "language")
    return tuple(DemoSociety(**{field: entry[field] for field in fields}) for entry in read_json("societies.json"))


def _users() -> tuple[DemoUser, ...]:
    return tuple(
        DemoUser(
            sign_in_name=f"{place}.{entry['code'].lower()}",
            name=entry["users"][place],
            society=entry["code"],
            roles=(role.value,),
            minors_cleared=cleared,
            language=entry["language"] if place in ("caseworker", "volunteer") else "en",
        )
        for entry in read_json("societies.json")
        for place, (role, cleared) in STAFF.items()
    )


def _requests() -> tuple[DemoRequest, ...]:
    found = chosen_requests()
    for society, (size, _) in SIZES.items():
        written = sum(request.society == society for request in found)
        found += crowd_requests(society, range(written + 1, size + 1))
    return tuple(sorted(found, key=lambda request: request.key))


def _registered() -> tuple[DemoRegistered, ...]:
    found = chosen_registered()
    for society, (_, size) in SIZES.items():
        written = sum(person.society == society for person in found)
        found += crowd_registered(society, range(written + 1, size + 1))
    return tuple(sorted(found, key=lambda person: person.key))


def _identities(requests: tuple[DemoRequest, ...], registered: tuple[DemoRegistered, ...]) -> dict[str, Identity]:
    found = {request.enquirer.key: request.enquirer.identity for request in requests}
    found |= {sought.key: sought.identity for request in requests for sought in request.sought}
    return found | {person.key: person.identity for person in registered}


@cache
def build() -> DemoWorld:
    """Return the demo world: 3 societies, 18 users, 60 requests, 300 registered persons, keyed and deterministic."""
    requests, registered = _requests(), _registered()
    return DemoWorld(
        societies=_societies(),
        users=_users(),
        requests=requests,
        registered=registered,
        identities=_identities(requests, registered),
    )
