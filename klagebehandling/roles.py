"""Which groups may read a field, where a whole model is open to more of them."""

# Who works cases: handlers, managers and independent receivers.
READERS = "klagebehandling.group_caseworker"
AUDITOR = "klagebehandling.group_auditor"
# What a case is about without its words: not for who keeps the identities.
FACTS = f"{READERS},{AUDITOR}"
CUSTODIAN = "klagebehandling.group_custodian"
INDEPENDENT = "klagebehandling.group_independent"
# Who decides what handlers may not decide alone.
LEADERS = f"klagebehandling.group_manager,{INDEPENDENT}"
REGISTRAR = "klagebehandling.group_registrar"
# Who decides for the authority that something asked for is refused.
DELEGATE = "klagebehandling.group_delegate"
# Who reads the words of a request for documents, as far as they see it.
DISCLOSERS = f"{READERS},{REGISTRAR},{DELEGATE}"
