{
    "name": "Complaint Handling: printed documents",
    "version": "19.0.1.7.0",
    "category": "Services/Complaints",
    "summary": "Letters as accessible PDF made to be archived, printed once and kept "
    "byte for byte",
    "author": "Klagebehandling contributors",
    "license": "LGPL-3",
    "depends": ["klagebehandling", "web"],
    "data": [
        "security/ir.model.access.csv",
        "reports/complaint_correspondence_reports.xml",
        "reports/print_templates.xml",
        "reports/complaint_correspondence_templates.xml",
        "views/complaint_case_views.xml",
        "reports/complaint_minutes_templates.xml",
        "reports/complaint_unit_reports.xml",
        "reports/complaint_unit_templates.xml",
        "views/complaint_correspondence_views.xml",
        "reports/complaint_case_reports.xml",
        "reports/complaint_case_templates.xml",
        "views/complaint_case_paper_views.xml",
        "views/complaint_unit_views.xml",
        "views/ir_actions_report_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "klagebehandling_reports/static/src/js/print_handler.js",
        ],
    },
}
