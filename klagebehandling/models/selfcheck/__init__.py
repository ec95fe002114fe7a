"""Floor 17. What the organisation owes itself: following up, knowing, learning.

Owns the head's follow-up, the lesson given back to a unit, who knows the routine, the
training, the need that was named, and the self-check of a quarter.
Extends case, unit, deadline, procedure, lesson, measure, user and the journals.
May call every room below; nothing below knows it.
"""

from . import res_users
from . import complaint_pointing
from . import complaint_followup
from . import complaint_feedback
from . import complaint_lesson
from . import complaint_policy_question
from . import complaint_policy
from . import complaint_policy_term
from . import complaint_familiarity
from . import complaint_training
from . import complaint_unit
from . import complaint_proposal
from . import complaint_selfcheck
from . import complaint_selfcheck_answer
from . import complaint_action
from . import complaint_deadline
from . import complaint_case
from . import complaint_journal
from . import complaint_company_journal
