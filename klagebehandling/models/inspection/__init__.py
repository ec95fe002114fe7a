"""Floor 26. An inspector of a supervisory authority reads for a time, writes nothing.

Owns the inspection and its lines, the cases that the inspector may open.
Extends both journals, and users, rights the door and requests: what that account may.
May call every room below; no room knows of it.
"""

from . import complaint_journal
from . import complaint_company_journal
from . import complaint_inspection
from . import complaint_inspection_line
from . import complaint_intake
from . import ir_http
from . import ir_model_access
from . import res_users
