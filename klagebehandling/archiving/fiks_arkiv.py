"""The Norwegian standard: messages of Fiks Arkiv, version 1.

A message makes one registration, so there is one for each document; the first one makes
the case folder too, and the others name it.
"""

import hashlib

from lxml import etree

from .archived import SYSTEM, instant, told

FIKS = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv"
CREATE = f"{FIKS}/arkivmelding/opprett/v1"
CODES = f"{FIKS}/metadatakatalog/v1"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
# By direction: what kind of registration, and which side the other person is on.
KINDS = {
    "in": ("I", "Inngående dokument"),
    "out": ("U", "Utgående dokument"),
    "own": ("X", "Organinternt dokument uten oppfølging"),
}
SIDES = {"in": ("EA", "Avsender"), "out": ("EM", "Mottaker")}


def lay_out(case):
    """The messages of a case.

    :param case: :class:`archived.Archived` with a document at least
    :return: dict of bytes by file name
    """
    return {
        f"arkivmelding-{number:04}.xml": _message(case, number, document)
        for number, document in enumerate(case.documents, start=1)
    }


def _message(case, number, document):
    root = etree.Element(f"{{{CREATE}}}arkivmelding", nsmap={None: CREATE, "xsi": XSI})
    _add(root, "system", SYSTEM)
    _add(root, "antallFiler", "1")
    if number == 1:
        _add_folder(root, case)
    _add_registration(root, case, number, document)
    return etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", pretty_print=True
    )


def _add_folder(root, case):
    folder = _add(root, "mappe")
    folder.set(f"{{{XSI}}}type", "saksmappe")
    _add(folder, "systemID", case.identifier())
    _add(folder, "mappeID", case.registry_number or case.reference)
    _add(folder, "tittel", told(case.title) or case.kind)
    _add(folder, "offentligTittel", case.kind)
    _add(folder, "opprettetDato", instant(case.registered_at))
    if case.closed_at:
        _add(folder, "avsluttetDato", instant(case.closed_at))
    for person in case.people:
        part = _add(folder, "part")
        _add(part, "partNavn", told(person.name) or person.role)
        _add_code(part, "partRolle", person.role)
        _add(part, "erSkjermet", str(person.is_protected).lower())
    key = _add(folder, "referanseEksternNoekkel")
    _add_named(key, "fagsystem", SYSTEM)
    _add_named(key, "noekkel", case.reference)
    _add(folder, "saksdato", f"{case.received_at:%Y-%m-%d}")
    _add_named(_add(folder, "administrativEnhet"), "navn", case.unit)
    if case.handler:
        _add_named(_add(folder, "saksansvarlig"), "navn", case.handler)
    is_ended = bool(case.closed_at)
    _add_code(
        folder,
        "saksstatus",
        "A" if is_ended else "B",
        "Avsluttet" if is_ended else "Under behandling",
    )


def _add_registration(root, case, number, document):
    entry = _add(root, "registrering")
    entry.set(f"{{{XSI}}}type", "journalpost")
    _add(entry, "systemID", case.identifier(number))
    _add(entry, "opprettetDato", instant(document.moment))
    parent = _add(entry, "referanseForelderMappe")
    _add_named(parent, "systemID", case.identifier())
    described = _add(entry, "dokumentbeskrivelse")
    _add(described, "tittel", told(document.title))
    _add_code(described, "tilknyttetRegistreringSom", "H", "Hoveddokument")
    _add(described, "dokumentnummer", "1")
    _add_file(described, document)
    _add(entry, "registreringsID", f"{case.reference}-{number}")
    _add(entry, "tittel", told(document.title))
    if document.person and document.direction in SIDES:
        person = _add(entry, "korrespondansepart")
        _add_code(person, "korrespondanseparttype", *SIDES[document.direction])
        _add(person, "korrespondansepartNavn", told(document.person))
    _add_code(entry, "journalposttype", *KINDS[document.direction])
    if document.direction == "in":
        _add(entry, "mottattDato", instant(document.moment))
    elif document.direction == "out":
        _add(entry, "sendtDato", instant(document.moment))


def _add_file(described, document):
    file = _add(described, "dokumentobjekt")
    _add(file, "versjonsnummer", "1")
    _add_code(file, "variantformat", "A", "Arkivformat")
    _add(file, "mimeType", document.media_type)
    _add(file, "filnavn", document.path.rpartition("/")[2])
    _add(file, "referanseDokumentfil", document.path)
    _add(file, "sjekksum", hashlib.sha256(document.content).hexdigest())
    _add(file, "sjekksumAlgoritme", "SHA-256")
    _add(file, "filstoerrelse", str(len(document.content)))


def _add(parent, name, text=None, space=CREATE):
    element = etree.SubElement(parent, f"{{{space}}}{name}")
    element.text = text
    return element


def _add_named(parent, name, text):
    """An element of the shared catalogue."""
    return _add(parent, name, told(text), CODES)


def _add_code(parent, name, code, description=None):
    element = _add(parent, name)
    _add_named(element, "kode", code)
    if description:
        _add_named(element, "beskrivelse", description)
    return element
