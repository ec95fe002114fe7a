"""Floor 26. An inspector of a supervisory authority reads for a time, writes nothing.

Owns the inspection and its lines, the cases that the inspector may open.
Extends both journals, users, requests: where that account comes in, and until when.
May call every room below; no room knows of it. Its pages are the portal's.
"""

from . import complaint_journal
from . import complaint_company_journal
from . import complaint_inspection
from . import complaint_inspection_line
from . import ir_http
from . import ir_websocket
from . import res_users
