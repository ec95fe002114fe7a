"""Floor 12. What was registered wrongly, and what turns out to be the same matter.

Owns complaint.case.link, and two parts of the case: complaint.correction and
complaint.joining. Extends case (an own subject, corrections, links), deadline,
correspondence, journal, bound. May call what is below.
"""

from . import complaint_case_link
from . import complaint_correction
from . import complaint_joining
from . import complaint_case
from . import complaint_bound
from . import complaint_correspondence
from . import complaint_deadline
from . import complaint_journal
