"""PFIF 1.1 to 1.4, the People Finder Interchange Format: records of other registries in, our own out."""

from rfl.exchange.pfif.drafts import person_from_identity, to_draft
from rfl.exchange.pfif.reader import read_pfif
from rfl.exchange.pfif.records import PfifNote, PfifPerson
from rfl.exchange.pfif.writer import write_pfif

__all__ = ["PfifNote", "PfifPerson", "person_from_identity", "read_pfif", "to_draft", "write_pfif"]
