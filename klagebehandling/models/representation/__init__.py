"""Floor 17. Who speaks for somebody else, and what the person it is about says.

Owns the authorisation.
Extends case, party, deadline, correspondence, procedure and journal.
May call every room below; nothing below knows it. Whether somebody may read what is
written about another person is asked in ``complaint.party._may_read_for``.
"""

from . import complaint_authorisation
from . import complaint_deadline
from . import complaint_correspondence
from . import complaint_party
from . import complaint_policy
from . import complaint_case
from . import complaint_journal
