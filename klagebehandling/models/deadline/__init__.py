"""Floor 5. The duties of a case: dates, the ladder of warnings, the work list.

Owns the deadline, one row for each duty.
Extends case (what is due), journal (events) and procedure (what a version changes).
May call journal, case and what is below.
"""

from . import complaint_bound
from . import complaint_case
from . import complaint_deadline
from . import complaint_deadline_ladder
from . import complaint_policy
from . import complaint_journal
