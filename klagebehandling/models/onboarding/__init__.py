"""Floor 25. Setting up an empty database: what is done, and what is still missing.

Owns no model: the guided page and its dry run are in ``wizard/onboarding``.
Extends unit (the invitation of an empty list), company (what of it is done, and that
the key is backed up), the organisation's journal. May call what is below.
"""

from . import complaint_company_journal
from . import complaint_unit
from . import res_company
