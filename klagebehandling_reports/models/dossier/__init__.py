"""Floor 4. Paper of one case: receipt, notice for the staff, cover, case file.

Owns the dialog that prints them and the values that their template lays out.
Extends the case and what is handed on with what of them stands on paper, the journal
with what was printed, and the registering page with the way to a copy.
May call the letter. ``parts`` lays the case out as a file.
"""

from . import complaint_case
from . import complaint_case_paper
from . import complaint_case_register
from . import complaint_journal
from . import complaint_referral
from . import report_case_paper
