"""Floor 15. What comes of complaints: measures, patterns, issues, lessons.

Owns the measure with what its owner is asked, the pattern, the systemic issue and the
lesson that goes back to the units.
Extends case, deadline, procedure and the journals.
May call every room below; nothing below knows it.
"""

from . import complaint_across
from . import complaint_lesson
from . import complaint_issue
from . import complaint_pattern
from . import complaint_pattern_finder
from . import complaint_action_assignment
from . import complaint_action
from . import complaint_action_clock
from . import complaint_deadline
from . import complaint_policy
from . import complaint_case
from . import complaint_chain
from . import complaint_journal
