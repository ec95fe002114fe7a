"""Floor 17. Contact that takes too much: what happened, and limits that end.

Owns the record of what happened and the limit of contact.
Extends case, deadline, correspondence, procedure and journal.
May call every room below; nothing below knows it. A limit is about the way of contact
in one case: the form, the page of the case and new cases know nothing of it.
"""

from . import complaint_conduct
from . import complaint_conduct_limit
from . import complaint_deadline
from . import complaint_correspondence
from . import complaint_policy
from . import complaint_case
from . import complaint_journal
