"""Floor 15. How content people are with the handling, apart from their cases.

Owns the answer, the answer on its way, and the mark that somebody has answered.
Extends case (its person answers) and procedure (from how many answers one is shown).
May call every room below; nothing below knows it.
"""

from . import complaint_satisfaction
from . import complaint_satisfaction_pending
from . import complaint_satisfaction_spent
from . import complaint_policy
from . import complaint_case
