"""Floor 2. The form: from the questions of a procedure to the receipt.

Owns the questions, their layout on a sheet and the form.
Extends the procedure (what the form tells) and the case (what the receipt tells).
May call the page and the core.
"""

from . import complaint_case
from . import complaint_policy
from . import complaint_policy_channel
from . import complaint_portal_question
from . import complaint_portal_sheet
from . import complaint_portal_form
from . import complaint_portal_form_files
