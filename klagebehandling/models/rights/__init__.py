"""Floor 24. What a person asks about the own data: all, added to, restricted, erased.

Owns what stands in a case because its person asked for it: an addition, a restriction.
Extends the request for documents and its reviews, the disposal, the search for words,
what leaves, case, letters, deadlines, procedure, bodies and journals.
May call every room below; nothing below knows it.
"""

from . import complaint_deadline
from . import complaint_correspondence
from . import complaint_policy
from . import complaint_body
from . import complaint_person_mark
from . import complaint_access_request
from . import complaint_access_review
from . import complaint_access_document
from . import complaint_access_mask
from . import complaint_outgoing
from . import complaint_disposal
from . import complaint_word_mask
from . import complaint_case
from . import complaint_journal
from . import complaint_company_journal
from . import privacy_lookup_wizard
from . import privacy_lookup_wizard_line
