"""The standard that Sweden uses: CITS ERMS 2.1.2 (version 3 is another one)."""

from lxml import etree

from .archived import SYSTEM, instant, told

ERMS = "https://DILCIS.eu/XML/ERMS"
DIRECTIONS = {"in": "incoming", "out": "outgoing", "own": "other"}
# The other side of a document, by its direction.
AGENTS = {"in": "sender", "out": "recipient", "own": "creator"}
DAYS = {"in": "received", "out": "sent", "own": "created"}


def lay_out(case):
    """The file of a case.

    :param case: :class:`archived.Archived`
    :return: dict of bytes by file name
    """
    root = etree.Element(f"{{{ERMS}}}erms", nsmap={None: ERMS})
    _add_control(root, case)
    folder = _add(
        _add(root, "aggregations"),
        "aggregation",
        systemIdentifier=case.identifier(),
        aggregationType="caseFile",
    )
    _add_case(folder, case)
    for number, document in enumerate(case.documents, start=1):
        _add_record(folder, case, number, document)
    raw = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", pretty_print=True
    )
    return {"erms.xml": raw}


def _add_control(root, case):
    control = _add(root, "control")
    _add(
        control,
        "identification",
        f"{case.reference} {instant(case.made_at)}",
        identificationType="bundle",
    )
    kept = _add(control, "maintenanceInformation")
    _add(kept, "maintenanceStatus", value="new")
    _add(_add(kept, "maintenanceAgency"), "agencyName", told(case.organisation))
    event = _add(_add(kept, "maintenanceHistory"), "maintenanceEvent")
    _add(event, "eventType", value="created")
    _add(event, "eventDateTime", instant(case.made_at))
    _add_agent(event, SYSTEM, "creator")


def _add_case(folder, case):
    _add(folder, "objectId", case.registry_number or case.reference)
    _add(folder, "extraId", case.reference, extraIdType="reference")
    _add(folder, "title", told(case.title) or case.kind)
    _add(folder, "status", value="closed" if case.closed_at else "open")
    agents = _add(folder, "agents")
    if case.handler:
        _add_agent(agents, case.handler, "responsible_person", case.unit)
    for person in case.people:
        agent = _add_agent(
            agents, told(person.name) or person.role, "other", other=person.role
        )
        _add(agent, "protectedIdentity", str(person.is_protected).lower())
    dates = _add(folder, "dates")
    _add(dates, "date", instant(case.received_at), dateType="received")
    _add(dates, "date", instant(case.registered_at), dateType="captured")
    if case.closed_at:
        _add(dates, "date", instant(case.closed_at), dateType="closed")


def _add_record(folder, case, number, document):
    record = _add(folder, "record", systemIdentifier=case.identifier(number))
    _add(record, "objectId", f"{case.reference}-{number}")
    _add(record, "title", told(document.title))
    _add(record, "runningNumber", str(number))
    _add(record, "direction", directionDefinition=DIRECTIONS[document.direction])
    if document.person:
        agents = _add(record, "agents")
        _add_agent(agents, document.person, AGENTS[document.direction])
    _add(
        _add(record, "dates"),
        "date",
        instant(document.moment),
        dateType=DAYS[document.direction],
    )
    _add(
        _add(record, "additionalInformation"),
        "appendix",
        name=document.path.rpartition("/")[2],
        fileFormat=document.media_type,
        path=document.path,
    )


def _add_agent(parent, name, kind, unit=None, other=None):
    agent = _add(parent, "agent", agentType=kind)
    if other:
        agent.set("otherAgentType", other)
    _add(agent, "name", told(name))
    if unit:
        _add(agent, "unitName", told(unit))
    return agent


def _add(parent, tag, text=None, /, **attributes):
    element = etree.SubElement(parent, f"{{{ERMS}}}{tag}", **attributes)
    element.text = text
    return element
