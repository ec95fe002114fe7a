"""Floor 22. How long cases and requests are kept, and how they are disposed of.

Owns the rule, the hold and the disposal, which is proposal and log in one. Extends what
hangs on a case (which words go), case, request, journals, what the journal binds.
May call every room below; nothing below knows it. What an addon hangs on a case is
disposed of with it, without a word here.
"""

from . import complaint_unseen
from . import complaint_party
from . import complaint_journal
from . import complaint_bound
from . import complaint_retention_rule
from . import complaint_hold
from . import complaint_disposal
from . import complaint_disposal_steps
from . import complaint_access_request
from . import complaint_case
from . import complaint_company_journal
