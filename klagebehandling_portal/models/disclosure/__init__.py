"""Floor 7. Asking a public body for documents, and reading the answer with a code.

Owns the page on which anybody asks (B-27); the request is the core's.
Extends the unit with whether it may be asked, and the titles of tabs. May call the
page and the form.
"""

from . import complaint_portal_access
from . import complaint_portal_page
from . import complaint_unit
