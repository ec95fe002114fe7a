"""Floor 16. After the closing: is the person well, and was nobody paid back.

Owns the check-back.
Extends case, deadline, correspondence, procedure and journal.
May call every room below; nothing below knows it.
"""

from . import complaint_checkback
from . import complaint_deadline
from . import complaint_correspondence
from . import complaint_policy
from . import complaint_case
from . import complaint_journal
