"""Floor 14. From received to answered: first assessment, investigation, the other side.

Owns the law with its source and its duties, notices in easy words, the same-day rule,
the point, the step of the plan, the duty and the right of a person complained about.
Extends door, case, party, hearing, deadline, correspondence, procedure and journal.
May call every room below; nothing below knows it.
"""

from . import complaint_sourced
from . import complaint_in_force
from . import complaint_law
from . import complaint_law_duty
from . import complaint_notice
from . import complaint_policy_urgency
from . import complaint_policy
from . import complaint_point
from . import complaint_plan_step
from . import complaint_duty
from . import complaint_right
from . import complaint_deadline
from . import complaint_hearing
from . import complaint_correspondence
from . import complaint_party
from . import complaint_case
from . import complaint_intake
from . import complaint_journal
