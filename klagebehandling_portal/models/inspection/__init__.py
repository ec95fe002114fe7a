"""Floor 9. The pages of an inspector of a supervisory authority (M38).

Owns nothing: the core says whose account it is, until when, and what a case tells.
Extends the inspection and its lines with what of them is shown, and ir.http with where
that account arrives. May call the page and the core.
"""

from . import complaint_inspection
from . import complaint_inspection_line
from . import ir_http
