{
    "name": "Complaint Handling: example organisations",
    "version": "19.0.1.0.0",
    "category": "Services/Complaints",
    "summary": "Five organisations with their procedures, people and complaints, "
    "to look at and to learn from",
    "author": "Klagebehandling contributors",
    "license": "LGPL-3",
    "depends": ["klagebehandling_no", "klagebehandling_se"],
    "data": [
        "data/res_company_data.xml",
        "data/lepro_data.xml",
        "data/fjordvik_data.xml",
        "data/ljusnarsberg_data.xml",
        "data/robertsfors_data.xml",
        "data/gislaved_data.xml",
    ],
    "post_init_hook": "_post_init_hook",
    "uninstall_hook": "_uninstall_hook",
}
