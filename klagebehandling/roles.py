"""Which groups may read a field, where a whole model is open to more of them."""

# Who works cases: handlers, managers and independent receivers.
READERS = "klagebehandling.group_caseworker"
# What a case is about without its words: not for who keeps the identities.
FACTS = f"{READERS},klagebehandling.group_auditor"
# Who decides what handlers may not decide alone.
LEADERS = "klagebehandling.group_manager,klagebehandling.group_independent"
CUSTODIAN = "klagebehandling.group_custodian"
