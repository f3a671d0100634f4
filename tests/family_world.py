"""Two brothers who are sought in one request, and two registered persons who may be they."""

from caseload import add_registered, add_request, identity
from staff import Staff

from rfl.domain.persons import Identity, PersonName

ENQUIRER = identity("Zarghuna Karimi", sex="female")


def brother(given: str, **more) -> Identity:
    return Identity(names=(PersonName("original", given=given, family="Karimi"),), sex="male", **more)


MAHMUD = brother("Mahmud")
REGISTERED_MAHMUD = brother("Mahmood", mother_name="Fatima")
AHMAD = brother("Ahmad Shah", mother_name="Fatima")
REGISTERED_AHMAD = brother("Ahmadshah", mother_name="Fatimah")


def registered(south: Staff, *, ahmad: Identity = REGISTERED_AHMAD) -> list[str]:
    return [
        add_registered(south.officer, REGISTERED_MAHMUD, number="SOU-R-1"),
        add_registered(south.officer, ahmad, number="SOU-R-2"),
    ]


def sought(north: Staff, *brothers: Identity) -> list[str]:
    return add_request(north.officer, ENQUIRER, *(("brother", one) for one in brothers))[1]
