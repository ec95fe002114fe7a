"""Floor 5. Who is in a case: sealed persons, protection, requests to see one.

Owns the party, the request with its answer, and the pseudonym that staff see.
Extends case (its persons) and journal (events).
May call journal, case and what is below.
"""

from . import complaint_sealed
from . import complaint_party
from . import complaint_party_protection
from . import complaint_identity_request
from . import complaint_identity_request_acts
from . import complaint_pseudonym
from . import complaint_bound
from . import complaint_case
from . import complaint_journal
