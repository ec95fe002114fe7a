"""Floor 4. The yearly report: what an organisation tells of its complaints.

Owns the report of a procedure for a year, what is counted for it, and its files.
Extends the procedure (when its report is drafted), the case (in which report it was
counted) and the organisation's journal.
May call the engine; publishes by the core's publication.
"""

from . import complaint_annual_counted
from . import complaint_annual_report
from . import complaint_annual_report_files
from . import complaint_case
from . import complaint_company_journal
from . import complaint_policy
