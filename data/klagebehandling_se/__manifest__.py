{
    "name": "Complaint Handling: procedures of Sweden",
    "version": "19.0.1.2.0",
    "category": "Services/Complaints",
    "summary": "Three Swedish municipal procedures as data",
    "author": "Klagebehandling contributors",
    "license": "LGPL-3",
    "depends": ["klagebehandling"],
    "data": [
        "data/resource_calendar_data.xml",
        "data/complaint_policy_ljusnarsberg.xml",
        "data/complaint_policy_robertsfors.xml",
        "data/complaint_policy_gislaved.xml",
        "data/complaint_wording_gislaved.xml",
        "data/complaint_policy_urgency_data.xml",
        "data/complaint_law_data.xml",
        "data/complaint_body_data.xml",
    ],
}
