{
    "name": "Complaint Handling: procedures of Norway",
    "version": "19.0.1.2.0",
    "category": "Services/Complaints",
    "summary": "Two Norwegian procedures as data: work inclusion and social care",
    "author": "Klagebehandling contributors",
    "license": "LGPL-3",
    "depends": ["klagebehandling"],
    "data": [
        "data/resource_calendar_data.xml",
        "data/complaint_policy_lepro.xml",
        "data/complaint_policy_sosial_omsorg_no.xml",
        "data/complaint_policy_urgency_data.xml",
        "data/complaint_law_data.xml",
        "data/complaint_body_data.xml",
        "data/complaint_notice_data.xml",
    ],
}
