{
    "name": "Complaint Handling: answers by fax",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "summary": "The newcomer's exercise: a medium of its own in an addon of its own",
    "author": "Klagebehandling contributors",
    "license": "LGPL-3",
    "depends": ["klagebehandling"],
}
