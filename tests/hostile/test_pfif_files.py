"""XML made to read files, call out, or fill the memory is refused by name before any record is taken."""

from datetime import UTC, datetime

import pytest

from rfl.exchange import failures
from rfl.exchange.pfif import read_pfif

NOW = datetime(2024, 6, 1, tzinfo=UTC)
PERSON = (
    "<p:person><p:person_record_id>a.example/1</p:person_record_id><p:source_date>2024-05-01T10:00:00Z</p:source_date>"
    "<p:full_name>{name}</p:full_name></p:person>"
)
NAMESPACE = 'xmlns:p="http://zesty.ca/pfif/1.4"'


def document(doctype="", name="Amina", inner=PERSON, declaration='<?xml version="1.0"?>'):
    return f"{declaration}{doctype}<p:pfif {NAMESPACE}>{inner.format(name=name)}</p:pfif>"


XXE_FILE = document('<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;")
XXE_REMOTE = document('<!DOCTYPE p [<!ENTITY x SYSTEM "http://127.0.0.1:1/x">]>', "&x;")
EXTERNAL_DTD = document('<!DOCTYPE p SYSTEM "http://127.0.0.1:1/x.dtd">')
PARAMETER = document('<!DOCTYPE p [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>')
LAUGHS = document(
    '<!DOCTYPE p [<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)) + "]>",
    "&l9;",
)
QUADRATIC = document(f'<!DOCTYPE p [<!ENTITY a "{"a" * 50_000}">]>', "&a;" * 50_000)
MANY_ATTRIBUTES = " ".join(f"a{n}=''" for n in range(65))
BARE_DOCTYPE = document("<!DOCTYPE p>")


@pytest.mark.parametrize(
    "text",
    [XXE_FILE, XXE_REMOTE, EXTERNAL_DTD, PARAMETER, LAUGHS, QUADRATIC, BARE_DOCTYPE],
    ids=["file", "remote", "external-dtd", "parameter-entity", "billion-laughs", "quadratic", "bare-doctype"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_and_entities_are_refused_in_every_encoding(text, encoding):
    with pytest.raises(failures.XmlWithDoctype):
        read_pfif(text.encode(encoding), now=NOW)


def test_the_same_document_without_a_doctype_is_read():
    assert [r.get("full_name") for r in read_pfif(document().encode(), now=NOW)] == ["Amina"]


@pytest.mark.parametrize(
    ("data", "failure"),
    [
        (document(inner="<p:x>" * 17 + "</p:x>" * 17).encode(), failures.XmlTooDeep),
        (document(inner="<p:x>" * 100_000).encode(), failures.XmlTooDeep),
        (document(inner=f"<p:x {MANY_ATTRIBUTES}/>").encode(), failures.XmlTooDeep),
        (document().replace("pfif/1.4", "pfif/9.9").encode(), failures.UnknownPfifVersion),
        (document().replace("http://zesty.ca", "http://evil.example").encode(), failures.NotPfif),
        (b"<pfif><person/></pfif>", failures.NotPfif),
        (b"<html/>", failures.NotPfif),
        (document().encode()[:-5], failures.DamagedXml),
        (document(name="Amina & Ali").encode(), failures.DamagedXml),
        (document(name="A\x00B").encode(), failures.DamagedXml),
        (document(name="A&#0;B").encode(), failures.DamagedXml),
        (document(name="A&#xD800;B").encode(), failures.DamagedXml),
        (document().encode() + b"<more/>", failures.DamagedXml),
        (document(declaration='<?xml version="1.0" encoding="UTF-7"?>').encode(), failures.DamagedXml),
        (document(declaration='<?xml version="1.0" encoding="utf-16"?>').encode(), failures.DamagedXml),
        (b"\xff\xfe" + document().encode("utf-16-be"), failures.DamagedXml),
        (document(name="A\xe9").encode("latin-1"), failures.DamagedXml),
        (b"", failures.EmptyFile),
        (b" " * (32 * 1024 * 1024 + 1), failures.FileTooLarge),
    ],
)
def test_what_is_no_sound_pfif_is_refused_by_name(data, failure):
    with pytest.raises(failure):
        read_pfif(data, now=NOW)


def test_nothing_is_taken_from_a_document_that_breaks_at_its_end():
    with pytest.raises(failures.DamagedXml):
        read_pfif(document(inner=PERSON * 2_000 + "<p:person>").encode(), now=NOW)


def test_one_huge_attribute_stays_one_attribute():
    data = document(inner=f'<p:x a="{"x" * 1_000_000}"/>' + PERSON).encode()
    assert len(list(read_pfif(data, now=NOW))) == 1


def test_thousands_of_empty_records_are_thousands_of_problems():
    data = document(inner="<p:note/>" * 20_000).encode()
    assert [result.field for result in read_pfif(data, now=NOW)] == ["person_record_id"] * 20_000
