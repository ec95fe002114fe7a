"""Floor 18. Once a year each procedure is held against its own clauses.

Owns what is made once a year about a procedure: the clause, the review, its lines,
and the figures as they are frozen for it.
Extends procedure (when it is reviewed, what a new version comes of), measure (which
line it comes of) and the organisation's journal. May call every room below.
"""

from . import complaint_yearly
from . import complaint_clause
from . import complaint_review
from . import complaint_review_figure
from . import complaint_review_line
from . import complaint_action
from . import complaint_policy
from . import complaint_company_journal
