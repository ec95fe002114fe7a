"""Floor 1. What all public pages stand on: the document, the visitor, who floods them.

Owns the page (document, language, errors) and the throttle.
Extends ir.http (nobody is signed in) and the unit (its public face).
May call the core.
"""

from . import complaint_portal_page
from . import complaint_throttle
from . import complaint_unit
from . import ir_http
