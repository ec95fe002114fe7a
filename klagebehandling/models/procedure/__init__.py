"""Floor 1. The organisation's written procedure as dated versions.

Owns the procedure with its ways, choices, form fields and time limits, and the grounds.
Extends the working calendar with public holidays and with arithmetic in working days,
and the company with who owns its procedure.
May call nothing of the other rooms: it does not know who uses it.
"""

from . import complaint_remembered
from . import complaint_owned
from . import complaint_category
from . import complaint_policy
from . import complaint_policy_version
from . import complaint_policy_part
from . import complaint_policy_channel
from . import complaint_policy_choice
from . import complaint_policy_field
from . import complaint_policy_term
from . import res_company
from . import resource_calendar
from . import resource_calendar_attendance
from . import resource_calendar_leaves
