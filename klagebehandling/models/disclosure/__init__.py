"""Floor 21. Documents on request: asked for by anybody, reviewed, handed out masked.

Owns the request, the review of one case in it, its documents and what is masked.
Extends law (grounds for secrecy), procedure, duties, case, and both journals.
May call every room below; nothing below knows it. Who asks is told nothing by the wall:
each case is answered by who may read it, and the clerk hears of no other.
"""

from . import complaint_law
from . import complaint_deadline
from . import complaint_policy
from . import complaint_access_answered
from . import complaint_access_answered_copy
from . import complaint_access_clock
from . import complaint_access_request
from . import complaint_access_request_asked
from . import complaint_access_review
from . import complaint_access_review_copy
from . import complaint_access_document
from . import complaint_access_mask
from . import complaint_case
from . import complaint_journal
from . import complaint_company_journal
