"""Floor 17. What the organisation owes itself: following up, knowing, learning.

Owns the head's follow-up of a case.
Extends case, deadline, procedure and journal.
May call every room below; nothing below knows it.
"""

from . import complaint_followup
from . import complaint_policy
from . import complaint_policy_term
from . import complaint_deadline
from . import complaint_case
from . import complaint_journal
