"""Floor 8. The end of a case, which is a letter, and taking it up again.

Owns no model: how a case ended are fields of the case.
Extends case (close, redirect, withdraw, reopen, duties that outlive the end), journal.
May call handling, letter, deadline and what is below. To demand more of a closing:
``complaint.case._check_closing``.
"""

from . import complaint_case
from . import complaint_journal
