"""Floor 19. The register of a public body: a running series without gaps.

Owns the registration, the series it is counted by, and what waits for a number.
Extends the door (which draws no number then), case, procedure and journal.
May call every room below; nothing below knows it. No case shows its number: only the
registrar and the extract do, and the extract says the same to whoever prints it.
"""

from . import complaint_register_series
from . import complaint_registration
from . import complaint_register_waiting
from . import complaint_intake
from . import complaint_case
from . import complaint_policy
from . import complaint_journal
from . import complaint_company_journal
