"""Floor 19. What the organisation has told of its complaints, byte for byte.

Owns the publication: the files of a report as they were published.
Extends the procedure (whether its report is for everybody, and from how many cases a
number is told) and the organisation's journal.
May call every room below. Printing fills it, and the public pages hand it out.
"""

from . import complaint_publication
from . import complaint_policy
from . import complaint_company_journal
