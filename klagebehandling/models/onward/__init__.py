"""Floor 15. The way onward: a second look, other bodies, and what leaves with it.

Owns the external body, the role, the referral with its documents, what may leave.
Extends case, letters, minutes, duties, hearing, right, intake, policy, files, journal.
May call every room below; nothing below knows it. Whatever leaves passes
``complaint.outgoing._check``.
"""

from . import complaint_body
from . import complaint_role
from . import complaint_category
from . import complaint_policy
from . import complaint_referral
from . import complaint_referral_acts
from . import complaint_referral_document
from . import complaint_outgoing
from . import complaint_minutes
from . import complaint_deadline
from . import complaint_hearing
from . import complaint_right
from . import ir_attachment
from . import complaint_correspondence
from . import complaint_case
from . import complaint_journal
from . import complaint_intake
