{
    "name": "Complaint Handling: Public Pages",
    "version": "19.0.1.4.0",
    "category": "Services/Complaints",
    "summary": "A public form for each organisation and a status page that needs "
    "nothing but the receipt code",
    "author": "Klagebehandling contributors",
    "license": "LGPL-3",
    "depends": ["klagebehandling", "portal"],
    "data": [
        "security/ir.model.access.csv",
        "views/portal_document_templates.xml",
        "views/portal_form_templates.xml",
        "views/portal_dialogue_templates.xml",
        "views/portal_receipt_templates.xml",
        "views/complaint_timeline_templates.xml",
        "views/portal_naming_templates.xml",
        "views/portal_status_templates.xml",
        "views/portal_sign_templates.xml",
        "views/portal_my_templates.xml",
    ],
}
