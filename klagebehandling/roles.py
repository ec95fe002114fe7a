"""Which groups may read a field, where a whole model is open to more of them."""

# Who works cases: handlers, managers and independent receivers.
READERS = "klagebehandling.group_caseworker"
# What a case is about without its words: not for who keeps the identities.
FACTS = f"{READERS},klagebehandling.group_auditor"
CUSTODIAN = "klagebehandling.group_custodian"
