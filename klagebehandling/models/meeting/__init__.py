"""Floor 15. The resolution meeting: called, held, written down, signed by both parties.

Owns the meeting, who takes part, the minutes, their signatures and kept documents.
Extends case (closing, the code), deadline, letters, procedure, what is bound, journal.
May call every room below; nothing below knows it.
"""

from . import complaint_policy
from . import complaint_meeting
from . import complaint_meeting_participant
from . import complaint_minutes
from . import complaint_minutes_signing
from . import complaint_minutes_document
from . import complaint_signature
from . import complaint_deadline
from . import complaint_correspondence
from . import complaint_bound
from . import complaint_case
from . import complaint_journal
