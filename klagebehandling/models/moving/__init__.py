"""Floor 24. Moving in: old complaints, from a table, through the door.

Owns the import and its lines, which remember what was moved in.
Extends the door (what a moved case is spared) and both journals.
May call every room below; no room knows of it.
"""

from . import complaint_intake
from . import complaint_journal
from . import complaint_company_journal
from . import complaint_import
from . import complaint_import_template
from . import complaint_import_line
