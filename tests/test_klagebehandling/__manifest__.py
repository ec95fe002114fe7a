{
    "name": "Complaint Handling: tests of the whole suite",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "summary": "Whole journeys of complaints through the example organisations",
    "author": "Klagebehandling contributors",
    "license": "LGPL-3",
    "depends": [
        "klagebehandling_example",
        "klagebehandling_portal",
        "klagebehandling_reports",
    ],
    "data": ["security/ir.model.access.csv"],
}
