"""Roles and permissions as data: permission -> who holds it and what must be true of the subject."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from rfl.domain.clock import UTC_ZONE
from rfl.domain.text import N_


class Role(StrEnum):
    """What a member of staff does in the tracing service."""

    CASEWORKER = "caseworker"
    OFFICER = "tracing_officer"
    ADMINISTRATOR = "society_administrator"
    PROTECTION = "data_protection_officer"
    VOLUNTEER = "field_volunteer"


ROLES = {
    Role.CASEWORKER: N_("Caseworker"),
    Role.OFFICER: N_("Tracing officer"),
    Role.ADMINISTRATOR: N_("Society administrator"),
    Role.PROTECTION: N_("Data-protection officer"),
    Role.VOLUNTEER: N_("Field volunteer"),
}


@dataclass(frozen=True)
class Actor:
    """Who acts: one user of one society, with the roles held at this moment."""

    id: str
    society_id: str
    roles: frozenset[str]
    name: str = ""
    minors_cleared: bool = False
    language: str = "en"
    time_zone: str = UTC_ZONE  # of the society: its days begin and end by it


@dataclass(frozen=True)
class Subject:
    """What is acted on, as far as permissions ask: whose it is, who made it, whether it concerns a child."""

    society_ids: frozenset[str] = field(default_factory=frozenset)
    created_by: str = ""
    minor: bool = False


Predicate = Callable[[Actor, Subject], bool]


def of_own_society(actor: Actor, subject: Subject) -> bool:
    """The subject belongs to the actor's society, or to two societies of which it is one."""
    return actor.society_id in subject.society_ids


def cleared_for_minors(actor: Actor, subject: Subject) -> bool:
    """Records of children are for staff vetted for them."""
    return actor.minors_cleared or not subject.minor


def own_work_if_volunteer(actor: Actor, subject: Subject) -> bool:
    """A field volunteer sees what they registered themselves and nothing else."""
    return actor.roles != {Role.VOLUNTEER} or subject.created_by == actor.id


CASE = (of_own_society, cleared_for_minors, own_work_if_volunteer)
SOCIETY = (of_own_society,)

C, O, A, P, V = Role.CASEWORKER, Role.OFFICER, Role.ADMINISTRATOR, Role.PROTECTION, Role.VOLUNTEER  # noqa: E741 - columns

# permission: (roles that hold it, what must be true of the subject)
PERMISSIONS: dict[str, tuple[frozenset[str], tuple[Predicate, ...]]] = {
    "work.see": (frozenset({C, O, A, P, V}), ()),
    "request.read": (frozenset({C, O, P}), CASE),
    "request.write": (frozenset({C, O}), CASE),
    "request.accept": (frozenset({C, O}), CASE),
    "request.supervise": (frozenset({O}), CASE),
    "request.propose_closing": (frozenset({C, O}), CASE),
    "request.approve_closing": (frozenset({O}), CASE),
    "registration.read": (frozenset({C, O, P, V}), CASE),
    "registration.write": (frozenset({C, O, V}), CASE),
    "registration.condition": (frozenset({C, O, P}), CASE),  # injured, detained, deceased
    "person.search": (frozenset({C, O, P}), SOCIETY),
    "import.run": (frozenset({C, O}), SOCIETY),
    "export.run": (frozenset({O, P}), SOCIETY),
    "proposal.read": (frozenset({O}), CASE),
    "proposal.decide": (frozenset({O}), CASE),
    "matching.run": (frozenset({O}), SOCIETY),
    "quality.read": (frozenset({O, A, P}), SOCIETY),  # figures only
    "located.record": (frozenset({O}), CASE),
    "disclosure.prepare": (frozenset({O}), CASE),
    "disclosure.tell": (frozenset({C, O}), CASE),
    "plan.write": (frozenset({C, O}), CASE),
    "plan.approve": (frozenset({O}), CASE),
    "user.manage": (frozenset({A}), SOCIETY),
    "society.manage": (frozenset({A}), SOCIETY),
    "audit.read": (frozenset({P}), SOCIETY),
    # encoded exchange with societies elsewhere
    "exchange.read": (frozenset({O, A, P}), SOCIETY),
    "exchange.keys": (frozenset({A}), SOCIETY),
    "exchange.agree": (frozenset({A}), SOCIETY),
    "exchange.revoke": (frozenset({A, P}), SOCIETY),
    "exchange.round": (frozenset({O}), SOCIETY),
    "exchange.pair": (frozenset({O}), CASE),
    "exchange.select": (frozenset({O}), CASE),
    # lists with names, for societies with a legal basis
    "clear_list.read": (frozenset({O, P}), SOCIETY),
    "clear_list.send": (frozenset({O}), SOCIETY),
    "clear_list.take": (frozenset({O}), SOCIETY),
    "exchange.partners": (frozenset({O, A, P}), SOCIETY),  # two people; a small society has one administrator
}


def holds(actor: Actor, permission: str) -> bool:
    """Say whether any role of the actor holds `permission` at all; an unknown permission is a KeyError."""
    return bool(actor.roles & PERMISSIONS[permission][0])


def may(actor: Actor, permission: str, subject: Subject) -> bool:
    """Say whether the actor may do this to this subject."""
    roles, predicates = PERMISSIONS[permission]
    return bool(actor.roles & roles) and all(rule(actor, subject) for rule in predicates)
