"""Floor 7. The own complaints of who is signed in, and sent them by name.

Owns no model: what links an account to a case is kept sealed in the core.
Extends the case (found by its account) and the form (who is signed in sends it).
May call signing, the status page, the form, the page and the core.
"""

from . import complaint_case
from . import complaint_portal_form
